package io.github.comfyeks.model.store;

import io.github.comfyeks.internal.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * The models of these keys and of these folders, such as {@code loras} or {@code loras/sdxl}; all if none is named.
     *
     * @throws IllegalArgumentException naming all that are not there, and what may be meant
     */
    public List<ModelObject> named(Collection<String> names) {
        if (names.isEmpty()) {
            return List.copyOf(models.values());
        }
        Set<ModelObject> named = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            String folder = name.endsWith("/") ? name : name + "/";
            List<ModelObject> found = models.values().stream()
                    .filter(model -> model.key().value().equals(name)
                            || model.key().value().startsWith(folder))
                    .toList();
            if (found.isEmpty()) {
                missing.add("there is no model and no folder \"" + name + "\""
                        + Nearest.hint(
                                name,
                                models.keySet().stream().map(ModelKey::value).toList()));
            }
            named.addAll(found);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", missing));
        }
        return List.copyOf(named);
    }

    /** All bytes together. */
    public long size() {
        return models.values().stream().mapToLong(ModelObject::size).sum();
    }
}
