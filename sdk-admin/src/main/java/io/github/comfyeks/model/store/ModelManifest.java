package io.github.comfyeks.model.store;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What administrators say of the models in a bucket, kept there as {@code .comfyeks/manifest.json}: a generation that grows by one with
 * each change, and for each model what a listing does not tell. Which models there are is the listing's to say. Immutable.
 *
 * @param generation grows with each change; 0 if there is no manifest
 * @param models by key
 * @param etag of the manifest itself; empty if there is none
 */
public record ModelManifest(long generation, Map<ModelKey, Entry> models, String etag) {
    /** A bucket without a manifest. */
    public static final ModelManifest NONE = new ModelManifest(0, Map.of(), "");

    public ModelManifest {
        models = Collections.unmodifiableMap(new TreeMap<>(models));
    }

    /** Whether the bucket has one. */
    public boolean exists() {
        return !etag.isEmpty();
    }

    /** What it says of a model, whichever version of it. */
    public Optional<Entry> find(ModelKey key) {
        return Optional.ofNullable(models.get(key));
    }

    /**
     * The same of exactly these models: tier and pin stay, the SHA-256 too as long as the content does. Write it by
     * {@link ModelStore#updateManifest}.
     *
     * @param sha256 of models whose content is known, in small hexadecimal digits
     */
    public ModelManifest matching(ModelListing listing, Map<ModelKey, String> sha256) {
        Map<ModelKey, Entry> matching = new TreeMap<>();
        listing.models().values().forEach(model -> {
            Entry before = find(model.key()).orElse(new Entry(-1, "", null, Tier.DEMAND, false));
            boolean same = before.size() == model.size() && before.etag().equals(model.etag());
            @Nullable String known = sha256.get(model.key());
            matching.put(
                    model.key(),
                    new Entry(
                            model.size(),
                            model.etag(),
                            known == null && same ? before.sha256() : known,
                            before.tier(),
                            before.pin()));
        });
        return new ModelManifest(generation, matching, etag);
    }

    /** When a model is needed on a node. */
    public enum Tier {
        /** Before the node takes work; never evicted. */
        START,
        /** At any time later. */
        DEMAND
    }

    /**
     * What it says of one model.
     *
     * @param size in bytes
     * @param etag of the version that is meant
     * @param sha256 of that version, in small hexadecimal digits; null if not known
     * @param tier when it is needed
     * @param pin whether it is never evicted
     */
    public record Entry(long size, String etag, @Nullable String sha256, Tier tier, boolean pin) {}
}
