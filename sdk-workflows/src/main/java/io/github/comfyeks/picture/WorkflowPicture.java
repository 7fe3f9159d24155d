package io.github.comfyeks.picture;

import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import io.github.comfyeks.workflow.WorkflowSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a workflow as text that other programs draw: Mermaid for Markdown pages, DOT for Graphviz. A box for each node
 * with its id, title and class, an arrow for each link with the input's name, and the output's too where the node classes are
 * given; output nodes are marked then. Immutable and safe for any number of threads; the same workflow has the same text.
 */
public final class WorkflowPicture {
    private final Workflow workflow;
    private final @Nullable ObjectInfo info;
    private final Map<String, String> names = new LinkedHashMap<>();

    private WorkflowPicture(Workflow workflow, @Nullable ObjectInfo info) {
        this.workflow = workflow;
        this.info = info;
        for (String id : workflow.nodes().keySet()) {
            names.put(id, "n" + names.size()); // ids may be anything, names may not
        }
    }

    /** A picture with what the workflow itself says. */
    public static WorkflowPicture of(WorkflowSource workflow) {
        return new WorkflowPicture(workflow.workflow(), null);
    }

    /** A picture with the names of outputs too. */
    public static WorkflowPicture of(WorkflowSource workflow, ObjectInfo info) {
        return new WorkflowPicture(workflow.workflow(), info);
    }

    /** {@code flowchart LR …}, to stand in a block {@code ```mermaid}. Ends with a line break. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (WorkflowNode node : workflow.nodes().values()) {
            boolean output = isOutput(node);
            text.append("    ")
                    .append(names.get(node.id()))
                    .append(output ? "([\"" : "[\"")
                    .append(mermaidText(firstLine(node)));
            if (!secondLine(node).isEmpty()) {
                text.append("<br>").append(mermaidText(secondLine(node)));
            }
            text.append(output ? "\"])\n" : "\"]\n");
        }
        eachLink((from, to, label) -> text.append("    ")
                .append(from)
                .append(" -->|\"")
                .append(mermaidText(label))
                .append("\"| ")
                .append(to)
                .append('\n'));
        return text.toString();
    }

    /** {@code digraph workflow { … }}. Ends with a line break. */
    public String dot() {
        StringBuilder text = new StringBuilder("digraph workflow {\n    rankdir=LR;\n    node [shape=box];\n");
        for (WorkflowNode node : workflow.nodes().values()) {
            text.append("    ")
                    .append(names.get(node.id()))
                    .append(" [label=\"")
                    .append(dotText(firstLine(node)));
            if (!secondLine(node).isEmpty()) {
                text.append("\\n").append(dotText(secondLine(node)));
            }
            text.append(isOutput(node) ? "\", style=rounded];\n" : "\"];\n");
        }
        eachLink((from, to, label) -> text.append("    ")
                .append(from)
                .append(" -> ")
                .append(to)
                .append(" [label=\"")
                .append(dotText(label))
                .append("\"];\n"));
        return text.append("}\n").toString();
    }

    private interface LinkWriter {
        void write(String from, String to, String label);
    }

    private void eachLink(LinkWriter writer) {
        for (WorkflowNode node : workflow.nodes().values()) {
            for (Map.Entry<String, Link> each : node.links().entrySet()) {
                String from = names.get(each.getValue().nodeId());
                String to = names.get(node.id());
                if (from != null && to != null) {
                    writer.write(from, to, label(each.getKey(), each.getValue()));
                }
            }
        }
    }

    private String label(String input, Link link) {
        Optional<String> output = workflow.find(link.nodeId())
                .flatMap(this::schema)
                .filter(schema -> link.slot() < schema.outputs().size())
                .map(schema -> schema.outputs().get(link.slot()).name());
        String from = output.orElse(link.slot() == 0 ? "" : String.valueOf(link.slot()));
        return from.isEmpty() || from.equals(input) ? input : from + " → " + input;
    }

    private Optional<NodeSchema> schema(WorkflowNode node) {
        return info == null ? Optional.empty() : info.find(node.classType());
    }

    private boolean isOutput(WorkflowNode node) {
        return schema(node).map(NodeSchema::outputNode).orElse(false);
    }

    private static String firstLine(WorkflowNode node) {
        return node.id() + ": " + (node.title().isEmpty() ? node.classType() : node.title());
    }

    private static String secondLine(WorkflowNode node) {
        return node.title().isEmpty() || node.title().equals(node.classType()) ? "" : node.classType();
    }

    /** Entities, which Mermaid takes everywhere; all that could end a label or begin a tag is one. */
    private static String mermaidText(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean plain = c > 0x7e
                    || (c >= 0x20 && c < 0x7f && "\"#&<>[]{}()|`\\;*_~$".indexOf(c) < 0)
                    || c == '_'
                    || c == '('
                    || c == ')';
            if (plain && c != 0x7f) {
                safe.appendCodePoint(c);
            } else if (c >= 0x20 && c != 0x7f) {
                safe.append('#').append(c).append(';');
            } else {
                safe.append(' ');
            }
        });
        return safe.toString();
    }

    private static String dotText(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                safe.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || c == 0x7f) {
                safe.append(' ');
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}
