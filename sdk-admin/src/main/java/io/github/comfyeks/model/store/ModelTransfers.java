package io.github.comfyeks.model.store;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.model.store.internal.Download;
import io.github.comfyeks.model.store.internal.Parallel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Many models at once between a bucket and this machine. One that fails stops no other. */
public final class ModelTransfers {
    private final Map<ModelKey, Long> moved = new ConcurrentHashMap<>();
    private final Map<ModelKey, String> sha256 = new ConcurrentHashMap<>();
    private final Map<ModelKey, String> failed = new ConcurrentHashMap<>();

    private ModelTransfers() {}

    /**
     * Puts files, such as those of a {@link ModelFolder}, as {@link ModelStore#put} does. The manifest is not written:
     * {@link ModelStore#refreshManifest} with the report's checksums does.
     *
     * @param parallel how many models at once, at least one
     */
    public static TransferReport put(
            ModelStore store, SortedMap<ModelKey, Path> files, int parallel, TransferOptions options) {
        ModelTransfers all = new ModelTransfers();
        Parallel.each(
                parallel,
                files.entrySet(),
                file -> all.one(file.getKey(), key -> {
                    PutResult put = store.put(file.getValue(), key, options);
                    all.sha256.put(key, put.sha256());
                    all.moved.put(key, put.sent());
                }));
        return all.report();
    }

    /**
     * Gets models into a folder that is laid out like {@code models/}, as {@link ModelStore#get} does. A file that has the content
     * already is left alone.
     *
     * @param parallel how many models at once, at least one
     */
    public static TransferReport get(
            ModelStore store, Collection<ModelObject> models, Path folder, int parallel, TransferOptions options) {
        ModelTransfers all = new ModelTransfers();
        Parallel.each(
                parallel,
                models,
                model -> all.one(model.key(), key -> {
                    Path file = folder.resolve(key.value());
                    ModelHead head = store.head(key);
                    boolean there = Download.isThere(head, file);
                    if (!there) {
                        store.get(key, file, options);
                    }
                    head.sha256().ifPresent(known -> all.sha256.put(key, known));
                    all.moved.put(key, there ? 0 : head.object().size());
                }));
        return all.report();
    }

    private void one(ModelKey key, Consumer<ModelKey> move) {
        try {
            move.accept(key);
        } catch (ComfyException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failed.put(key, String.valueOf(e.getMessage()));
        }
    }

    private TransferReport report() {
        return new TransferReport(moved, sha256, failed);
    }
}
