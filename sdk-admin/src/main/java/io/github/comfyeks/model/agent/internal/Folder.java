package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The folder that models lie in. Whatever a key says, nothing outside is touched: no link is followed below the folder itself. Safe for
 * any number of threads.
 */
public final class Folder {
    private final Path root;
    private final Disk disk;
    private final CopyLog log;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param root without links */
    Folder(Path root, Disk disk, CopyLog log) {
        this.root = root;
        this.disk = disk;
        this.log = log;
    }

    Path path(ModelKey key) {
        return root.resolve(key.value());
    }

    /** What lies under a name; folders that the agent made and that are empty by now count as nothing. */
    Found at(ModelKey key) {
        Found found = Found.at(root, key);
        return found.isFolder() && isEmptied(path(key)) ? Found.NOTHING : found;
    }

    private boolean isEmptied(Path folder) {
        if (!log.madeFolder(name(folder))) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (!Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) || !isEmptied(child)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String name(Path folder) {
        return root.relativize(folder).toString();
    }

    /**
     * Moves a whole file under a model's name, in one step, and returns when that would outlast a crash.
     *
     * @param before what lies there, null for nothing; if something else does, nothing is done
     * @return whether it was done
     */
    boolean install(Path file, ModelKey key, @Nullable Stamp before) throws IOException {
        Path target = path(key);
        Path parent = Objects.requireNonNull(target.getParent());
        lock.lock();
        try {
            Found now = at(key);
            if (now.obstacle() != null || !Objects.equals(now.stamp(), before)) {
                return false;
            }
            clear(target);
            makeParents(key);
            disk.move(file, target);
        } finally {
            lock.unlock();
        }
        disk.force(parent);
        return true;
    }

    /** Removes folders that hold nothing but folders. */
    private void clear(Path emptied) throws IOException {
        if (Files.isDirectory(emptied, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(emptied)) {
                for (Path child : children) {
                    clear(child);
                }
            }
            disk.delete(emptied);
            log.folderGone(name(emptied));
        }
    }

    private void makeParents(ModelKey key) throws IOException {
        Path at = root;
        for (String name : key.parts().subList(0, key.parts().size() - 1)) {
            Path folder = at.resolve(name);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                log.folderMade(name(folder));
                disk.makeFolder(folder);
                disk.force(at);
            }
            at = folder;
        }
    }

    /** Removes a model, and the folders around it that the agent made and that are empty then. */
    void remove(ModelKey key) throws IOException {
        lock.lock();
        try {
            Path at = path(key);
            disk.delete(at);
            Path parent = Objects.requireNonNull(at.getParent());
            while (!parent.equals(root) && log.madeFolder(name(parent))) {
                try {
                    disk.delete(parent);
                } catch (DirectoryNotEmptyException e) {
                    break;
                }
                log.folderGone(name(parent));
                parent = Objects.requireNonNull(parent.getParent());
            }
            disk.force(parent);
        } finally {
            lock.unlock();
        }
    }
}
