package io.github.comfyeks.model.agent.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Linux's own word: {@code /proc/PID/fd} and {@code /proc/PID/maps}. Files are known by their inode, because a process in a container
 * sees them under other paths; two file systems may have the same inode, then a file is taken for used that is not. Processes that
 * may not be looked at, or live in a PID namespace that we don't see, count as using nothing. Elsewhere nothing is in use.
 */
final class ProcFilesInUse implements FilesInUse {
    private static final Path PROC = Path.of("/proc");
    private static final int INODE_FIELD = 4;

    @Override
    public Set<Path> among(Collection<Path> files) {
        Map<Long, Path> byInode = new HashMap<>();
        for (Path file : files) {
            long inode = inode(file, LinkOption.NOFOLLOW_LINKS);
            if (inode != 0) {
                byInode.put(inode, file);
            }
        }
        Set<Path> used = new HashSet<>();
        if (byInode.isEmpty() || !Files.isDirectory(PROC)) {
            return used;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                open(process, byInode, used);
                mapped(process, byInode, used);
            }
        } catch (IOException | DirectoryIteratorException e) {
            used.addAll(byInode.values()); // better kept than taken away
        }
        return used;
    }

    private static long inode(Path file, LinkOption... options) {
        try {
            return (Long) Files.getAttribute(file, "unix:ino", options);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 0;
        }
    }

    private static void open(Path process, Map<Long, Path> byInode, Set<Path> used) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                Path file = byInode.get(inode(descriptor));
                if (file != null) {
                    used.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // it has ended, or is not ours to look at
        }
    }

    private static void mapped(Path process, Map<Long, Path> byInode, Set<Path> used) {
        try (Stream<String> lines = Files.lines(process.resolve("maps"), StandardCharsets.ISO_8859_1)) {
            lines.forEach(line -> {
                Path file = byInode.get(mappedInode(line));
                if (file != null) {
                    used.add(file);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            return; // as above
        }
    }

    /** Of {@code 7f00-7f10 r--p 00000000 fd:00 1234   /path}; 0 if nothing lies behind it. */
    private static long mappedInode(String line) {
        String[] fields = line.split(" +", INODE_FIELD + 2);
        try {
            return fields.length > INODE_FIELD ? Long.parseLong(fields[INODE_FIELD]) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
