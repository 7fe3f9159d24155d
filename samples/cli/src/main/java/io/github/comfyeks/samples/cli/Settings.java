package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --set 6.text=a castle}. */
final class Settings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Settings() {}

    static Workflow apply(Workflow workflow, List<String> settings) {
        Workflow changed = workflow;
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            int dot = setting.indexOf('.');
            if (dot < 1 || equals < dot + 2) {
                throw new IllegalArgumentException(
                        "--set " + setting + " is no NODE.INPUT=VALUE, such as 6.text=castle");
            }
            changed = changed.withInput(
                    setting.substring(0, dot),
                    setting.substring(dot + 1, equals),
                    value(setting.substring(equals + 1)));
        }
        return changed;
    }

    /** A number, a truth value, null or quoted text as JSON; everything else is text. */
    private static @Nullable Object value(String text) {
        if (!text.matches("-?\\d.*|true|false|null|\".*\"")) {
            return text;
        }
        try {
            return JSON.readerFor(Object.class)
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(text);
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
