package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A graph as it stands in a file, however wrong, read as the server reads it; of the editor's format, what the editor would send. */
final class GraphFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A file that holds no graph at all. */
    static final class NoGraphException extends Exception {
        private static final long serialVersionUID = 1L;

        NoGraphException(String message) {
            super(message);
        }
    }

    private GraphFile() {}

    /** @param classes by which a file of the editor is converted */
    static Map<String, ?> read(Path file, ObjectInfo classes) throws NoGraphException {
        Map<String, Object> data;
        try {
            data = JSON.readValue(
                    Files.readAllBytes(file),
                    TypeFactory.defaultInstance().constructMapType(LinkedHashMap.class, String.class, Object.class));
        } catch (JsonProcessingException e) {
            String why = e.getOriginalMessage().lines().findFirst().orElse("");
            return otherwise(file, classes, "is no JSON object: " + why);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        if (data.get("nodes") instanceof List<?>) {
            return otherwise(file, classes, "is no workflow of the editor");
        }
        if (data.get("prompt") instanceof Map<?, ?> inner
                && !data.containsKey("class_type")
                && !inner.containsKey("class_type")) {
            Map<String, Object> graph = new LinkedHashMap<>();
            inner.forEach((id, node) -> graph.put(String.valueOf(id), node));
            return graph;
        }
        return data;
    }

    private static Map<String, ?> otherwise(Path file, ObjectInfo classes, String why) throws NoGraphException {
        try {
            return AnyFile.prompt(file, classes);
        } catch (ComfyException e) {
            throw new NoGraphException(why + "; " + e.getMessage());
        }
    }

    /** The files named, and of folders all that end in {@code .json}, by name. */
    static List<Path> in(List<Path> named) {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    inside.filter(each -> each.toString().endsWith(".json"))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(path + " cannot be read", e);
                }
            } else if (Files.isReadable(path)) {
                files.add(path);
            } else {
                throw new IllegalArgumentException("there is no readable file " + path);
            }
        }
        return files;
    }
}
