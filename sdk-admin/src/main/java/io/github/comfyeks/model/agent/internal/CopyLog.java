package io.github.comfyeks.model.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.model.agent.internal.CopyRecord.Origin;
import io.github.comfyeks.model.store.ModelKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the agent itself put into its folder: a file of JSON lines to which each step is added before it is done. After a crash the last
 * line about a model may tell of a step that was not done; then the file in the folder decides which line is true. Safe for any
 * number of threads.
 */
public final class CopyLog implements AutoCloseable {
    private static final String NAME = "copied.jsonl";
    private static final int SLACK = 1_000;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Disk disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ModelKey, CopyRecord> records = new HashMap<>();
    private final Set<String> folders = new HashSet<>();
    private FileChannel channel;
    private long end;
    private long lines;

    private CopyLog(Path file, Disk disk, FileChannel channel) {
        this.file = file;
        this.disk = disk;
        this.channel = channel;
    }

    /**
     * @param state the folder that it lies in
     * @param look what lies under a model's name now; null if no file does
     */
    static CopyLog open(Path state, Disk disk, Function<ModelKey, @Nullable Stamp> look) throws IOException {
        Path file = state.resolve(NAME);
        CopyLog log = new CopyLog(file, disk, disk.open(file));
        try {
            log.load(look);
            return log;
        } catch (IOException | RuntimeException e) {
            log.channel.close();
            throw e;
        }
    }

    private void load(Function<ModelKey, @Nullable Stamp> look) throws IOException {
        Map<ModelKey, List<CopyRecord>> candidates = new HashMap<>();
        try (BufferedReader reader = // takes half a letter for a wrong one
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                replay(line, candidates);
            }
        }
        candidates.forEach((key, told) -> truth(told, look.apply(key)).ifPresent(record -> records.put(key, record)));
        end = channel.size();
        if (lines > 2L * records.size() + SLACK || !endsInNewline()) {
            compact();
        }
    }

    /** The last line about the file that is there; if none is there, the last line if that says so. */
    private static Optional<CopyRecord> truth(List<CopyRecord> told, @Nullable Stamp now) {
        if (now == null) {
            return Optional.of(told.get(told.size() - 1)).filter(record -> record.is(Origin.EVICTED));
        }
        return told.stream()
                .filter(record -> !record.is(Origin.EVICTED) && record.stamp().equals(now))
                .reduce((earlier, later) -> later);
    }

    private boolean endsInNewline() throws IOException {
        if (end == 0) {
            return true;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, end - 1);
        return last.get(0) == '\n';
    }

    /** A line that is broken by a crash says nothing. */
    private void replay(String text, Map<ModelKey, List<CopyRecord>> candidates) {
        JsonNode line;
        try {
            line = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return;
        }
        boolean gone = line.path("gone").asBoolean();
        String folder = line.path("folder").asText("");
        String name = line.path("key").asText("");
        if (!folder.isEmpty()) {
            boolean ignored = gone ? folders.remove(folder) : folders.add(folder);
        } else if (ModelKey.problem(name).isEmpty()) {
            ModelKey key = new ModelKey(name);
            if (gone) {
                candidates.remove(key);
            } else {
                List<CopyRecord> all = candidates.computeIfAbsent(key, none -> new ArrayList<>(1));
                CopyRecord record = record(key, line);
                all.removeIf(earlier -> earlier.stamp().equals(record.stamp()) && !record.is(Origin.EVICTED));
                all.add(record);
            }
        }
    }

    private static CopyRecord record(ModelKey key, JsonNode line) {
        Origin origin =
                switch (line.path("origin").asText("")) {
                    case "copied" -> Origin.COPIED;
                    case "found" -> Origin.FOUND;
                    case "evicted" -> Origin.EVICTED;
                    default -> Origin.DIFFERENT;
                };
        return new CopyRecord(
                key,
                origin,
                line.path("etag").asText(""),
                new Stamp(line.path("size").asLong(), line.path("modified").asLong()),
                line.path("missing").asLong(),
                line.path("used").asLong());
    }

    private static String line(CopyRecord record) {
        ObjectNode line = JSON.createObjectNode()
                .put("key", record.key().value())
                .put("origin", record.origin().name().toLowerCase(Locale.ROOT))
                .put("etag", record.etag())
                .put("size", record.stamp().size())
                .put("modified", record.stamp().modified())
                .put("used", record.used());
        if (record.missing() != 0) {
            line.put("missing", record.missing());
        }
        return line + "\n";
    }

    Optional<CopyRecord> find(ModelKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(records.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** All, as they are now. */
    Collection<CopyRecord> all() {
        lock.lock();
        try {
            return List.copyOf(records.values());
        } finally {
            lock.unlock();
        }
    }

    /** Says that a copy is about to be put in place; returns when that would outlast a crash. {@link #settle} says that it was. */
    void announce(CopyRecord record) throws IOException {
        FileChannel written;
        lock.lock();
        try {
            append(line(record));
            written = channel;
        } finally {
            lock.unlock();
        }
        disk.force(written);
    }

    void settle(CopyRecord record) {
        lock.lock();
        try {
            records.put(record.key(), record);
        } finally {
            lock.unlock();
        }
    }

    /** Of a file that is there already. A crash of the machine may lose it, which costs time and nothing else. */
    void put(CopyRecord record) throws IOException {
        lock.lock();
        try {
            append(line(record));
            records.put(record.key(), record);
        } finally {
            lock.unlock();
        }
    }

    void remove(ModelKey key) throws IOException {
        lock.lock();
        try {
            append(JSON.createObjectNode().put("key", key.value()).put("gone", true) + "\n");
            records.remove(key);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the agent made this folder. */
    boolean madeFolder(String folder) {
        lock.lock();
        try {
            return folders.contains(folder);
        } finally {
            lock.unlock();
        }
    }

    void folderMade(String folder) throws IOException {
        lock.lock();
        try {
            append(JSON.createObjectNode().put("folder", folder) + "\n");
            folders.add(folder);
        } finally {
            lock.unlock();
        }
    }

    void folderGone(String folder) throws IOException {
        lock.lock();
        try {
            append(JSON.createObjectNode().put("folder", folder).put("gone", true) + "\n");
            folders.remove(folder);
        } finally {
            lock.unlock();
        }
    }

    private void append(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
            disk.write(channel, ByteBuffer.wrap(bytes), end);
        } catch (IOException e) {
            disk.cut(channel, end); // no half line in the middle
            throw e;
        }
        end += bytes.length;
        lines++;
    }

    /** Writes what is true now, and nothing else. */
    private void compact() throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        disk.delete(fresh);
        StringBuilder text = new StringBuilder();
        FileChannel written = disk.open(fresh);
        try {
            long at = 0;
            for (String folder : folders) {
                text.append(JSON.createObjectNode().put("folder", folder)).append('\n');
            }
            for (CopyRecord record : records.values()) {
                text.append(line(record));
                if (text.length() > 1 << 16) {
                    at += write(written, text, at);
                }
            }
            end = at + write(written, text, at);
            disk.force(written);
            disk.move(fresh, file);
            disk.force(Objects.requireNonNull(file.getParent()));
        } catch (IOException | RuntimeException e) {
            written.close();
            throw e;
        }
        channel.close();
        channel = written;
        lines = records.size() + (long) folders.size();
    }

    private int write(FileChannel to, StringBuilder text, long at) throws IOException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        disk.write(to, ByteBuffer.wrap(bytes), at);
        text.setLength(0);
        return bytes.length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
