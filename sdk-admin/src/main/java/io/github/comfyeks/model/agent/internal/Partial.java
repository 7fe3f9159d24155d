package io.github.comfyeks.model.agent.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that is being copied, and beside it a list of the parts that are there. A part is listed when the system has taken it; if the
 * machine itself restarts, the list counts no more. Safe for any number of threads.
 */
final class Partial implements AutoCloseable {
    private final Path file;
    private final Disk disk;
    private final long size;
    private final long partSize;
    private final FileChannel data;
    private final FileChannel list;
    private final BitSet done;
    private final ReentrantLock lock = new ReentrantLock();
    private long listEnd;

    private Partial(Path file, Disk disk, long size, long partSize, FileChannel data, FileChannel list, BitSet done) {
        this.file = file;
        this.disk = disk;
        this.size = size;
        this.partSize = partSize;
        this.data = data;
        this.list = list;
        this.done = done;
    }

    static Partial open(Path file, Disk disk, long size, long partSize, String boot) throws IOException {
        Path listed = file.resolveSibling(file.getFileName() + ".parts");
        String head = partSize + " " + boot + "\n";
        BitSet done = Files.exists(file) ? done(listed, head, parts(size, partSize)) : new BitSet();
        if (done.isEmpty() || boot.isEmpty()) {
            done.clear();
            disk.delete(file);
            disk.delete(listed);
        }
        FileChannel data = disk.open(file);
        try {
            FileChannel list = disk.open(listed);
            Partial partial = new Partial(file, disk, size, partSize, data, list, done);
            partial.rewrite(head);
            return partial;
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** The last line may be broken by a crash; then its part is not there. */
    private static BitSet done(Path listed, String head, int parts) throws IOException {
        BitSet done = new BitSet();
        String text = Files.exists(listed) ? Files.readString(listed, StandardCharsets.UTF_8) : "";
        if (text.startsWith(head)) {
            List<String> lines =
                    text.substring(0, text.lastIndexOf('\n')).lines().skip(1).toList();
            lines.stream()
                    .filter(line -> line.matches("\\d{1,9}"))
                    .map(Integer::valueOf)
                    .filter(part -> part < parts)
                    .forEach(done::set);
        }
        return done;
    }

    private void rewrite(String head) throws IOException {
        StringBuilder text = new StringBuilder(head);
        done.stream().forEach(part -> text.append(part).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        disk.write(list, ByteBuffer.wrap(bytes), 0);
        disk.cut(list, bytes.length);
        listEnd = bytes.length;
    }

    static int parts(long size, long partSize) {
        return (int) ((size + partSize - 1) / partSize);
    }

    int parts() {
        return parts(size, partSize);
    }

    long from(int part) {
        return part * partSize;
    }

    int length(int part) {
        return (int) Math.min(partSize, size - from(part));
    }

    boolean has(int part) {
        lock.lock();
        try {
            return done.get(part);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that are not there yet. */
    long missing() {
        lock.lock();
        try {
            return size - done.stream().mapToLong(this::length).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Writes a piece of a part. */
    void write(int part, byte[] bytes, int at, int count) throws IOException {
        disk.write(data, ByteBuffer.wrap(bytes, at, count), from(part) + at);
    }

    /** All of a part is written. */
    void add(int part) throws IOException {
        lock.lock();
        try {
            byte[] line = (part + "\n").getBytes(StandardCharsets.UTF_8);
            disk.write(list, ByteBuffer.wrap(line), listEnd);
            listEnd += line.length;
            done.set(part);
        } finally {
            lock.unlock();
        }
    }

    void read(int part, byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length(part));
        while (buffer.hasRemaining()) {
            if (data.read(buffer, from(part) + buffer.position()) < 0) {
                throw new IOException(file + " is shorter than its list says");
            }
        }
    }

    /** Returns when all of it would outlast a crash; the file is whole then, and its stamp is final. */
    Path finish() throws IOException {
        disk.force(data);
        close();
        return file;
    }

    /** Removes what is beside the file, which has been moved away. */
    void forgetList() throws IOException {
        disk.delete(file.resolveSibling(file.getFileName() + ".parts"));
    }

    /** Removes all of it. */
    void discard() throws IOException {
        close();
        forgetList();
        disk.delete(file);
    }

    @Override
    public void close() throws IOException {
        data.close();
        list.close();
    }
}
