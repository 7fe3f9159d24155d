package io.github.comfyeks.model.catalog;

import io.github.comfyeks.model.store.ModelKey;
import org.jspecify.annotations.Nullable;

/**
 * One model of a plan. Immutable.
 *
 * @param action what is to be done
 * @param key which model
 * @param bytes how many are to be moved or removed; -1 if nobody says
 * @param why in words
 * @param entry of the catalogue; null if the model is to be removed
 */
public record PlannedChange(
        Action action,
        ModelKey key,
        long bytes,
        String why,
        @Nullable CatalogEntry entry) {
    /** What is to be done with a model. */
    public enum Action {
        /** It is not in the bucket. */
        ADD,
        /** The bucket has other content. */
        CHANGE,
        /** Only what the manifest says of it changes: tier, pin or checksum. */
        SETTINGS,
        /** The catalogue does not name it. */
        REMOVE,
        /** It is as it should be. */
        KEEP
    }
}
