package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Node classes without prose: what decides whether a graph is valid, the lists of files included. */
final class SchemaFacts {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_DEFAULT = 60;
    private static final int MOST_WORDS = 4;

    private static final Set<String> PROSE_OF_CLASSES =
            Set.of("description", "search_aliases", "price_badge", "essentials_category", "output_tooltips");
    private static final Set<String> FLAGS =
            Set.of("deprecated", "experimental", "api_node", "dev_only", "is_input_list", "has_intermediate_output");
    private static final Set<String> PROSE_OF_INPUTS = Set.of("tooltip", "placeholder");

    private SchemaFacts() {}

    /** JSON: one class a line, by name. */
    static String of(ObjectInfo info) {
        StringBuilder text = new StringBuilder("{\n");
        boolean first = true;
        for (NodeSchema node : new TreeMap<>(info.nodes()).values()) {
            text.append(first ? "" : ",\n")
                    .append(json(node.classType()))
                    .append(": ")
                    .append(json(classFacts(node.raw())));
            first = false;
        }
        return text.append("\n}\n").toString();
    }

    private static String json(Object data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema that is no JSON", e);
        }
    }

    private static Map<String, @Nullable Object> classFacts(Map<String, Object> raw) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        raw.forEach((key, value) -> {
            boolean off = FLAGS.contains(key) && !Boolean.TRUE.equals(value);
            if (key.equals("input")) {
                facts.put(key, sections(value));
            } else if (!off && !PROSE_OF_CLASSES.contains(key) && !(key.equals("output_matchtypes") && value == null)) {
                facts.put(key, value);
            }
        });
        return facts;
    }

    private static @Nullable Object sections(@Nullable Object raw) {
        if (!(raw instanceof Map<?, ?> sections)) {
            return raw;
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        sections.forEach((section, specs) -> {
            if (specs instanceof Map<?, ?> inputs) {
                Map<String, @Nullable Object> each = new LinkedHashMap<>();
                inputs.forEach((name, spec) -> each.put(String.valueOf(name), input(spec)));
                facts.put(String.valueOf(section), each);
            } else {
                facts.put(String.valueOf(section), specs);
            }
        });
        return facts;
    }

    private static @Nullable Object input(@Nullable Object spec) {
        if (!(spec instanceof List<?> parts) || parts.size() < 2 || !(parts.get(1) instanceof Map<?, ?> options)) {
            return spec;
        }
        Map<String, @Nullable Object> facts = options(options);
        List<@Nullable Object> kept = new ArrayList<>();
        kept.add(parts.get(0));
        if (!facts.isEmpty()) {
            kept.add(facts);
        }
        return kept;
    }

    private static Map<String, @Nullable Object> options(Map<?, ?> options) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            String key = String.valueOf(name);
            boolean sentence =
                    key.equals("display_name") && String.valueOf(value).split(" ", -1).length > MOST_WORDS;
            if (PROSE_OF_INPUTS.contains(key) || sentence) {
                return;
            }
            if (key.equals("default") && value instanceof String text && isLong(text)) {
                facts.put("default_dropped", true);
            } else if (key.equals("options") && value instanceof List<?> list) {
                facts.put(key, list.stream().map(SchemaFacts::option).toList());
            } else if (key.equals("template") && value instanceof Map<?, ?> template) {
                facts.put(key, nested(template, "input"));
            } else {
                facts.put(key, value);
            }
        });
        return facts;
    }

    private static boolean isLong(String text) {
        return text.length() > LONGEST_DEFAULT || text.contains("\n");
    }

    /** An option of a dynamic combo has inputs of its own. */
    private static Object option(Object option) {
        return option instanceof Map<?, ?> map ? nested(map, "inputs") : option;
    }

    private static Map<String, @Nullable Object> nested(Map<?, ?> raw, String where) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        raw.forEach((name, value) -> facts.put(String.valueOf(name), where.equals(name) ? sections(value) : value));
        return facts;
    }
}
