package io.github.comfyeks.model.agent.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** All that the agent changes on a disk goes through here, so that tests can fill the disk or stop the world at any step. */
public interface Disk {
    /** The machine's own. */
    Disk REAL = new Disk() {};

    /** Bytes that can still be written. */
    default long room(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** A file to read and write, made if it is not there; never what a link leads to. */
    default FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /** Writes all of it. */
    default void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    default void cut(FileChannel file, long size) throws IOException {
        file.truncate(size);
    }

    /** Returns when all that was written would outlast a crash of the machine. */
    default void force(FileChannel file) throws IOException {
        file.force(true);
    }

    /** The same for the names in a folder. */
    default void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** In one step: whoever looks sees the old file or the new one. */
    default void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A file, or a folder with nothing in it; whether it was there. */
    default boolean delete(Path path) throws IOException {
        return Files.deleteIfExists(path);
    }

    default void makeFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }
}
