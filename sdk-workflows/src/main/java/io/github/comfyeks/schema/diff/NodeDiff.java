package io.github.comfyeks.schema.diff;

import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.MatchType;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.schema.diff.Change.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares two schemas of one class. */
final class NodeDiff {
    private static final int SHOWN = 5;
    private static final int LETTERS = 60;

    private final String classType;
    private final List<Change> changes = new ArrayList<>();

    private NodeDiff(String classType) {
        this.classType = classType;
    }

    static List<Change> between(NodeSchema before, NodeSchema after) {
        NodeDiff diff = new NodeDiff(before.classType());
        diff.inputs("", before.inputs(), after.inputs());
        diff.outputs(before.outputs(), after.outputs());
        diff.flag("deprecated", before.deprecated(), after.deprecated());
        diff.flag("experimental", before.experimental(), after.experimental());
        diff.flag("an output node", before.outputNode(), after.outputNode());
        return diff.changes;
    }

    private void add(String input, Kind kind, boolean breaking, String text) {
        changes.add(new Change(classType, input, kind, breaking, text));
    }

    private void flag(String name, boolean before, boolean after) {
        if (before != after) {
            add("", Kind.FLAG, false, (after ? "now " : "no longer ") + name);
        }
    }

    private void inputs(String prefix, List<InputSchema> before, List<InputSchema> after) {
        Map<String, InputSchema> from = byName(before);
        Map<String, InputSchema> to = byName(after);
        from.forEach((name, input) -> {
            InputSchema other = to.get(name);
            if (other == null) {
                add(prefix + name, Kind.INPUT_GONE, true, "input gone");
            } else {
                input(prefix + name, input, other);
            }
        });
        to.forEach((name, input) -> {
            if (!from.containsKey(name)) {
                add(
                        prefix + name,
                        Kind.INPUT_NEW,
                        isNeeded(input),
                        "new " + input.section() + " input, " + input.type());
            }
        });
    }

    private static Map<String, InputSchema> byName(List<InputSchema> inputs) {
        Map<String, InputSchema> byName = new LinkedHashMap<>();
        inputs.stream()
                .filter(input -> !input.section().equals(InputSection.HIDDEN))
                .forEach(input -> byName.putIfAbsent(input.name(), input));
        return byName;
    }

    /** Whether a graph without it is refused: the server fills in no default. */
    private static boolean isNeeded(InputSchema input) {
        return input.isRequired()
                && input.autogrow()
                        .map(grow -> grow.min() > 0 && grow.input().isRequired())
                        .orElse(true);
    }

    private void input(String path, InputSchema before, InputSchema after) {
        if (!Set.copyOf(before.unionTypes()).equals(Set.copyOf(after.unionTypes()))
                || before.multiselect() != after.multiselect()
                || !allowed(before).equals(allowed(after))) {
            boolean isWider =
                    !before.unionTypes().isEmpty() && after.unionTypes().containsAll(before.unionTypes());
            add(path, Kind.INPUT_TYPE, !isWider, "type changed: " + type(before) + " -> " + type(after));
            return;
        }
        if (isNeeded(before) != isNeeded(after)) {
            add(path, Kind.INPUT_REQUIRED, isNeeded(after), isNeeded(after) ? "now required" : "now optional");
        }
        boolean isKnown = !before.flag("default_dropped") && !after.flag("default_dropped");
        if (isKnown && !same(before.defaultValue(), after.defaultValue())) {
            add(
                    path,
                    Kind.INPUT_DEFAULT,
                    false,
                    "default changed: " + shown(before.defaultValue()) + " -> " + shown(after.defaultValue()));
        }
        limits(path, before, after);
        if (!before.choices().isEmpty() && !after.choices().isEmpty()) {
            choices(path, new LinkedHashSet<>(before.choices()), new LinkedHashSet<>(after.choices()));
        }
        options(path, before.dynamicOptions(), after.dynamicOptions());
        if (before.autogrow().isPresent() && after.autogrow().isPresent()) {
            grown(path, before.autogrow().get(), after.autogrow().get());
        }
    }

    private static Set<String> allowed(InputSchema input) {
        return Set.copyOf(input.matchType().map(MatchType::allowedTypes).orElse(List.of()));
    }

    private static String type(InputSchema input) {
        return (input.multiselect() ? "several of " : "")
                + input.matchType()
                        .map(match -> "one of " + String.join(",", match.allowedTypes()))
                        .orElse(input.type());
    }

    /** Whether they are equal as JSON: 1 and 1.0 are. */
    private static boolean same(Optional<?> before, Optional<?> after) {
        if (before.orElse(null) instanceof Number one && after.orElse(null) instanceof Number other) {
            return compare(one, other) == 0;
        }
        return before.equals(after);
    }

    private static int compare(Number one, Number other) {
        try {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()));
        } catch (NumberFormatException e) {
            return Double.compare(one.doubleValue(), other.doubleValue()); // infinite, or no number
        }
    }

    private void limits(String path, InputSchema before, InputSchema after) {
        boolean isLess = narrows(before.min(), after.min(), 1) || narrows(before.max(), after.max(), -1);
        if (!same(before.min(), after.min()) || !same(before.max(), after.max())) {
            add(path, Kind.INPUT_LIMITS, isLess, "limits changed: " + range(before) + " -> " + range(after));
        }
    }

    private static boolean narrows(Optional<Number> before, Optional<Number> after, int direction) {
        return after.isPresent() && (before.isEmpty() || compare(after.get(), before.get()) * direction > 0);
    }

    private static String range(InputSchema input) {
        return shown(input.min()) + " to " + shown(input.max());
    }

    private static String shown(Optional<?> value) {
        return value.map(each -> each instanceof String text ? "\"" + line(text) + "\"" : line(String.valueOf(each)))
                .orElse("none");
    }

    /** A default may be a page of text. */
    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LETTERS ? line : line.substring(0, LETTERS) + "…";
    }

    private void choices(String path, Set<Object> before, Set<Object> after) {
        list(path, Kind.CHOICE_GONE, "choices gone", before, after);
        list(path, Kind.CHOICE_NEW, "new choices", after, before);
    }

    private void list(String path, Kind kind, String what, Set<Object> all, Set<Object> without) {
        List<Object> rest =
                all.stream().filter(choice -> !without.contains(choice)).toList();
        if (!rest.isEmpty()) {
            add(
                    path,
                    kind,
                    kind == Kind.CHOICE_GONE,
                    what + ": "
                            + rest.stream()
                                    .limit(SHOWN)
                                    .map(choice -> shown(Optional.of(choice)))
                                    .collect(Collectors.joining(", "))
                            + (rest.size() > SHOWN ? " and " + (rest.size() - SHOWN) + " more" : ""));
        }
    }

    private void options(String path, List<DynamicOption> before, List<DynamicOption> after) {
        Map<String, DynamicOption> from = byKey(before);
        Map<String, DynamicOption> to = byKey(after);
        choices(path, new LinkedHashSet<>(from.keySet()), new LinkedHashSet<>(to.keySet()));
        from.forEach((key, option) -> {
            DynamicOption other = to.get(key);
            if (other != null) {
                inputs(path + "[" + key + "].", option.inputs(), other.inputs());
            }
        });
    }

    private static Map<String, DynamicOption> byKey(List<DynamicOption> options) {
        Map<String, DynamicOption> byKey = new LinkedHashMap<>();
        options.forEach(option -> byKey.putIfAbsent(option.key(), option));
        return byKey;
    }

    private void grown(String path, Autogrow before, Autogrow after) {
        if (!before.prefix().equals(after.prefix()) || !after.names().containsAll(before.names())) {
            add(path, Kind.INPUT_TYPE, true, "repetitions are named otherwise");
        }
        if (before.min() != after.min() || !before.max().equals(after.max())) {
            boolean isLess = after.min() > before.min()
                    || after.max().orElse(Integer.MAX_VALUE) < before.max().orElse(Integer.MAX_VALUE);
            add(path, Kind.INPUT_LIMITS, isLess, "repetitions changed: " + range(before) + " -> " + range(after));
        }
        input(path + "<>." + after.input().name(), before.input(), after.input());
    }

    private static String range(Autogrow grow) {
        return grow.min() + " to " + (grow.max().isPresent() ? grow.max().getAsInt() : "any");
    }

    private void outputs(List<OutputSchema> before, List<OutputSchema> after) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            if (i >= before.size()) {
                add("", Kind.OUTPUT_NEW, false, "new output " + i + ", " + output(after.get(i)));
            } else if (i >= after.size()) {
                add("", Kind.OUTPUT_GONE, true, "output " + i + " gone, " + output(before.get(i)));
            } else {
                output(before.get(i), after.get(i));
            }
        }
    }

    private void output(OutputSchema before, OutputSchema after) {
        boolean isOther = !before.type().equals(after.type())
                || before.isList() != after.isList()
                || !before.matchTemplate().equals(after.matchTemplate());
        if (isOther || !Objects.equals(before.name(), after.name())) {
            add(
                    "",
                    Kind.OUTPUT_CHANGED,
                    isOther,
                    "output " + before.index() + " changed: " + output(before) + " -> " + output(after));
        }
    }

    private static String output(OutputSchema output) {
        return "\"" + output.name() + "\" " + output.type() + (output.isList() ? " list" : "");
    }
}
