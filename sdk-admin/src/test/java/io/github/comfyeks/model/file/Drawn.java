package io.github.comfyeks.model.file;

import io.github.comfyeks.internal.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Safetensors files of our own, all zeros. */
final class Drawn {
    private final Map<String, Object> header = new LinkedHashMap<>();
    private int at;

    /** Adds a tensor of half-precision numbers. */
    Drawn tensor(String name, long... shape) {
        long bytes = 2;
        for (long length : shape) {
            bytes *= length;
        }
        header.put(
                name,
                Map.of(
                        "dtype",
                        "F16",
                        "shape",
                        Arrays.stream(shape).boxed().toList(),
                        "data_offsets",
                        List.of(at, at + bytes)));
        at += (int) bytes;
        return this;
    }

    Drawn metadata(Map<String, String> metadata) {
        header.put("__metadata__", metadata);
        return this;
    }

    byte[] bytes() {
        return file(Json.write(header), at);
    }

    /** A file of any header. */
    static byte[] file(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    Path writeTo(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
