package io.github.comfyeks.server;

import io.github.comfyeks.internal.ClientThreads;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The user's files with futures: the calls of {@link UserdataApi}, each without blocking its caller. Safe for any number of
 * threads.
 *
 * <p>Requests run on one executor, futures complete on another, so that a slow dependent of a future holds up no request. A
 * future completes with the exception that the blocking call throws. Cancelling one sends nothing if its turn has not come,
 * and leaves alone what was sent.
 */
public final class AsyncUserdataApi {
    private final UserdataApi blocking;
    private final ClientThreads threads;

    private AsyncUserdataApi(UserdataApi blocking, ClientThreads threads) {
        this.blocking = blocking;
        this.threads = threads;
    }

    /** The asynchronous face of these calls; made by the client. */
    public static AsyncUserdataApi of(UserdataApi blocking, ClientThreads threads) {
        return new AsyncUserdataApi(blocking, threads);
    }

    /** As {@link UserdataApi#list(String, boolean)}. */
    public CompletableFuture<List<String>> list(String dir, boolean recurse) {
        return threads.supply(() -> blocking.list(dir, recurse));
    }

    /** As {@link UserdataApi#listFiles(String, boolean)}. */
    public CompletableFuture<List<UserdataFile>> listFiles(String dir, boolean recurse) {
        return threads.supply(() -> blocking.listFiles(dir, recurse));
    }

    /** As {@link UserdataApi#read(String)}. */
    public CompletableFuture<Optional<byte[]>> read(String path) {
        return threads.supply(() -> blocking.read(path));
    }

    /** As {@link UserdataApi#write(String, byte[], boolean)}. */
    public CompletableFuture<UserdataFile> write(String path, byte[] content, boolean overwrite) {
        byte[] copy = content.clone();
        return threads.supply(() -> blocking.write(path, copy, overwrite));
    }

    /** As {@link UserdataApi#move(String, String, boolean)}. */
    public CompletableFuture<UserdataFile> move(String from, String to, boolean overwrite) {
        return threads.supply(() -> blocking.move(from, to, overwrite));
    }

    /** As {@link UserdataApi#delete(String)}. */
    public CompletableFuture<Boolean> delete(String path) {
        return threads.supply(() -> blocking.delete(path));
    }
}
