package io.github.comfyeks.testing.internal.files;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The folders {@code input}, {@code output} and {@code temp}, in memory. A path is relative to its folder, with {@code /}
 * between the parts. Safe for use by several threads.
 */
public final class Folders {
    /** The folders there are. */
    public static final List<String> KINDS = List.of("input", "output", "temp");

    private final Map<String, ConcurrentSkipListMap<String, StoredFile>> folders = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counters = new ConcurrentHashMap<>();

    public Folders() {
        KINDS.forEach(kind -> folders.put(kind, new ConcurrentSkipListMap<>()));
    }

    private ConcurrentSkipListMap<String, StoredFile> folder(String kind) {
        ConcurrentSkipListMap<String, StoredFile> folder = folders.get(kind);
        if (folder == null) {
            throw new IllegalArgumentException("no such folder: " + kind);
        }
        return folder;
    }

    /** Writes a file, over one that is there. */
    public void write(String kind, String path, ByteString bytes) {
        folder(kind).put(path, new StoredFile(bytes, Instant.now()));
    }

    public @Nullable StoredFile read(String kind, String path) {
        return folder(kind).get(path);
    }

    /** The files right in the folder, as an input combo lists them; those in subfolders are not offered. */
    public List<String> namesIn(String kind) {
        return folder(kind).keySet().stream()
                .filter(path -> !path.contains("/"))
                .toList();
    }

    /** Whether any file lies below the path: a folder exists when something was stored in it. */
    public boolean hasFolder(String kind, String path) {
        if (path.isEmpty()) {
            return true;
        }
        String next = folder(kind).ceilingKey(path + "/");
        return next != null && next.startsWith(path + "/");
    }

    /** The next number for a picture's name: counts on from the highest that is there. */
    public int nextCounter(String kind, String prefixPath) {
        return counters.computeIfAbsent(kind + ":" + prefixPath, key -> new AtomicInteger(highest(kind, prefixPath)))
                .incrementAndGet();
    }

    private int highest(String kind, String prefixPath) {
        int highest = 0;
        String start = prefixPath + "_";
        for (String path : folder(kind).tailMap(start).keySet()) {
            if (!path.startsWith(start)) {
                break;
            }
            String number = path.substring(start.length()).split("_", 2)[0];
            if (number.matches("[0-9]{1,9}")) {
                highest = Math.max(highest, Integer.parseInt(number));
            }
        }
        return highest;
    }

    /** Removes all files of a folder. */
    public void clear(String kind) {
        folder(kind).clear();
        counters.keySet().removeIf(key -> key.startsWith(kind + ":"));
    }
}
