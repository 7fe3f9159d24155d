package io.github.comfyeks.model.catalog;

import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelManifest.Tier;
import org.jspecify.annotations.Nullable;

/**
 * One model that there should be. Immutable.
 *
 * @param key its folder and name
 * @param source where it comes from
 * @param sha256 of its content, in small hexadecimal digits; null if the catalogue does not say
 * @param tier when nodes need it
 * @param pin whether nodes never evict it
 * @param line of the catalogue
 */
public record CatalogEntry(
        ModelKey key, ModelSource source, @Nullable String sha256, Tier tier, boolean pin, int line) {}
