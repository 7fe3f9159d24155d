package io.github.comfyeks.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as ComfyUI writes it: Python's {@code NaN} and {@code Infinity} tokens are read (S11), integers keep any size,
 * unknown fields are ignored. Plain data is null, Boolean, Number, String, List and Map.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(factoryOfAnySize())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectReader PARTIAL = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final ObjectMapper STRICT = JsonMapper.builder(factoryOfAnySize())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** A workflow may hold an image as text, longer than Jackson's own limit of 20 million characters. */
    private static JsonFactory factoryOfAnySize() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(256 << 20)
                        .build())
                .build();
    }

    /** For streaming; configured as everything here. */
    public static JsonFactory factory() {
        return MAPPER.getFactory();
    }

    public static JsonNode tree(byte[] json) throws IOException {
        return MAPPER.readTree(json);
    }

    public static JsonNode tree(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }

    /** The value that the parser stands at; what follows it stays unread. */
    public static JsonNode tree(JsonParser at) throws IOException {
        return PARTIAL.readTree(at);
    }

    /** A file that a person wrote: a key that stands twice is an error. */
    public static @Nullable Object strict(String json) throws JsonProcessingException {
        return STRICT.readValue(json, Object.class);
    }

    /** The same of bytes in UTF-8, UTF-16 or UTF-32, with a byte order mark or without. */
    public static @Nullable Object strict(byte[] json) throws IOException {
        return STRICT.readValue(json, Object.class);
    }

    /** The tree as plain data. */
    public static @Nullable Object plain(@Nullable JsonNode node) {
        return node == null || node.isMissingNode() ? null : MAPPER.convertValue(node, Object.class);
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(@Nullable JsonNode node) {
        return plain(node) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    public static List<Object> list(@Nullable JsonNode node) {
        return plain(node) instanceof List<?> list ? (List<Object>) list : List.of();
    }

    /** The texts of a list; whatever is no text is written as JSON. */
    public static List<String> strings(@Nullable JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node != null && node.isArray()) {
            node.forEach(element -> texts.add(element.isTextual() ? element.textValue() : element.toString()));
        }
        return List.copyOf(texts);
    }

    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON value: " + e.getOriginalMessage(), e);
        }
    }

    public static String writePretty(@Nullable Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON value: " + e.getOriginalMessage(), e);
        }
    }

    public static byte[] writeBytes(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON value: " + e.getOriginalMessage(), e);
        }
    }
}
