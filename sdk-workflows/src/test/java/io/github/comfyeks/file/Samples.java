package io.github.comfyeks.file;

import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files under {@code src/test/resources/files}, and what is in them. */
final class Samples {
    static final String PROMPT = text("comfyui/prompt.json");
    static final String UI = text("comfyui/workflow.json");

    private Samples() {}

    static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(Samples.class.getResource("/files/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String name) {
        try (InputStream in = Files.newInputStream(path(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** Every file of these folders, by its name. */
    static List<String> all() {
        return Stream.of("comfyui", "others")
                .flatMap(folder -> {
                    try (Stream<Path> files = Files.list(path(folder))) {
                        return files.map(file -> folder + "/" + file.getFileName()).toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .sorted()
                .toList();
    }

    static Workflow prompt() {
        return Workflow.parse(PROMPT);
    }
}
