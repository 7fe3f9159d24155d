package io.github.comfyeks.server.internal;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.server.AsyncUserdataApi;
import io.github.comfyeks.server.UserdataApi;
import io.github.comfyeks.server.UserdataFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The blocking calls on the client's threads. */
public record ThreadedUserdataApi(UserdataApi blocking, ClientThreads threads) implements AsyncUserdataApi {
    @Override
    public CompletableFuture<List<String>> list(String dir, boolean recurse) {
        return threads.supply(() -> blocking.list(dir, recurse));
    }

    @Override
    public CompletableFuture<List<UserdataFile>> listFiles(String dir, boolean recurse) {
        return threads.supply(() -> blocking.listFiles(dir, recurse));
    }

    @Override
    public CompletableFuture<Optional<byte[]>> read(String path) {
        return threads.supply(() -> blocking.read(path));
    }

    @Override
    public CompletableFuture<UserdataFile> write(String path, byte[] content, boolean overwrite) {
        byte[] copy = content.clone();
        return threads.supply(() -> blocking.write(path, copy, overwrite));
    }

    @Override
    public CompletableFuture<UserdataFile> move(String from, String to, boolean overwrite) {
        return threads.supply(() -> blocking.move(from, to, overwrite));
    }

    @Override
    public CompletableFuture<Boolean> delete(String path) {
        return threads.supply(() -> blocking.delete(path));
    }
}
