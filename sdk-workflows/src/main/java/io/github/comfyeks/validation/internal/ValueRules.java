package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.ProblemCode;
import io.github.comfyeks.validation.internal.LiveInputs.Live;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the server says of a value that is written, not linked. */
final class ValueRules {
    private final Findings findings;
    private final Settings settings;

    ValueRules(Findings findings, Settings settings) {
        this.findings = findings;
        this.settings = settings;
    }

    /** What is in {@code {"__value__": …}}; anything else as it is. */
    static @Nullable Object unwrap(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.containsKey("__value__") ? map.get("__value__") : value;
    }

    /**
     * What the server does at the value; null if it lets it pass.
     *
     * @param own whether the node looks at limits and choices itself
     */
    @Nullable
    Step check(Live input, @Nullable Object value, boolean own) {
        InputSchema schema = input.schema();
        Object bent = value;
        if (schema.type().equals("INT") || schema.type().equals("FLOAT")) {
            boolean whole = schema.type().equals("INT");
            bent = whole ? Python.toInt(value) : Python.toFloat(value);
            if (bent == null) {
                findings.error(
                        ProblemCode.WRONG_TYPE,
                        input.name(),
                        value,
                        schema.type(),
                        Words.show(value) + " is no " + (whole ? "whole number" : "number")
                                + (value == null && !input.required() ? "; leave the input out instead" : ""));
                return new Step.Fails(input.name(), "invalid_input_type");
            }
        } else if (schema.type().equals("STRING") && !(value instanceof String)) {
            bent = Words.show(value); // any text will do: it has neither limits nor choices
        } else if (schema.type().equals("BOOLEAN")) {
            bent = true;
        }
        if (own) {
            return null;
        }
        Step outside = range(input, value, bent);
        return outside != null ? outside : choice(input, bent);
    }

    private @Nullable Step range(Live input, @Nullable Object value, @Nullable Object bent) {
        Number min = input.schema().min().orElse(null);
        Number max = input.schema().max().orElse(null);
        if (min == null && max == null) {
            return null;
        }
        if (!Python.isNumeric(bent)) {
            findings.error(
                    ProblemCode.WRONG_TYPE,
                    input.name(),
                    value,
                    input.schema().type(),
                    Words.show(value) + " is no number, and the input has limits");
            return new Step.Crashes(input.name());
        }
        Object number = Objects.requireNonNull(bent);
        if (min != null && Python.less(number, min)) {
            return outside(input, value, min, "smaller than the minimum ", "value_smaller_than_min");
        }
        if (max != null && Python.less(max, number)) {
            return outside(input, value, max, "bigger than the maximum ", "value_bigger_than_max");
        }
        return null;
    }

    private Step outside(Live input, @Nullable Object value, Number limit, String how, String type) {
        findings.schemaError(
                ProblemCode.OUT_OF_RANGE,
                input.name(),
                value,
                limit,
                0,
                List.of(),
                Words.show(value) + " is " + how + limit);
        return new Step.Fails(input.name(), type);
    }

    private @Nullable Step choice(Live input, @Nullable Object value) {
        InputSchema schema = input.schema();
        if (!schema.isCombo() || !(schema.isListStyle() || settings.behaviour().checksNewCombos())) {
            return null;
        }
        boolean each =
                settings.behaviour().checksEachElement() && value instanceof List<?> && schema.flag("multiselect");
        List<?> given = each && value instanceof List<?> list ? list : Collections.singletonList(value);
        for (Object one : given) {
            if (!Python.in(one, schema.choices())) {
                notAChoice(input, one);
                return new Step.Fails(input.name(), "value_not_in_list");
            }
        }
        return null;
    }

    private void notAChoice(Live input, @Nullable Object value) {
        List<Object> choices = input.schema().choices();
        List<String> nearest = value instanceof String text ? input.schema().nearestChoices(text, 3) : List.of();
        String others = settings.others().stream().anyMatch(other -> has(other, input.name(), value))
                ? "; another of the servers has it"
                : "";
        String hint = choices.isEmpty()
                ? "; it has none"
                : nearest.isEmpty() && choices.size() <= 10
                        ? "; there are: " + choices.stream().map(Words::show).toList()
                        : nearest.isEmpty() ? "; it has " + choices.size() : "";
        findings.schemaError(
                ProblemCode.NOT_A_CHOICE,
                input.name(),
                value,
                null,
                choices.size(),
                nearest,
                Words.show(value) + " is not a choice of the server" + others + hint);
    }

    private boolean has(ObjectInfo other, String input, @Nullable Object value) {
        return other.find(findings.node().className())
                .flatMap(schema -> schema.input(input))
                .map(schema -> Python.in(value, schema.choices()))
                .orElse(false);
    }
}
