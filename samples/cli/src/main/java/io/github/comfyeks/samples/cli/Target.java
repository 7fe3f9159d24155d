package io.github.comfyeks.samples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Where the text that a command makes goes. */
final class Target {
    private Target() {}

    /** Into a file, whose folders are made; without one to the output. */
    static void write(CommandLine command, @Nullable Path file, String text) {
        if (file == null) {
            command.getOut().print(text);
            command.getOut().flush();
            return;
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
