package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as they are given on the command line, such as {@code KSampler.seed=42}. */
final class Settings {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Settings() {}

    /** By addresses. */
    static Map<String, @Nullable Object> inputs(String option, List<String> given) {
        return read(given, "[^=]*[^=.][^=]*\\.[^=]+", option, "NODE.INPUT=VALUE, such as KSampler.seed=42");
    }

    /** By names. */
    static Map<String, @Nullable Object> parameters(String option, List<String> given) {
        return read(given, "[^=]+", option, "NAME=VALUE, such as prompt=castle");
    }

    private static Map<String, @Nullable Object> read(List<String> given, String key, String option, String meant) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String setting : given) {
            int equals = setting.indexOf('=');
            if (equals < 1 || !setting.substring(0, equals).matches(key)) {
                throw new IllegalArgumentException((option + " " + setting).strip() + " is no " + meant);
            }
            values.put(setting.substring(0, equals), value(setting.substring(equals + 1)));
        }
        return values;
    }

    /** What is JSON is taken so; everything else is text. */
    private static @Nullable Object value(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
