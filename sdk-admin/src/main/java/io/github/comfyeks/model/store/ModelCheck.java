package io.github.comfyeks.model.store;

import io.github.comfyeks.model.store.ModelManifest.Entry;
import io.github.comfyeks.model.store.internal.Parallel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is wrong with a bucket: models that cannot be read or proved, and a manifest that says other things than the listing. Immutable.
 *
 * @param models how many were looked at
 * @param findings by key, or by the name of what is no model's key
 */
public record ModelCheck(int models, Map<String, List<String>> findings) {
    private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");
    private static final int AT_ONCE = 8;

    public ModelCheck {
        findings = Collections.unmodifiableMap(new TreeMap<>(findings));
    }

    /**
     * Looks at each model ({@code HeadObject}); deeply it reads all of them and computes their checksums, told to the transfer's listener.
     *
     * @throws StoreException if the bucket cannot be listed
     */
    public static ModelCheck of(ModelStore store, boolean deep, TransferOptions transfer) {
        ModelListing listing = store.list();
        ModelManifest manifest = store.manifest(ModelManifest.NONE);
        SortedMap<String, List<String>> findings = new ConcurrentSkipListMap<>();
        listing.refused().forEach((name, why) -> add(findings, name, "no node copies it: " + why));
        if (manifest.exists()) {
            manifest.models().keySet().stream()
                    .filter(key -> listing.find(key).isEmpty())
                    .forEach(key -> add(findings, key.value(), "only the manifest has it"));
        }
        Parallel.each(deep ? transfer.parallel() : AT_ONCE, listing.models().values(), model -> {
            try {
                look(store, model, manifest, deep, transfer)
                        .forEach(what -> add(findings, model.key().value(), what));
            } catch (StoreException e) {
                add(findings, model.key().value(), String.valueOf(e.getMessage()));
            }
        });
        return new ModelCheck(listing.models().size(), findings);
    }

    private static void add(Map<String, List<String>> findings, String key, String what) {
        findings.computeIfAbsent(key, first -> new CopyOnWriteArrayList<>()).add(what);
    }

    private static List<String> look(
            ModelStore store, ModelObject model, ModelManifest manifest, boolean deep, TransferOptions transfer) {
        List<String> wrong = new CopyOnWriteArrayList<>();
        ModelHead head = store.head(model.key());
        Optional<Entry> entry = manifest.find(model.key());
        if (ARCHIVED.contains(model.storageClass())) {
            wrong.add("it is archived (" + model.storageClass() + ") and cannot be read before it is restored");
            return wrong;
        }
        if (manifest.exists()) {
            if (entry.isEmpty()) {
                wrong.add("the manifest does not know it");
            } else if (entry.get().size() != model.size() || !entry.get().etag().equals(model.etag())) {
                wrong.add("the manifest knows another version of it");
            } else if (entry.get().sha256() != null
                    && head.sha256().filter(entry.get().sha256()::equals).isEmpty()
                    && head.sha256().isPresent()) {
                wrong.add("the manifest has another SHA-256");
            }
        }
        if (head.checksums().isEmpty() && entry.map(Entry::sha256).isEmpty()) {
            wrong.add("nobody knows a checksum of it; put it again to have one");
        } else if (deep) {
            store.verify(head, transfer);
        }
        return wrong;
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return findings.isEmpty();
    }
}
