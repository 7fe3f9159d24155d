package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelManifest.Tier;
import io.github.comfyeks.model.store.ModelObject;
import org.jspecify.annotations.Nullable;

/**
 * A model that the bucket has.
 *
 * @param model this version of it
 * @param start whether it is needed before the node takes work
 * @param pin whether an administrator forbids its eviction
 * @param sha256 what the manifest says of this version; null if nothing
 */
record Wanted(
        ModelObject model,
        boolean start,
        boolean pin,
        @Nullable String sha256) {
    static Wanted of(ModelObject model, ModelManifest manifest) {
        ModelManifest.Entry entry = manifest.models().get(model.key());
        return entry == null
                ? new Wanted(model, false, false, null)
                : new Wanted(
                        model,
                        entry.tier() == Tier.START,
                        entry.pin(),
                        entry.etag().equals(model.etag()) ? entry.sha256() : null);
    }

    ModelKey key() {
        return model.key();
    }

    /** Whether it stays, however little room there is. */
    boolean stays() {
        return start || pin;
    }
}
