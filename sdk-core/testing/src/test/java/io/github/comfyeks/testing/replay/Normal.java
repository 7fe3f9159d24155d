package io.github.comfyeks.testing.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One side of a comparison, freed of what differs from run to run: ids by their order of appearance, times, numbers counted
 * from the first, names of temporary files, the order of sets, tracebacks, tensors and descriptive texts.
 */
final class Normal {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> TIMES =
            Set.of("timestamp", "create_time", "execution_start_time", "execution_end_time", "modified", "created");
    private static final Set<String> SETS =
            Set.of("executed", "current_outputs", "dependent_outputs", "errors", "jobs");
    private static final Set<String> PROSE = Set.of("traceback", "tooltip");
    private static final Pattern COUNTED = Pattern.compile("_[0-9]{5}_\\.png$");
    private static final Pattern TEMPORARY = Pattern.compile("ComfyUI_temp_[a-z]{5}_");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}");

    private final Map<String, String> ids = new HashMap<>();
    private final long base;

    /**
     * @param base the number of the first prompt
     */
    Normal(long base) {
        this.base = base;
    }

    /** Gives an id the same name on both sides. */
    void know(String id, String name) {
        ids.putIfAbsent(id, name);
    }

    String of(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(change("", node));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode change(String key, JsonNode node) {
        if (TIMES.contains(key) && node.isNumber()) {
            return TextNode.valueOf("time");
        }
        if (PROSE.contains(key)) {
            return TextNode.valueOf("prose");
        }
        if (node.isObject()) {
            return object(node);
        }
        if (node.isArray()) {
            return array(key, node);
        }
        if (node.isTextual()) {
            return TextNode.valueOf(text(key, node.textValue()));
        }
        boolean counted = key.equals("number") || key.equals("priority");
        return counted ? number(node) : node;
    }

    private JsonNode object(JsonNode node) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        node.properties()
                .forEach(field -> sorted.put(ids.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
        ObjectNode result = NODES.objectNode();
        sorted.forEach((key, value) -> {
            if (!key.equals("tooltip")) {
                result.set(key, change(key, value));
            }
        });
        return result;
    }

    private JsonNode array(String key, JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        boolean prompt = node.size() == 5
                && node.get(0).isNumber()
                && node.get(1).isTextual()
                && node.get(2).isObject();
        for (int i = 0; i < node.size(); i++) {
            JsonNode item = node.get(i);
            if (prompt && i == 0) {
                items.add(number(item));
            } else if (prompt && i == 4) {
                items.add(sorted(change("", item)));
            } else {
                items.add(change(key.equals("messages") ? "" : "item", item));
            }
        }
        ArrayNode result = NODES.arrayNode().addAll(items);
        return SETS.contains(key) ? sorted(result) : result;
    }

    private static JsonNode sorted(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        items.sort(Comparator.comparing(JsonNode::toString));
        return NODES.arrayNode().addAll(items);
    }

    private JsonNode number(JsonNode node) {
        if (!node.isIntegralNumber() || Math.abs(node.longValue()) < base) {
            return node;
        }
        long value = node.longValue();
        return LongNode.valueOf(value < 0 ? -(-value - base) - 1000 : value - base + 1000);
    }

    private String text(String key, String text) {
        if (text.startsWith("tensor(")) {
            return "tensor";
        }
        String known = ids.get(text);
        if (known != null) {
            return known;
        }
        if (key.equals("details") && text.contains("\n")) {
            return text.lines().sorted().toList().toString();
        }
        String named =
                TEMPORARY.matcher(COUNTED.matcher(text).replaceAll("_N_.png")).replaceAll("TEMP_");
        Matcher matcher = ID.matcher(named);
        return matcher.replaceAll(match -> ids.getOrDefault(match.group(), "some-id"));
    }
}
