package io.github.comfyeks.file.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.internal.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON of unknown origin as unmodifiable plain data: integers as Long or BigInteger, other numbers as Double, Python's {@code NaN}
 * too. Depth and number of values are limited, since a short text can make much data.
 */
final class JsonText {
    private static final int DEEPEST = 500;
    private static final int MOST_VALUES = 2_000_000;
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final JsonParser json;
    private int values;

    private JsonText(JsonParser json) {
        this.json = json;
    }

    /** A text that a program wrote: of a key that stands twice, the last value counts, as for Python and JavaScript. */
    static @Nullable Object read(String text) throws FileFault {
        return read(text, false);
    }

    /** A text that a person may have edited: a key that stands twice is an error. */
    static @Nullable Object strict(String text) throws FileFault {
        return read(text, true);
    }

    private static @Nullable Object read(String text, boolean strict) throws FileFault {
        try (JsonParser json = Json.factory().createParser(text)) {
            if (strict) {
                json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            }
            if (json.nextToken() == null) {
                throw new FileFault("no JSON: it is empty");
            }
            JsonText reading = new JsonText(json);
            Object value = reading.value(0);
            if (json.nextToken() != null) {
                throw new FileFault("no JSON: something follows its end" + reading.where());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new FileFault(describe(e));
        } catch (IOException e) {
            throw new FileFault("no JSON: " + e.getMessage()); // from a text nothing else comes
        }
    }

    private static String describe(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String why = e.getOriginalMessage().lines().findFirst().orElse("");
        return why.startsWith("Duplicate field")
                ? "the key " + why.substring("Duplicate field ".length()) + " stands twice in one object" + where
                : "no JSON" + where + ": " + why;
    }

    private String where() {
        JsonLocation at = json.currentLocation();
        return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private @Nullable Object value(int depth) throws IOException, FileFault {
        if (depth > DEEPEST) {
            throw new FileFault("JSON nested deeper than " + DEEPEST + " levels" + where() + ", which no workflow is");
        }
        if (++values > MOST_VALUES) {
            throw new FileFault("JSON of more than " + MOST_VALUES + " values" + where() + ", which no workflow has");
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getNumberValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws IOException, FileFault {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            map.put(name, value(depth + 1));
        }
        return Collections.unmodifiableMap(map);
    }

    private List<@Nullable Object> array(int depth) throws IOException, FileFault {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(depth + 1));
        }
        return Collections.unmodifiableList(list);
    }

    private static Number number(Number number) {
        if (number instanceof BigInteger big) {
            return big.compareTo(LONG_MIN) >= 0 && big.compareTo(LONG_MAX) <= 0 ? (Number) big.longValue() : big;
        }
        return number instanceof Double || number instanceof Float || number instanceof BigDecimal
                ? (Number) number.doubleValue()
                : (Number) number.longValue();
    }

    /** The text of a JSON file: UTF-8, or UTF-16 as PowerShell writes it. */
    static String decode(Block file) throws FileFault {
        byte[] bytes = file.rest();
        int first = bytes.length > 0 ? bytes[0] & 0xff : -1;
        int second = bytes.length > 1 ? bytes[1] & 0xff : -1;
        Charset charset = StandardCharsets.UTF_8;
        int mark = 0;
        if ((first == 0xff && second == 0xfe) || (first > 0 && second == 0)) {
            charset = StandardCharsets.UTF_16LE;
            mark = first == 0xff ? 2 : 0;
        } else if ((first == 0xfe && second == 0xff) || (first == 0 && second > 0)) {
            charset = StandardCharsets.UTF_16BE;
            mark = first == 0xfe ? 2 : 0;
        } else if (first == 0xef && second == 0xbb && bytes.length > 2 && (bytes[2] & 0xff) == 0xbf) {
            mark = 3;
        }
        try {
            return Texts.strict(bytes, mark, bytes.length - mark, charset);
        } catch (CharacterCodingException e) {
            throw new FileFault("the text is no " + charset + ": save the file as UTF-8");
        }
    }
}
