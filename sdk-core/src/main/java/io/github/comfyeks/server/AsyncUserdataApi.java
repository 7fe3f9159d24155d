package io.github.comfyeks.server;

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
public interface AsyncUserdataApi {
    /** As {@link UserdataApi#list(String, boolean)}. */
    CompletableFuture<List<String>> list(String dir, boolean recurse);

    /** As {@link UserdataApi#listFiles(String, boolean)}. */
    CompletableFuture<List<UserdataFile>> listFiles(String dir, boolean recurse);

    /** As {@link UserdataApi#read(String)}. */
    CompletableFuture<Optional<byte[]>> read(String path);

    /** As {@link UserdataApi#write(String, byte[], boolean)}. */
    CompletableFuture<UserdataFile> write(String path, byte[] content, boolean overwrite);

    /** As {@link UserdataApi#move(String, String, boolean)}. */
    CompletableFuture<UserdataFile> move(String from, String to, boolean overwrite);

    /** As {@link UserdataApi#delete(String)}. */
    CompletableFuture<Boolean> delete(String path);
}
