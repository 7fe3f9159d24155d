package io.github.comfyeks.output.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.output.OnExisting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file in the making: a temporary one beside it, that gets the name only when it is whole and on the disk, and is removed
 * whenever that does not come to pass. Used by one thread; others may make files of the same name at the same time.
 */
final class TargetFile implements Sink, AutoCloseable {
    private static final int MAX_NUMBER = 10_000;

    private final Path folder;
    private final String name;
    private final OnExisting onExisting;
    private final Path temporary;
    private final FileChannel channel;

    private TargetFile(Path folder, String name, OnExisting onExisting) {
        this.folder = folder;
        this.name = name;
        this.onExisting = onExisting;
        try {
            Files.createDirectories(folder);
            Path target = folder.resolve(name);
            if (Files.isDirectory(target)) {
                throw new LocalFileException(target + " is a folder; a file cannot take its place", null);
            }
            if (onExisting == OnExisting.FAIL && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw exists();
            }
            this.temporary = folder.resolve(".comfyeks-" + UUID.randomUUID() + ".part");
            this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new LocalFileException(folder + " is no folder, so that nothing can be written into it", e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The name must be harmless. */
    static TargetFile in(Path folder, String name, OnExisting onExisting) {
        return new TargetFile(folder.toAbsolutePath(), name, onExisting);
    }

    static TargetFile at(Path file, OnExisting onExisting) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        Path last = absolute.getFileName();
        if (parent == null || last == null || Files.isDirectory(absolute)) {
            throw new LocalFileException(file + " is a folder; name a file, or use writeTo(folder)", null);
        }
        return new TargetFile(parent, last.toString(), onExisting);
    }

    @Override
    public void write(byte[] bytes, int length) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void restart() {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Gives the file its name. */
    Path commit() {
        try {
            channel.force(true);
            channel.close();
            Path named = place();
            syncFolder();
            return named;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path place() throws IOException {
        Path target = folder.resolve(name);
        if (onExisting == OnExisting.REPLACE) {
            replace(target);
            return target;
        }
        if (claim(target)) {
            return target;
        }
        if (onExisting == OnExisting.FAIL) {
            throw exists();
        }
        for (int number = 1; number <= MAX_NUMBER; number++) {
            Path numbered = folder.resolve(FileNames.numbered(name, number));
            if (claim(numbered)) {
                return numbered;
            }
        }
        throw new LocalFileException(
                folder + " has " + MAX_NUMBER + " files named like " + name + "; give another folder", null);
    }

    /** Takes the name if nobody has it: a hard link is made or refused in one step, unlike a look and a move. */
    private boolean claim(Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
            Files.delete(temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            return claimWithoutLinks(target);
        }
    }

    private boolean claimWithoutLinks(Path target) throws IOException {
        try {
            Files.createFile(target);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        try {
            replace(target);
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(target); // ours: it is the empty file of above
            throw e;
        }
    }

    private void replace(Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** So that the name survives a power cut too; not every system lets a folder be opened. */
    private void syncFolder() {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private LocalFileException exists() {
        return new LocalFileException(
                folder.resolve(name) + " exists already; choose OnExisting.RENAME or REPLACE, or another folder", null);
    }

    private LocalFileException failed(IOException e) {
        return new LocalFileException(
                "cannot write " + folder.resolve(name) + ": " + e
                        + "; is there room on the disk, and the right to write?",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close(); // first: Windows deletes no open file
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
