package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.json.Python;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Primitives and nodes about text; these are run for real. */
final class TextNodes {
    private TextNodes() {}

    static void register(Map<String, NodeType> types) {
        for (String primitive : List.of(
                "PrimitiveInt", "PrimitiveFloat", "PrimitiveString", "PrimitiveStringMultiline", "PrimitiveBoolean")) {
            types.put(primitive, NodeType.of(call -> NodeResult.of(call.value("value"))));
        }
        text(
                types,
                "StringConcatenate",
                call -> call.text("string_a") + call.text("delimiter") + call.text("string_b"));
        text(types, "StringReplace", call -> call.text("string").replace(call.text("find"), call.text("replace")));
        text(types, "StringSubstring", TextNodes::substring);
        text(types, "StringTrim", TextNodes::trim);
        text(types, "CaseConverter", TextNodes::convertCase);
        types.put(
                "StringLength",
                NodeType.of(call -> NodeResult.of(LongNode.valueOf(call.text("string")
                        .codePointCount(0, call.text("string").length())))));
        types.put("StringContains", NodeType.of(call -> {
            boolean exact = call.flag("case_sensitive");
            return bool(fold(call.text("string"), exact).contains(fold(call.text("substring"), exact)));
        }));
        types.put("StringCompare", NodeType.of(TextNodes::compare));
        types.put("PreviewAny", NodeType.of(TextNodes::preview));
    }

    /** A text made from the inputs. */
    @FunctionalInterface
    private interface TextCode {
        String make(NodeCall call) throws NodeFailure;
    }

    private static void text(Map<String, NodeType> types, String name, TextCode code) {
        types.put(name, NodeType.of(call -> NodeResult.of(TextNode.valueOf(code.make(call)))));
    }

    private static NodeResult bool(boolean value) {
        return NodeResult.of(BooleanNode.valueOf(value));
    }

    private static String substring(NodeCall call) throws NodeFailure {
        String text = call.text("string");
        int start = index(call.integer("start"), text.length());
        int end = index(call.integer("end"), text.length());
        return start < end ? text.substring(start, end) : "";
    }

    private static int index(int value, int length) {
        return Math.max(0, Math.min(length, value < 0 ? value + length : value));
    }

    private static String trim(NodeCall call) throws NodeFailure {
        String text = call.text("string");
        return switch (call.text("mode")) {
            case "Left" -> text.stripLeading();
            case "Right" -> text.stripTrailing();
            default -> text.strip();
        };
    }

    private static String convertCase(NodeCall call) throws NodeFailure {
        String text = call.text("string");
        return switch (call.text("mode")) {
            case "UPPERCASE" -> text.toUpperCase(Locale.ROOT);
            case "lowercase" -> text.toLowerCase(Locale.ROOT);
            case "Capitalize" -> capitalize(text);
            case "Title Case" -> title(text);
            default -> text;
        };
    }

    private static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetter(c);
        }
        return out.toString();
    }

    private static String fold(String text, boolean exact) {
        return exact ? text : text.toLowerCase(Locale.ROOT);
    }

    private static NodeResult compare(NodeCall call) throws NodeFailure {
        boolean exact = call.flag("case_sensitive");
        String a = fold(call.text("string_a"), exact);
        String b = fold(call.text("string_b"), exact);
        return bool(
                switch (call.text("mode")) {
                    case "Starts With" -> a.startsWith(b);
                    case "Ends With" -> a.endsWith(b);
                    default -> a.equals(b);
                });
    }

    private static NodeResult preview(NodeCall call) throws NodeFailure {
        Object source = call.input("source");
        String text = source instanceof JsonNode node ? describe(node) : source == null ? "None" : source.toString();
        ObjectNode ui = Json.object();
        ui.putArray("text").add(text);
        return NodeResult.of(TextNode.valueOf(text)).withUi(ui);
    }

    private static String describe(JsonNode node) {
        return Python.str(node);
    }
}
