package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Code;
import io.github.comfyeks.convert.ConversionProblem.Severity;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a workflow with what the editor would make of its drawing. */
final class RoundTrip {
    private static final int LONGEST = 60;

    private final Map<String, String> ids;
    private final List<ConversionProblem> problems = new ArrayList<>();

    private RoundTrip(Map<String, String> ids) {
        this.ids = ids;
    }

    /** @param prompt what came back */
    static List<ConversionProblem> problems(
            Workflow workflow, Map<String, String> ids, Map<String, Object> prompt, ObjectInfo objectInfo) {
        RoundTrip trip = new RoundTrip(ids);
        for (WorkflowNode node : workflow.nodes().values()) {
            Object back = prompt.get(ids.get(node.id()));
            NodeSchema schema = objectInfo.find(node.classType()).orElse(null);
            if (back == null) {
                trip.add(Code.LOST, node, "the editor has a node of this name for itself and does not send it");
            } else if (schema == null) {
                trip.add(
                        Code.UNKNOWN_CLASS,
                        node,
                        "the server has no class \"" + node.classType()
                                + "\", so the order of its widgets is not known; install the node pack that has it");
            } else {
                trip.compare(node, schema, Data.map(Data.map(back).get("inputs")));
            }
        }
        return List.copyOf(trip.problems);
    }

    private void compare(WorkflowNode node, NodeSchema schema, Map<String, Object> back) {
        node.inputs().forEach((name, value) -> {
            if (!back.containsKey(name)) {
                add(
                        Code.LOST,
                        node,
                        name + ": the class has no such widget or socket in the editor, " + shown(value)
                                + " would be lost");
                return;
            }
            Object expected = node.link(name).<Object>map(this::renumbered).orElse(value);
            if (!isSame(expected, back.get(name))) {
                add(Code.LOST, node, name + ": " + shown(value) + " would come back as " + shown(back.get(name)));
            }
        });
        Map<String, ?> widgets = WidgetValues.of(node, schema).widgets();
        back.forEach((name, value) -> {
            if (!node.inputs().containsKey(name) && widgets.containsKey(name)) {
                add(Code.FILLED_IN, node, name + ": the workflow has no value; the editor sends " + shown(value));
            }
        });
    }

    private List<Object> renumbered(Link link) {
        return List.of(Objects.requireNonNull(ids.get(link.nodeId())), (long) link.slot());
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return isFinite(a)
                    && isFinite(b)
                    && new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = isSame(a.get(i), b.get(i));
            }
            return same;
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> isSame(a.get(key), b.get(key)));
        }
        return Objects.equals(one, other);
    }

    /** What is not cannot be written in the editor's JSON. */
    private static boolean isFinite(Number number) {
        return !(number instanceof Double real) || Double.isFinite(real);
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private void add(Code code, WorkflowNode node, String what) {
        String title = node.title().isEmpty() ? node.classType() : node.title();
        String where = "node " + node.id() + " (" + node.classType()
                + (title.equals(node.classType()) ? "" : " \"" + title + "\"") + "): ";
        problems.add(new ConversionProblem(
                code.equals(Code.FILLED_IN) ? Severity.WARNING : Severity.ERROR,
                code,
                node.id(),
                node.classType(),
                title,
                "",
                where + what));
    }
}
