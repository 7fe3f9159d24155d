package io.github.comfyeks.testing.internal.files;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The user's files of {@code /userdata}, by path. Safe for use by several threads. */
public final class UserData {
    private final ConcurrentSkipListMap<String, StoredFile> files = new ConcurrentSkipListMap<>();

    public @Nullable StoredFile read(String path) {
        return files.get(path);
    }

    public void write(String path, ByteString bytes) {
        files.put(path, new StoredFile(bytes, Instant.now()));
    }

    /** Removes a file; false if there was none. */
    public boolean delete(String path) {
        return files.remove(path) != null;
    }

    /** Gives a file another path. */
    public void move(String from, String to) {
        StoredFile file = files.remove(from);
        if (file != null) {
            files.put(to, file);
        }
    }

    /** The files below a folder, by path. */
    public Map<String, StoredFile> below(String folder) {
        String start = folder.isEmpty() ? "" : folder + "/";
        return files.subMap(start, true, start + Character.MAX_VALUE, true);
    }

    /** Whether the folder holds any file. */
    public boolean hasFolder(String folder) {
        return !below(folder).isEmpty();
    }
}
