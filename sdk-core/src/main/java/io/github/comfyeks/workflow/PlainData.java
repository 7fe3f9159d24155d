package io.github.comfyeks.workflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON data in one form, so that equal data is equal in Java: integers as Long or BigInteger, the others as Double. */
final class PlainData {
    private static final int DEEPEST = 500;
    /** A plain one: to load databind for a first graph would take longer than all else. */
    private static final JsonFactory WRITER = new JsonFactory();

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private PlainData() {}

    /**
     * An unmodifiable copy.
     *
     * @throws IllegalArgumentException if it is no data that JSON can hold, or nested too deep
     */
    static @Nullable Object copy(@Nullable Object value) {
        return copy(value, 0);
    }

    private static @Nullable Object copy(@Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("data nested deeper than " + DEEPEST + " levels");
        }
        if (value instanceof Link link) {
            return List.of(link.nodeId(), (long) link.slot());
        }
        if (value instanceof Path) { // an Iterable of itself, without end
            throw new IllegalArgumentException(
                    "no JSON data: the path " + value + "; upload the file and give its reference()");
        }
        if (value instanceof Iterable<?> elements) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : elements) {
                copy.add(copy(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> {
                if (!(key instanceof String name)) {
                    throw new IllegalArgumentException("an object's key must be text, got " + key);
                }
                copy.put(name, copy(element, depth + 1));
            });
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        }
        throw new IllegalArgumentException("no JSON data: " + value.getClass().getName()
                + "; give null, Boolean, Number, String, List, Map or Link");
    }

    private static Number number(Number number) {
        if (number instanceof Double) {
            return number;
        }
        if (number instanceof Float) {
            return Double.valueOf(number.toString()); // 0.1f means 0.1, not 0.10000000149011612
        }
        if (number instanceof BigInteger big) {
            return big.compareTo(LONG_MIN) >= 0 && big.compareTo(LONG_MAX) <= 0 ? (Number) big.longValue() : big;
        }
        return number instanceof BigDecimal ? (Number) number.doubleValue() : (Number) number.longValue();
    }

    /** As ComfyUI's own {@code is_link}: a list of a text and a number. */
    static @Nullable Link asLink(@Nullable Object value) {
        return value instanceof List<?> list
                        && list.size() == 2
                        && list.get(0) instanceof String nodeId
                        && list.get(1) instanceof Long slot
                        && slot >= 0
                        && slot <= Integer.MAX_VALUE
                ? new Link(nodeId, slot.intValue())
                : null;
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    /** Writes into a generator. */
    interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }

    static String write(Writing writing) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator generator = WRITER.createGenerator(text)) {
            // the token NaN is what ComfyUI itself reads and writes (S11); as text it would be another value
            generator.disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS.mappedFeature());
            writing.to(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter never throws
        }
        return text.toString();
    }

    static void appendQuoted(StringBuilder to, String text) {
        to.append('"');
        to.append(JsonStringEncoder.getInstance().quoteAsString(text));
        to.append('"');
    }

    /** With the keys of objects in order. */
    static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof BigInteger number) {
            generator.writeNumber(number);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : (map.size() < 2 ? map : new TreeMap<>(map)).entrySet()) {
                generator.writeFieldName((String) entry.getKey());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else {
            throw new IllegalStateException("not copied by PlainData: " + value.getClass());
        }
    }
}
