package io.github.comfyeks.model.catalog.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.internal.Nearest;
import io.github.comfyeks.model.catalog.CatalogEntry;
import io.github.comfyeks.model.catalog.CatalogException;
import io.github.comfyeks.model.catalog.ModelCatalog;
import io.github.comfyeks.model.catalog.ModelPlan;
import io.github.comfyeks.model.catalog.ModelSource;
import io.github.comfyeks.model.catalog.PlannedChange;
import io.github.comfyeks.model.catalog.PlannedChange.Action;
import io.github.comfyeks.model.store.ModelHead;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelListing;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelManifest.Entry;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.internal.Copying;
import io.github.comfyeks.model.store.internal.FileParts;
import io.github.comfyeks.model.store.internal.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Compares a catalogue with a bucket. Several threads ask; used once. */
public final class Planner {
    private static final int AT_ONCE = 8;

    private final ModelCatalog catalog;
    private final ModelStore store;
    private final ModelListing listing;
    private final ModelManifest manifest;
    private final SortedMap<ModelKey, PlannedChange> changes = new ConcurrentSkipListMap<>();
    private final SortedMap<Integer, String> problems = new ConcurrentSkipListMap<>();

    public Planner(ModelCatalog catalog, ModelStore store) {
        this.catalog = catalog;
        this.store = store;
        this.listing = store.list();
        this.manifest = store.manifest(ModelManifest.NONE);
    }

    /** @throws CatalogException naming all that cannot be had */
    public ModelPlan plan() {
        Parallel.each(AT_ONCE, catalog.models(), entry -> {
            try {
                changes.put(entry.key(), change(entry, listing.find(entry.key())));
            } catch (Unobtainable e) {
                problems.put(entry.line(), "line " + entry.line() + ": " + entry.key() + ": " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new CatalogException(catalog.name(), List.copyOf(problems.values()), null);
        }
        listing.models()
                .forEach((key, model) -> changes.computeIfAbsent(
                        key,
                        unnamed -> new PlannedChange(
                                Action.REMOVE, unnamed, model.size(), "the catalogue does not name it", null)));
        return new ModelPlan(catalog, listing, new ArrayList<>(changes.values()));
    }

    private PlannedChange change(CatalogEntry entry, Optional<ModelObject> there) {
        if (entry.source() instanceof ModelSource.LocalFile file) {
            return fromFile(entry, file.path(), there);
        }
        if (entry.source() instanceof ModelSource.Link link) {
            boolean same = there.flatMap(this::sha256)
                    .filter(known -> known.equals(entry.sha256()))
                    .isPresent();
            return same ? settings(entry, there.get()) : moved(entry, there, Links.size(link.uri()));
        }
        return entry.source() instanceof ModelSource.S3Object object
                ? fromS3(entry, object, there)
                : present(entry, there);
    }

    private PlannedChange present(CatalogEntry entry, Optional<ModelObject> there) {
        List<String> keys =
                listing.models().keySet().stream().map(ModelKey::value).toList();
        ModelObject model = there.orElseThrow(() -> new Unobtainable("it is not in the bucket and has no source"
                + Nearest.hint(entry.key().value(), keys)));
        proved(entry, sha256(model), "the bucket's");
        return settings(entry, model);
    }

    /** What the catalogue promises of the content must be so, if it is known. */
    private static void proved(CatalogEntry entry, Optional<String> known, String whose) {
        if (entry.sha256() != null && known.isPresent() && !known.get().equals(entry.sha256())) {
            throw new Unobtainable(whose + " SHA-256 is " + known.get() + ", not the catalogue's");
        }
    }

    private PlannedChange fromFile(CatalogEntry entry, Path file, Optional<ModelObject> there) {
        long size;
        try {
            if (!Files.isRegularFile(file)) {
                throw new Unobtainable(file + " is no file of this machine");
            }
            size = Files.size(file);
        } catch (IOException e) {
            throw new Unobtainable(file + " cannot be read: " + e);
        }
        boolean sameSize = there.filter(model -> model.size() == size).isPresent();
        if (!sameSize && entry.sha256() == null) {
            return moved(entry, there, size);
        }
        String sha256 = FileParts.of(file, Long.MAX_VALUE).sha256();
        proved(entry, Optional.of(sha256), file + "'s");
        return sameSize && sha256(there.get()).filter(sha256::equals).isPresent()
                ? settings(entry, there.get())
                : moved(entry, there, size);
    }

    private PlannedChange fromS3(CatalogEntry entry, ModelSource.S3Object object, Optional<ModelObject> there) {
        ModelHead source;
        try {
            source = store.inBucket(object.bucket()).head(new ModelKey(object.key()));
        } catch (ComfyException e) {
            throw new Unobtainable(String.valueOf(e.getMessage()));
        }
        proved(entry, source.sha256(), object + "'s");
        return there.filter(model -> isCopy(model, source)).isPresent()
                ? settings(entry, there.get())
                : moved(entry, there, source.object().size());
    }

    private boolean isCopy(ModelObject model, ModelHead source) {
        if (model.size() != source.object().size()) {
            return false;
        }
        String etag = source.object().etag();
        if (model.etag().equals(etag)
                || (source.sha256().isPresent() && source.sha256().equals(sha256(model)))) {
            return true;
        }
        return etag.equals(store.head(model.key()).metadata().get(Copying.SOURCE_ETAG));
    }

    /** The manifest's word for this version, else the object's own. */
    private Optional<String> sha256(ModelObject model) {
        @Nullable
        String noted = manifest.find(model.key())
                .filter(entry -> isOf(entry, model))
                .map(Entry::sha256)
                .orElse(null);
        return noted == null ? store.head(model.key()).sha256() : Optional.of(noted);
    }

    private static boolean isOf(Entry entry, ModelObject model) {
        return entry.size() == model.size() && entry.etag().equals(model.etag());
    }

    private static PlannedChange moved(CatalogEntry entry, Optional<ModelObject> there, long size) {
        return new PlannedChange(
                there.isPresent() ? Action.CHANGE : Action.ADD,
                entry.key(),
                size,
                (there.isPresent() ? "other content, from " : "from ") + entry.source(),
                entry);
    }

    /** The content is right; perhaps the manifest is not. */
    private PlannedChange settings(CatalogEntry entry, ModelObject model) {
        Map<ModelKey, Entry> noted = manifest.models();
        Entry entryThere = noted.get(entry.key());
        if (entryThere == null || !isOf(entryThere, model)) {
            return new PlannedChange(Action.SETTINGS, entry.key(), 0, "the manifest does not know it", entry);
        }
        if (entryThere.tier() != entry.tier() || entryThere.pin() != entry.pin()) {
            return new PlannedChange(
                    Action.SETTINGS,
                    entry.key(),
                    0,
                    "tier " + word(entryThere.tier(), entryThere.pin()) + " becomes " + word(entry.tier(), entry.pin()),
                    entry);
        }
        return new PlannedChange(Action.KEEP, entry.key(), 0, "as it should be", entry);
    }

    private static String word(ModelManifest.Tier tier, boolean pin) {
        return tier.name().toLowerCase(Locale.ROOT) + (pin ? ", pinned" : "");
    }
}
