package io.github.comfyeks.file;

import io.github.comfyeks.file.internal.SettingsText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The text that AUTOMATIC1111's web UI and its kin write into a picture under the name {@code parameters}. Immutable.
 *
 * <p>It is no workflow: it says what was asked for, not how it was done.
 *
 * @param prompt what to draw, as typed: with weights and {@code <lora:…>}; may be empty and have line breaks
 * @param negativePrompt what not to draw; empty if there was none
 * @param settings such as {@code Steps}, {@code Sampler}, {@code CFG scale}, {@code Seed}, {@code Size}, {@code Model}, in the
 *     order of the text; of quoted values without the quotes
 * @param text all of it, as it stands in the file
 */
public record GenerationParameters(String prompt, String negativePrompt, Map<String, String> settings, String text) {
    private static final String NEGATIVE = "Negative prompt:";

    public GenerationParameters {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Reads such a text. Every text is one: without settings, all of it is the prompt. */
    public static GenerationParameters parse(String text) {
        String all = text.strip().replace("\r\n", "\n");
        int settingsAt = SettingsText.start(all);
        int negativeAt = SettingsText.line(all, NEGATIVE);
        if (negativeAt < 0 || negativeAt > settingsAt) {
            negativeAt = settingsAt;
        }
        String negative = all.substring(negativeAt, settingsAt);
        return new GenerationParameters(
                all.substring(0, negativeAt).strip(),
                negative.isEmpty() ? "" : negative.substring(NEGATIVE.length()).strip(),
                SettingsText.read(all.substring(settingsAt)),
                text);
    }

    /** The setting of this name, in any case of letters. */
    public Optional<String> setting(String name) {
        String exact = settings.get(name);
        return exact != null
                ? Optional.of(exact)
                : settings.entrySet().stream()
                        .filter(setting -> setting.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }
}
