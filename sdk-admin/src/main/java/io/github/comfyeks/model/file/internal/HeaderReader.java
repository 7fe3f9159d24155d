package io.github.comfyeks.model.file.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.comfyeks.model.file.ModelFileException;
import io.github.comfyeks.model.file.SafetensorsHeader;
import io.github.comfyeks.model.file.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads a header of which nothing is believed. */
public final class HeaderReader {
    private static final int LENGTH = 8;
    private static final int LONGEST = 100_000_000;
    private static final int MOST_DIMENSIONS = 32;
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("BOOL", 8),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("F4", 4),
            Map.entry("F6_E2M3", 6),
            Map.entry("F6_E3M2", 6),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("F64", 64),
            Map.entry("I64", 64),
            Map.entry("U64", 64),
            Map.entry("C64", 64));

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST)
                    .maxNestingDepth(5)
                    .build())
            .build();

    /** Some bytes of the file; fewer only if it ends. */
    public interface Bytes {
        byte[] read(long from, int length) throws IOException;
    }

    private final String name;
    private final TreeMap<String, Tensor> tensors = new TreeMap<>();
    private final Map<String, String> metadata = new HashMap<>();

    private HeaderReader(String name) {
        this.name = name;
    }

    /**
     * @param name of the file, for errors
     * @param size of the whole file
     */
    public static SafetensorsHeader read(String name, long size, Bytes bytes) throws IOException {
        HeaderReader reader = new HeaderReader(name);
        reader.require(size >= LENGTH, "it has only " + size + " bytes");
        byte[] first = bytes.read(0, LENGTH);
        reader.require(first.length == LENGTH, "it ends early");
        long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
        reader.require(
                length >= 2 && length <= LONGEST, "its header would have " + Long.toUnsignedString(length) + " bytes");
        reader.require(length <= size - LENGTH, "its header of " + length + " bytes reaches beyond its end");
        byte[] header = bytes.read(LENGTH, (int) length);
        reader.require(header.length == length, "it ends early");
        try (JsonParser json = JSON.createParser(header)) {
            reader.header(json);
        } catch (JsonProcessingException e) {
            throw reader.refused("its header is no JSON: " + e.getOriginalMessage(), e);
        } catch (ArithmeticException e) {
            throw reader.refused("a tensor has more numbers than can be counted", e);
        }
        reader.fill(size - LENGTH - length);
        return new SafetensorsHeader(reader.tensors, reader.metadata);
    }

    private ModelFileException refused(String why, Throwable cause) {
        return new ModelFileException(name + " is no sound safetensors file: " + why, cause);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ModelFileException(name + " is no sound safetensors file: " + otherwise, null);
        }
    }

    private void header(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "its header is no JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            require(json.nextToken() == JsonToken.START_OBJECT, "\"" + field + "\" is no object");
            if (field.equals("__metadata__")) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    require(json.nextToken() == JsonToken.VALUE_STRING, "the metadata \"" + key + "\" is no text");
                    metadata.put(key, json.getText());
                }
            } else {
                tensors.put(field, tensor(json, field));
            }
        }
    }

    private Tensor tensor(JsonParser json, String field) throws IOException {
        String dtype = "";
        List<Long> shape = List.of();
        List<Long> offsets = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String part = json.currentName();
            json.nextToken();
            switch (part) {
                case "dtype" -> dtype = json.getValueAsString("");
                case "shape" -> shape = numbers(json, field);
                case "data_offsets" -> offsets = numbers(json, field);
                default -> json.skipChildren();
            }
        }
        require(offsets.size() == 2 && offsets.get(0) <= offsets.get(1), "the tensor \"" + field + "\" has no place");
        Tensor tensor = new Tensor(dtype, shape, offsets.get(0), offsets.get(1));
        Integer bits = BITS.get(dtype);
        require(bits != null, "the tensor \"" + field + "\" is of \"" + dtype + "\", which nobody knows");
        long wanted = Math.multiplyExact(tensor.parameters(), Objects.requireNonNull(bits));
        require(
                wanted == Math.multiplyExact(tensor.end() - tensor.begin(), 8),
                "the tensor \"" + field + "\" of " + dtype + shape + " does not fit its "
                        + (tensor.end() - tensor.begin()) + " bytes");
        return tensor;
    }

    private List<Long> numbers(JsonParser json, String field) throws IOException {
        List<Long> numbers = new ArrayList<>();
        require(json.currentToken() == JsonToken.START_ARRAY, "the tensor \"" + field + "\" has no list of numbers");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(
                    json.currentToken() == JsonToken.VALUE_NUMBER_INT
                            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                            && json.getLongValue() >= 0
                            && numbers.size() < MOST_DIMENSIONS,
                    "the tensor \"" + field + "\" has odd numbers");
            numbers.add(json.getLongValue());
        }
        return numbers;
    }

    /** The tensors must lie one after another and fill the file: no byte belongs to two, or to none. */
    private void fill(long data) {
        long at = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Tensor> entry) ->
                                entry.getValue().begin())
                        .thenComparingLong(entry -> entry.getValue().end()))
                .toList()) {
            require(
                    tensor.getValue().begin() == at,
                    "the tensor \"" + tensor.getKey() + "\" begins at byte "
                            + tensor.getValue().begin() + ", where the one before ends at " + at);
            at = tensor.getValue().end();
        }
        require(at == data, "its tensors have " + at + " bytes, the file has " + data + " for them; it may be cut off");
    }
}
