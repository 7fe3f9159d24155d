package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.Conversion;
import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Code;
import io.github.comfyeks.convert.ConversionProblem.Severity;
import io.github.comfyeks.convert.internal.Links.End;
import io.github.comfyeks.convert.internal.Links.Promoted;
import io.github.comfyeks.convert.internal.Links.Source;
import io.github.comfyeks.convert.internal.Scope.Held;
import io.github.comfyeks.convert.internal.UiNode.Slot;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Writes the prompt of one file. Used once. */
public final class Converter {
    private static final Set<String> VIRTUAL = Set.of("Note", "MarkdownNote", "Reroute", Primitives.TYPE);
    private static final int DEEPEST = 64;
    private static final int MOST = 200_000;

    private record Entry(Scope scope, UiNode node) {}

    private final FileModel file;
    private final Texts texts;
    private final Findings findings = new Findings();
    private final Links links = new Links(findings);
    private int unfolded;

    private Converter(FileModel file, DoubleSupplier random, Clock clock) {
        this.file = file;
        this.texts = new Texts(file, random, clock);
    }

    /** See {@link io.github.comfyeks.convert.WorkflowConverter#toApi}. */
    public static Conversion convert(
            Map<String, ?> ui, ObjectInfo objectInfo, DoubleSupplier random, Clock clock, boolean lenient) {
        Map<String, Object> raw = Data.map(ui);
        if (!(raw.get("nodes") instanceof List)) {
            throw new WorkflowInvalidException(
                    "workflow", List.of("it has no list of nodes, so it is no file of ComfyUI's editor"), null);
        }
        Converter converter = new Converter(new FileModel(raw, objectInfo), random, clock);
        Map<String, Object> prompt = converter.prompt();
        Conversion conversion = new Conversion(prompt, converter.findings.problems());
        List<ConversionProblem> errors = conversion.problems(Severity.ERROR);
        if (!lenient && !errors.isEmpty()) {
            throw new WorkflowInvalidException(
                    "workflow", errors.stream().map(ConversionProblem::toString).toList(), null);
        }
        return conversion;
    }

    private Map<String, Object> prompt() {
        List<Entry> entries = new ArrayList<>();
        collect(Scope.root(file), entries);
        Map<String, Map<String, Object>> inputs = new LinkedHashMap<>();
        Map<String, Object> prompt = new LinkedHashMap<>();
        for (Entry entry : ordered(entries)) {
            Map<String, Object> node = node(entry.scope, entry.node);
            String id = entry.scope.id(entry.node);
            prompt.put(id, node);
            inputs.put(id, Data.map(node.get("inputs")));
        }
        inputs.values().forEach(each -> each.values().removeIf(value -> leadsNowhere(value, prompt)));
        return Collections.unmodifiableMap(prompt);
    }

    private static boolean leadsNowhere(@Nullable Object value, Map<String, Object> prompt) {
        return value instanceof List<?> link && link.size() == 2 && !prompt.containsKey(String.valueOf(link.get(0)));
    }

    /** As JavaScript orders keys: whole numbers first, ascending. */
    private static List<Entry> ordered(List<Entry> entries) {
        List<Entry> numbered = new ArrayList<>();
        List<Entry> others = new ArrayList<>();
        for (Entry entry : entries) {
            String id = entry.scope.id(entry.node);
            (id.matches("0|[1-9]\\d{0,8}") ? numbered : others).add(entry);
        }
        numbered.sort(java.util.Comparator.comparingInt(entry -> Integer.parseInt(entry.node.id)));
        numbered.addAll(others);
        return numbered;
    }

    private void collect(Scope scope, List<Entry> into) {
        for (UiNode node : scope.graph.nodes) {
            if (++unfolded > MOST) {
                throw new WorkflowInvalidException(
                        "workflow",
                        List.of("its subgraphs hold more than " + MOST + " nodes, each instance counted"),
                        null);
            }
            boolean skipped = node.isMuted() || node.isBypassed();
            if (file.isDefinition(node.type)) {
                if (scope.depth() >= DEEPEST) {
                    findings.add(Code.CYCLE, scope, node, "the subgraph contains itself");
                } else if (scope.parent != null || !skipped) {
                    collect(scope.inside(node), into);
                }
            } else if (!skipped && !VIRTUAL.contains(node.type) && !file.isSetOrGet(node)) {
                into.add(new Entry(scope, node));
            }
        }
    }

    private Map<String, Object> node(Scope scope, UiNode node) {
        NodeSchema schema = file.schema(node);
        Map<String, Object> inputs = schema == null ? unknown(scope, node) : values(scope, node);
        for (Slot slot : node.inputs) {
            if (schema != null && !Inputs.isThere(schema, file.widgets(node), node, slot)) {
                continue;
            }
            if (scope.override(node, slot.name()) != null) {
                continue; // the host promotes the widget: the value is written already
            }
            End end = links.resolve(scope, node, slot);
            if (end instanceof Source source) {
                inputs.put(slot.name(), List.of(source.scope().id(source.node()), (long) source.slot()));
            } else if (end instanceof Promoted promoted) {
                put(inputs, slot.name(), promoted.held().value());
            }
        }
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("inputs", inputs);
        if (schema != null) {
            written.put("class_type", node.type);
        }
        String title = !node.title.isEmpty() ? node.title : schema == null ? "" : displayName(schema);
        written.put("_meta", title.isEmpty() ? Map.of() : Map.of("title", title));
        return written;
    }

    static String displayName(NodeSchema schema) {
        return schema.displayName().isEmpty() ? schema.classType() : schema.displayName();
    }

    private Map<String, Object> values(Scope scope, UiNode node) {
        file.widgetCount(node).ifPresent(what -> findings.warn(Code.WIDGET_COUNT, scope, node, what));
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (Widget widget : file.widgets(node).values()) {
            Held override = scope.override(node, widget.name());
            if (override != null) {
                put(inputs, widget.name(), override.value());
            } else if (widget.present()) {
                put(inputs, widget.name(), sent(scope, node, widget));
            }
        }
        return inputs;
    }

    private @Nullable Object sent(Scope scope, UiNode node, Widget widget) {
        Object value = widget.value();
        if (widget.name().equals("filename_prefix")) {
            if (!(value instanceof String name)) {
                findings.add(
                        Code.REFUSED_VALUE, scope, node, "filename_prefix is no text but " + value + "; write a name");
                return value;
            }
            return texts.fileName(name);
        }
        return value instanceof String text && widget.flag("dynamicPrompts") ? texts.dynamic(text) : value;
    }

    /** What the page sends of a class that it does not know. */
    private Map<String, Object> unknown(Scope scope, UiNode node) {
        boolean isGroup = GroupNodes.isGroup(node.type);
        findings.add(
                isGroup ? Code.GROUP_NODE : Code.UNKNOWN_CLASS,
                scope,
                node,
                isGroup
                        ? "it is a group node whose definition is not in the file (extra.groupNodes), or contains itself; remove it, or take an older copy of the file"
                        : "the server has no class \"" + node.type
                                + "\"; install the node pack that has it, or remove the node");
        Map<String, Object> inputs = new LinkedHashMap<>();
        int count = 0;
        for (Object value : Data.list(node.widgetsValues)) {
            put(inputs, count == 0 ? "UNKNOWN" : "UNKNOWN_" + count, value);
            count++;
        }
        return inputs;
    }

    private static void put(Map<String, Object> inputs, String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            inputs.put(name, Map.of("__value__", numbers(list)));
        } else {
            inputs.put(name, numbers(value));
        }
    }

    @SuppressWarnings("NullAway") // plain data holds nulls
    private static Object numbers(@Nullable Object value) {
        if (value instanceof Number number) {
            return Data.number(number);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(numbers(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, numbers(element)));
            return copy;
        }
        return value;
    }
}
