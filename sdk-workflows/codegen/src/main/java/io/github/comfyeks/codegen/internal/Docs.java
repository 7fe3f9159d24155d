package io.github.comfyeks.codegen.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.OutputSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Javadoc says of nodes, inputs and outputs. */
final class Docs {
    private static final int CHOICES = 20;
    private static final int LETTERS = 120;

    private Docs() {}

    /** Text that can stand in any comment: a backslash too, for a Java source may have {@code \\u} anywhere. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\\", "&#92;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }

    static String code(String code) {
        return code.matches("[\\w .,:;+*#()=!?'/-]*") && !code.contains("*/") && !code.isBlank()
                ? "{@code " + code + "}"
                : "<code>" + text(code) + "</code>";
    }

    static String node(NodeSchema node) {
        List<String> facts = new ArrayList<>();
        facts.add("class " + code(node.classType()));
        if (!node.category().isEmpty()) {
            facts.add("category " + code(node.category()));
        }
        if (!node.pythonModule().isEmpty()) {
            facts.add("module " + code(node.pythonModule()));
        }
        StringBuilder doc = new StringBuilder(
                        node.displayName().isEmpty() ? text(node.classType()) : text(node.displayName()))
                .append(": ")
                .append(String.join(", ", facts))
                .append(".\n");
        if (!node.description().isBlank()) {
            doc.append("\n<p>").append(text(node.description())).append('\n');
        }
        List<String> flags = new ArrayList<>();
        if (node.outputNode()) {
            flags.add("Output node: a graph can end in it.");
        }
        if (node.apiNode()) {
            flags.add("Calls a paid service.");
        }
        if (node.experimental()) {
            flags.add("Experimental.");
        }
        if (node.deprecated()) {
            flags.add("Deprecated by ComfyUI or its pack.");
        }
        if (node.inputIsList()) {
            flags.add("Takes lists whole.");
        }
        return doc + (flags.isEmpty() ? "" : "\n<p>" + String.join(" ", flags) + "\n");
    }

    static String input(InputSchema input, Optional<Object> sent) {
        StringBuilder doc = new StringBuilder(code(input.name())).append(": ").append(type(input));
        doc.append(", ").append(input.section().value());
        sent.ifPresent(value -> doc.append(", default ").append(code(shown(value))));
        input.min().ifPresent(min -> doc.append(", from ").append(min));
        input.max().ifPresent(max -> doc.append(input.min().isPresent() ? " to " : ", to ")
                .append(max));
        input.step().ifPresent(step -> doc.append(", step ").append(step));
        doc.append(".\n");
        input.tooltip().filter(tip -> !tip.isBlank()).ifPresent(tip -> doc.append(text(tip))
                .append('\n'));
        if (!input.choices().isEmpty()) {
            doc.append(choices(input.choices())).append('\n');
        }
        return doc.toString();
    }

    private static String type(InputSchema input) {
        if (input.isDynamicCombo()) {
            return "one of its options";
        }
        if (input.isAutogrow()) {
            return input.autogrow()
                    .map(grow -> (grow.max().isPresent()
                                    ? grow.min() + " to " + grow.max().getAsInt()
                                    : "at least " + grow.min())
                            + " of " + type(grow.input()))
                    .orElse("any number");
        }
        return input.matchType()
                .map(match -> "one type of " + code(String.join(",", match.allowedTypes())))
                .orElseGet(() -> input.type().isEmpty() ? "of no type" : code(input.type()));
    }

    private static String choices(List<Object> choices) {
        String shown = choices.stream()
                .limit(CHOICES)
                .map(choice -> code(shown(choice)))
                .collect(Collectors.joining(", "));
        return choices.size() > CHOICES ? "One of " + choices.size() + ": " + shown + ", …" : "One of " + shown + ".";
    }

    private static String shown(Object value) {
        String text = value instanceof String string && string.isEmpty() ? "\"\"" : String.valueOf(value);
        return text.length() <= LETTERS ? text : text.substring(0, LETTERS) + "…";
    }

    static String output(OutputSchema output) {
        return code(output.name()) + ": " + (output.isList() ? "a list of " : "")
                + (output.matchTemplate().isPresent() ? "what its inputs take" : code(output.type())) + ".\n"
                + output.tooltip()
                        .filter(tip -> !tip.isBlank())
                        .map(tip -> text(tip) + "\n")
                        .orElse("");
    }
}
