package io.github.comfyeks.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.error.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Plain data straight from a stream, without a tree in between: for long answers. Lists and maps are unmodifiable. */
public final class JsonStream {
    private JsonStream() {}

    /** The value that the parser stands at; afterwards it stands at the value's last token. */
    public static @Nullable Object value(JsonParser at) throws IOException {
        JsonToken token = at.currentToken();
        if (token == null) {
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> array(at);
            case VALUE_STRING -> at.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> at.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** The object that the parser stands at; anything else is read over and is an empty map. */
    @SuppressWarnings("NullAway") // plain data holds nulls
    public static Map<String, Object> object(JsonParser at) throws IOException {
        if (at.currentToken() != JsonToken.START_OBJECT) {
            at.skipChildren();
            return Map.of();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        while (at.nextToken() == JsonToken.FIELD_NAME) {
            String name = at.currentName();
            at.nextToken();
            map.put(name, value(at));
        }
        return Collections.unmodifiableMap(map);
    }

    @SuppressWarnings("NullAway") // plain data holds nulls
    private static List<Object> array(JsonParser at) throws IOException {
        List<Object> list = new ArrayList<>();
        while (at.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(at));
        }
        return Collections.unmodifiableList(list);
    }

    /** The text or number that the parser stands at; null for anything else, which is read over. */
    public static @Nullable String text(JsonParser at) throws IOException {
        JsonToken token = at.currentToken();
        if (token == null || token == JsonToken.VALUE_NULL || !token.isScalarValue()) {
            at.skipChildren();
            return null;
        }
        return at.getText();
    }

    /** The number that the parser stands at; 0 for anything else, which is read over. */
    public static double number(JsonParser at) throws IOException {
        JsonToken token = at.currentToken();
        if (token == null || !token.isNumeric()) {
            at.skipChildren();
            return 0;
        }
        return at.getDoubleValue();
    }

    /**
     * Reads an object field by field, each value as plain data, so that only one is in memory at a time.
     *
     * @throws ProtocolException if it is no JSON object
     */
    public static void eachField(InputStream in, String label, BiConsumer<String, @Nullable Object> sink)
            throws IOException {
        try (JsonParser json = Json.factory().createParser(in)) {
            JsonToken token = json.nextToken();
            if (token != JsonToken.START_OBJECT) {
                throw new ProtocolException(
                        "expected a JSON object, got " + (token == null ? "nothing" : token) + " [" + label + "]",
                        null);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                sink.accept(name, value(json));
            }
        } catch (JsonProcessingException e) {
            throw new ProtocolException(
                    "expected a JSON object, but it cannot be read: " + e.getOriginalMessage() + " [" + label + "]", e);
        }
    }
}
