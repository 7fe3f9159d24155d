package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder that an agent has for itself, from opening to closing. */
public final class AgentFolder implements AutoCloseable {
    private final FileChannel lock;
    private final Workplace place;

    private AgentFolder(FileChannel lock, Workplace place) {
        this.lock = lock;
        this.place = place;
    }

    /** @throws LocalFileException if it cannot be used, or another agent has it */
    public static AgentFolder open(Path folder, ModelStore store, Host host) {
        try {
            Files.createDirectories(folder);
            Path root = folder.toRealPath();
            Path state = own(root.resolve(ModelKey.OWN_FOLDER));
            Path partial = own(state.resolve("partial"));
            FileChannel lock = host.disk().open(state.resolve("lock"));
            boolean isOpen = false;
            try {
                lock(lock, root);
                CopyLog log = CopyLog.open(
                        state, host.disk(), key -> Found.at(root, key).stamp());
                Folder models = new Folder(root, host.disk(), log);
                Partials partials = new Partials(partial, host.disk());
                isOpen = true;
                return new AgentFolder(lock, new Workplace(store, root, host, log, models, partials));
            } finally {
                if (!isOpen) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new LocalFileException(folder + " cannot be kept in step: " + e, e);
        }
    }

    /** A folder of ours; never one that a link leads to. */
    private static Path own(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
        return folder;
    }

    private static void lock(FileChannel lock, Path root) throws IOException {
        try {
            if (lock.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw taken(root, e);
        }
        throw taken(root, null);
    }

    private static LocalFileException taken(Path root, @Nullable Throwable cause) {
        return new LocalFileException(
                root + ": another agent keeps this folder in step; one is enough, stop one of them", cause);
    }

    /** What the agent works with. */
    public Workplace place() {
        return place;
    }

    @Override
    public void close() {
        try {
            place.log().close();
            lock.close();
        } catch (IOException e) {
            throw new LocalFileException(place.root() + ": the agent's state cannot be closed: " + e, e);
        }
    }
}
