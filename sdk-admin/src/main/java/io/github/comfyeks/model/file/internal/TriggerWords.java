package io.github.comfyeks.model.file.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that a LoRA was trained with. */
public final class TriggerWords {
    private static final int MOST = 20;
    private static final int LONGEST = 100;

    private TriggerWords() {}

    /** The maker's own phrase first, then tags by how often the training's pictures had them. */
    public static List<String> of(Map<String, String> metadata) {
        Set<String> words = new LinkedHashSet<>();
        Arrays.stream(metadata.getOrDefault("modelspec.trigger_phrase", "").split(","))
                .map(String::strip)
                .forEach(words::add);
        counts(metadata.getOrDefault("ss_tag_frequency", "")).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .forEach(words::add);
        return words.stream()
                .filter(word -> !word.isEmpty() && word.length() <= LONGEST)
                .limit(MOST)
                .toList();
    }

    /** {@code {"10_castle": {"castle": 34, "dawn": 12}}}, as text within the metadata. */
    private static Map<String, Long> counts(String json) {
        Map<String, Long> counts = new HashMap<>();
        try {
            JsonNode folders = Json.tree(json);
            folders.forEach(folder -> folder.properties()
                    .forEach(tag ->
                            counts.merge(tag.getKey().strip(), tag.getValue().asLong(), Long::sum)));
        } catch (JsonProcessingException e) {
            return Map.of(); // a note of the trainer's, not of the format's: without it the file is as good
        }
        return counts;
    }
}
