package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.validation.ProblemCode;
import io.github.comfyeks.validation.internal.LiveInputs.Live;
import io.github.comfyeks.validation.internal.LiveInputs.Undecided;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words for what is wrong at one node, and what the server lets pass though it is hardly meant. */
final class Lint {
    private static final Pattern MODEL_FILE =
            Pattern.compile(".*\\.(safetensors|ckpt|pt|pth|bin|gguf|sft|onnx)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> WRITTEN = Set.of("INT", "FLOAT", "STRING", "BOOLEAN", "COMBO");
    private static final Set<String> SEEDS = Set.of("seed", "noise_seed");

    private final Findings findings;
    private final NodeSchema schema;
    private final Settings settings;

    Lint(Findings findings, NodeSchema schema, Settings settings) {
        this.findings = findings;
        this.schema = schema;
        this.settings = settings;
    }

    void missing(Live input) {
        String preset = input.schema()
                .defaultValue()
                .map(value -> "; its default, " + Words.show(value) + ", is not filled in by the server")
                .orElse("");
        findings.error(
                ProblemCode.MISSING_INPUT,
                input.name(),
                null,
                input.schema().type(),
                "this required input (" + input.schema().type() + ") is missing" + preset);
    }

    void badLink(String input, List<?> link) {
        findings.error(
                ProblemCode.BAD_LINK,
                input,
                link,
                null,
                Words.show(link) + " is no link, which is [\"node id\", slot]; a list that is a value is written"
                        + " {\"__value__\": […]}");
    }

    void deadLink(String input, List<?> link, Map<String, RawNode> graph) {
        Object id = link.get(0);
        if (id instanceof Number && graph.containsKey(id.toString())) {
            findings.error(
                    ProblemCode.BAD_LINK,
                    input,
                    link,
                    null,
                    "the node id of a link is text: write [\"" + id + "\", " + Words.show(link.get(1)) + "]");
        } else if (id instanceof String) {
            findings.error(
                    ProblemCode.DEAD_LINK,
                    input,
                    link,
                    null,
                    "links to node " + Words.show(id) + ", which is not in the workflow; if this is a list that is a"
                            + " value, write {\"__value__\": […]}");
        } else {
            findings.error(
                    ProblemCode.BAD_LINK, input, link, null, Words.show(link) + " is no link: its node id is no text");
        }
    }

    void deadSlot(String input, List<?> link, RawNode source, NodeSchema from) {
        Object slot = link.get(1);
        boolean number = Python.isWhole(slot) || slot instanceof Boolean;
        findings.error(
                number ? ProblemCode.DEAD_LINK : ProblemCode.BAD_LINK,
                input,
                link,
                from.outputs().size(),
                number
                        ? "links to output " + slot + " of " + source.describe() + ", which has "
                                + (from.outputs().size() == 1
                                        ? "one output, 0"
                                        : from.outputs().size() + " outputs, counted from 0")
                        : "the slot of a link is a whole number, not " + Words.show(slot));
    }

    void slot(String input, List<?> link, OutputSchema output) {
        Object slot = link.get(1);
        if (slot instanceof Number number && number.longValue() < 0) {
            findings.warning(
                    ProblemCode.NEGATIVE_SLOT,
                    input,
                    link,
                    null,
                    "slot " + slot + " counts from the end and means output " + output.index() + "; write that");
        } else if (slot instanceof Boolean) {
            findings.warning(
                    ProblemCode.BENT_VALUE,
                    input,
                    link,
                    null,
                    "slot " + slot + " means " + output.index() + "; write that");
        }
    }

    void wrongType(Live input, List<?> link, RawNode source, OutputSchema output) {
        String wanted = input.schema().isListStyle()
                ? "one of its " + input.schema().choices().size() + " choices"
                : input.schema().type();
        findings.error(
                ProblemCode.WRONG_LINK_TYPE,
                input.name(),
                link,
                input.schema().type(),
                "wants " + wanted + ", but output " + output.index() + " (" + output.name() + ") of "
                        + source.describe() + " gives " + output.type());
    }

    void ownCheckFails(String input, @Nullable Object value, String why) {
        findings.error(ProblemCode.NODE_CHECK_FAILS, input, value, null, why);
    }

    void nodeDecides(String input, @Nullable Object value) {
        findings.warning(
                ProblemCode.NODE_DECIDES,
                input,
                value,
                null,
                Words.show(value) + " is checked by the node's own code on the server; it is not among the choices");
        model(input, value);
    }

    /** A value that the server lets pass. */
    void value(Live input, @Nullable Object value, @Nullable Object sent) {
        InputSchema schema = input.schema();
        switch (schema.type()) {
            case "INT", "FLOAT" -> number(input, value);
            case "BOOLEAN" -> bool(input, value);
            case "STRING" -> {
                if (!(value instanceof String)) {
                    bent(input, value, "the text " + Words.show(String.valueOf(value)));
                }
            }
            case "COMBO" -> others(input, value);
            default -> linkOnly(input, sent);
        }
    }

    private void number(Live input, @Nullable Object value) {
        boolean whole = input.schema().type().equals("INT");
        Object bent = whole ? Python.toInt(value) : Python.toFloat(value);
        if (value instanceof String) {
            findings.warning(
                    ProblemCode.TEXT_AS_NUMBER,
                    input.name(),
                    value,
                    input.schema().type(),
                    "the text " + Words.show(value) + " is taken for the number " + bent + "; write that");
        } else if (value instanceof Boolean) {
            bent(input, value, "the number " + bent);
        } else if (whole && value instanceof Number && !Python.isWhole(value) && !Python.equal(value, bent)) {
            findings.warning(
                    ProblemCode.FRACTION_CUT,
                    input.name(),
                    value,
                    "INT",
                    value + " is cut to " + bent + ", the input takes whole numbers");
        }
        if (whole && bent != null) {
            step(input, bent);
        }
        if (settings.batch() && SEEDS.contains(input.schema().name())) {
            findings.warning(
                    ProblemCode.FIXED_SEED,
                    input.name(),
                    value,
                    null,
                    "the seed is " + bent + " in every run of the batch; unchanged workflows are answered from the"
                            + " server's cache");
        }
    }

    /** Sizes are multiples of a step, lengths of videos are one more: whichever the minimum is. */
    private void step(Live input, Object value) {
        long step = input.schema().step().map(Number::longValue).orElse(1L);
        long number = ((Number) value).longValue();
        if (step < 2) {
            return;
        }
        long min = input.schema().min().map(Number::longValue).orElse(0L);
        long base = Math.floorMod(min, step);
        if (Math.floorMod(number, step) != base && Math.floorMod(number, step) != 0) {
            long below = number - Math.floorMod(number - base, step);
            findings.warning(
                    ProblemCode.OFF_STEP,
                    input.name(),
                    value,
                    step,
                    value + (base == 0 ? " is no multiple of " + step : " is not on the grid of steps of " + step)
                            + "; nearest: " + below + ", " + (below + step));
        }
    }

    private void bool(Live input, @Nullable Object value) {
        if (value instanceof Boolean) {
            return;
        }
        if (value instanceof String text) {
            findings.warning(
                    ProblemCode.TEXT_AS_BOOLEAN,
                    input.name(),
                    value,
                    "BOOLEAN",
                    "the text " + Words.show(value) + " is taken for " + !text.isEmpty()
                            + ", as is every text but the empty one; write true or false");
        } else {
            bent(input, value, "a boolean");
        }
    }

    private void bent(Live input, @Nullable Object value, String into) {
        findings.warning(
                ProblemCode.BENT_VALUE,
                input.name(),
                value,
                input.schema().type(),
                Words.kind(value) + " is taken for " + into + ", since the input is of type "
                        + input.schema().type());
    }

    private void linkOnly(Live input, @Nullable Object sent) {
        boolean written = input.schema().hasDefault()
                || input.schema().socketless()
                || input.schema().isDynamicCombo()
                || input.schema().isAny()
                || input.schema().matchType().isPresent()
                || input.schema().unionTypes().stream().anyMatch(WRITTEN::contains);
        if (!written) {
            findings.warning(
                    ProblemCode.VALUE_FOR_LINK,
                    input.name(),
                    sent,
                    input.schema().type(),
                    Words.show(sent) + " is written here, but " + input.schema().type()
                            + " comes from a link; the server does not look, the run would fail");
        }
    }

    private void others(Live input, @Nullable Object value) {
        for (ObjectInfo other : settings.others()) {
            Optional<InputSchema> there = other.find(schema.classType()).flatMap(node -> node.input(input.name()));
            if (there.isPresent()
                    && there.get().isCombo()
                    && !Python.in(value, there.get().choices())) {
                findings.warning(
                        ProblemCode.NOT_ON_EVERY_SERVER,
                        input.name(),
                        value,
                        null,
                        Words.show(value) + " is not a choice of every given server");
                return;
            }
        }
    }

    /** Of a value that is no choice of the first server, where there are others. */
    void model(String input, @Nullable Object value) {
        if (settings.others().isEmpty()
                || !(value instanceof String text)
                || !MODEL_FILE.matcher(text).matches()) {
            return;
        }
        boolean somewhere = settings.others().stream().anyMatch(other -> other.find(schema.classType())
                .flatMap(node -> node.input(input))
                .map(there -> Python.in(value, there.choices()))
                .orElse(false));
        if (!somewhere) {
            findings.warning(
                    ProblemCode.MODEL_ON_NO_SERVER,
                    input,
                    value,
                    null,
                    "the file " + Words.show(value) + " lies on no given server");
        }
    }

    /** What is about the node as a whole. */
    void node(LiveInputs live, Map<String, @Nullable Object> sent) {
        if (schema.deprecated()) {
            findings.warning(
                    ProblemCode.DEPRECATED_CLASS, "", null, null, "is of a class that the server calls deprecated");
        }
        Set<String> known = new HashSet<>();
        live.inputs.forEach(input -> known.add(input.name()));
        for (Undecided combo : live.undecided) {
            known.add(combo.name());
            if (combo.sent() || combo.required()) {
                missingOption(combo, sent.get(combo.name()));
            }
        }
        for (Map.Entry<String, @Nullable Object> each : sent.entrySet()) {
            if (!known.contains(each.getKey())) {
                unknown(each.getKey(), each.getValue(), live);
            }
        }
    }

    private void missingOption(Undecided combo, @Nullable Object value) {
        List<String> keys =
                combo.schema().dynamicOptions().stream().map(DynamicOption::key).toList();
        findings.warning(
                ProblemCode.MISSING_OPTION,
                combo.name(),
                value,
                null,
                (combo.sent() ? Words.show(value) + " is none of the options" : "no option is chosen")
                        + "; the server does not look, the run would fail; there are: " + keys);
    }

    private void unknown(String name, @Nullable Object value, LiveInputs live) {
        if (live.ofOtherOptions.contains(name) || isHidden(name)) {
            return;
        }
        for (Map.Entry<String, Autogrow> grown : live.grown.entrySet()) {
            if (name.startsWith(grown.getKey())) {
                findings.warning(
                        ProblemCode.TOO_MANY,
                        name,
                        value,
                        grown.getValue().max().isPresent()
                                ? (Object) grown.getValue().max().getAsInt()
                                : null,
                        "is no repetition that the input takes; the server drops it in silence");
                return;
            }
        }
        findings.warningNear(
                ProblemCode.UNKNOWN_INPUT,
                name,
                value,
                schema.nearestInputs(name.toLowerCase(Locale.ROOT), 2),
                "the class has no such input; the server ignores it");
    }

    private boolean isHidden(String name) {
        return schema.inputs(InputSection.HIDDEN).stream()
                .anyMatch(input -> input.name().equals(name));
    }
}
