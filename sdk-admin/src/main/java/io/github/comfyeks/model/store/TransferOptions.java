package io.github.comfyeks.model.store;

import java.util.function.Consumer;

/** How models are sent and fetched. Immutable. */
public final class TransferOptions {
    /** The defaults: 4 parts of 16 MiB at once. */
    public static final TransferOptions DEFAULT = new TransferOptions(16 << 20, 4, progress -> {});

    private static final long SMALLEST = 5L << 20;
    private static final long LARGEST = 5L << 30;

    private final long partSize;
    private final int parallel;
    private final Consumer<TransferProgress> listener;

    private TransferOptions(long partSize, int parallel, Consumer<TransferProgress> listener) {
        this.partSize = partSize;
        this.parallel = parallel;
        this.listener = listener;
    }

    /**
     * The same with parts of so many bytes, 5 MiB to 5 GiB; a file no larger goes in one piece. Parts grow so that a large file needs no
     * more than 10,000. An upload can be resumed only with parts of the same size.
     *
     * @throws IllegalArgumentException beyond S3's limits
     */
    public TransferOptions partSize(long bytes) {
        if (bytes < SMALLEST || bytes > LARGEST) {
            throw new IllegalArgumentException("a part has 5 MiB to 5 GiB, not " + bytes + " bytes");
        }
        return new TransferOptions(bytes, parallel, listener);
    }

    /** The same with so many parts of one model on their way at once, at least one. */
    public TransferOptions parallel(int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, not " + parts);
        }
        return new TransferOptions(partSize, parts, listener);
    }

    /** The same, telling how it goes; called by several threads, must return quickly and not throw. */
    public TransferOptions listener(Consumer<TransferProgress> observer) {
        return new TransferOptions(partSize, parallel, observer);
    }

    public long partSize() {
        return partSize;
    }

    public int parallel() {
        return parallel;
    }

    public Consumer<TransferProgress> listener() {
        return listener;
    }
}
