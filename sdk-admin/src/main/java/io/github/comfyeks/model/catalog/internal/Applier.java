package io.github.comfyeks.model.catalog.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.model.catalog.ApplyOptions;
import io.github.comfyeks.model.catalog.ApplyReport;
import io.github.comfyeks.model.catalog.CatalogEntry;
import io.github.comfyeks.model.catalog.ModelPlan;
import io.github.comfyeks.model.catalog.ModelSource;
import io.github.comfyeks.model.catalog.PlannedChange;
import io.github.comfyeks.model.catalog.PlannedChange.Action;
import io.github.comfyeks.model.store.LockedException;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelListing;
import io.github.comfyeks.model.store.ModelLock;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelManifest.Entry;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.PutResult;
import io.github.comfyeks.model.store.StoreException;
import io.github.comfyeks.model.store.TransferOptions;
import io.github.comfyeks.model.store.TransferProgress;
import io.github.comfyeks.model.store.internal.Parallel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Carries out a plan. Several threads move models; used once. */
public final class Applier {
    private final ModelPlan plan;
    private final ModelStore store;
    private final ApplyOptions options;
    private final Queue<PlannedChange> done = new ConcurrentLinkedQueue<>();
    private final Map<ModelKey, String> failed = new ConcurrentHashMap<>();
    private final Map<ModelKey, String> sha256 = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();

    public Applier(ModelPlan plan, ModelStore store, ApplyOptions options) {
        this.plan = plan;
        this.store = store;
        this.options = options;
    }

    /** Does it, under the lock. */
    public ApplyReport apply() {
        if (plan.isEmpty()) {
            return report(store.manifest(ModelManifest.NONE));
        }
        try (ModelLock lock = store.lock(options.owner(), options.expiry(), options.clock())) {
            checkUnchanged();
            each(lock, plan.of(Action.ADD));
            each(lock, plan.of(Action.CHANGE));
            each(lock, plan.of(Action.REMOVE));
            lock.check();
            ModelManifest manifest = store.updateManifest(before -> settled(before.matching(store.list(), sha256)));
            done.addAll(plan.of(Action.SETTINGS));
            return report(manifest);
        }
    }

    private ApplyReport report(ModelManifest manifest) {
        return new ApplyReport(List.copyOf(done), failed, sent.get(), manifest.generation());
    }

    private void checkUnchanged() {
        ModelListing now = store.list();
        List<String> changed = plan.changes().stream()
                .filter(change -> !etag(now, change.key()).equals(etag(plan.listing(), change.key())))
                .map(change -> change.key().value())
                .toList();
        if (!changed.isEmpty()) {
            throw new StoreException(
                    "s3://" + store.bucket() + "/" + store.prefix() + ": since the plan was made others changed "
                            + String.join(", ", changed) + "; plan again",
                    0,
                    null);
        }
    }

    private static String etag(ModelListing listing, ModelKey key) {
        return listing.find(key).map(ModelObject::etag).orElse("");
    }

    private void each(ModelLock lock, List<PlannedChange> changes) {
        Parallel.each(options.parallel(), changes, change -> {
            lock.check();
            try {
                carryOut(change);
                done.add(change);
            } catch (LockedException e) {
                throw e;
            } catch (ComfyException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failed.put(change.key(), String.valueOf(e.getMessage()));
            }
        });
    }

    private void carryOut(PlannedChange change) {
        if (change.action() == Action.REMOVE) {
            store.delete(change.key());
            return;
        }
        CatalogEntry entry = Objects.requireNonNull(change.entry(), "only removals have none");
        if (entry.source() instanceof ModelSource.LocalFile file) {
            put(entry.key(), file.path(), options.transfer());
        } else if (entry.source() instanceof ModelSource.Link link) {
            fromLink(entry, link);
        } else if (entry.source() instanceof ModelSource.S3Object object) {
            store.copy(store.inBucket(object.bucket()), new ModelKey(object.key()), entry.key())
                    .sha256()
                    .ifPresent(known -> sha256.put(entry.key(), known));
        }
    }

    private void put(ModelKey key, Path file, TransferOptions transfer) {
        PutResult put = store.put(file, key, transfer);
        sent.addAndGet(put.sent());
        sha256.put(key, put.sha256());
    }

    /** By way of a file here: nothing lies in the bucket that is not proved. Each byte moves twice, and is told twice. */
    private void fromLink(CatalogEntry entry, ModelSource.Link link) {
        String wanted = Objects.requireNonNull(entry.sha256(), "links have one");
        Path file = options.downloads()
                .resolve(wanted + "-" + Integer.toHexString(entry.key().hashCode()) + ".part");
        TransferOptions transfer = options.transfer();
        long size = Links.size(link.uri());
        Links.fetch(link.uri(), file, wanted, came -> transfer.listener()
                .accept(new TransferProgress(entry.key(), came, 2 * Math.max(size, came))));
        put(entry.key(), file, transfer.listener(progress -> transfer.listener()
                .accept(new TransferProgress(entry.key(), progress.total() + progress.bytes(), 2 * progress.total()))));
        Links.remove(file);
    }

    /** With what the catalogue says of its models; others keep what was said of them. */
    private ModelManifest settled(ModelManifest manifest) {
        Map<ModelKey, Entry> models = new TreeMap<>(manifest.models());
        plan.catalog()
                .models()
                .forEach(wanted -> models.computeIfPresent(
                        wanted.key(),
                        (key, entry) ->
                                new Entry(entry.size(), entry.etag(), entry.sha256(), wanted.tier(), wanted.pin())));
        return new ModelManifest(manifest.generation(), models, manifest.etag());
    }
}
