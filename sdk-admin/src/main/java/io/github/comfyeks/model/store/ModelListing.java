package io.github.comfyeks.model.store;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that lay in a bucket at one moment. Immutable.
 *
 * @param models by key
 * @param refused objects whose names no folder can safely hold, by name, and why; nothing reads them
 */
public record ModelListing(SortedMap<ModelKey, ModelObject> models, Map<String, String> refused) {
    public ModelListing {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }

    /** Of these objects, none refused. */
    public static ModelListing of(List<ModelObject> objects) {
        SortedMap<ModelKey, ModelObject> models = new TreeMap<>();
        objects.forEach(object -> models.put(object.key(), object));
        return new ModelListing(models, Map.of());
    }

    /** The model of this name, if it is there. */
    public Optional<ModelObject> find(ModelKey key) {
        return Optional.ofNullable(models.get(key));
    }

    /** All bytes together. */
    public long size() {
        return models.values().stream().mapToLong(ModelObject::size).sum();
    }
}
