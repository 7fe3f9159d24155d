package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.internal.Nearest;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.internal.LiveInputs;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds nodes and inputs by the words that people have for them. */
public final class Addresses {
    private final Workflow workflow;
    private final @Nullable ObjectInfo classes;
    private final Map<String, String> paths;

    public Addresses(Draft draft) {
        this.workflow = draft.workflow();
        this.classes = draft.classes();
        this.paths = draft.paths();
    }

    /**
     * The one node that is meant.
     *
     * @throws WorkflowInvalidException if there is none, or more than one
     */
    public WorkflowNode node(String wanted) {
        List<WorkflowNode> found = nodes(wanted);
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new WorkflowInvalidException(
                "workflow", List.of(found.isEmpty() ? noNode(wanted) : ambiguous(wanted, found)), null);
    }

    /**
     * The one input that is meant by {@code NODE.INPUT}; both may have dots.
     *
     * @throws WorkflowInvalidException if there is none, or more than one
     */
    public Place place(String address) {
        List<Place> found = new ArrayList<>();
        Set<WorkflowNode> nodes = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        for (int dot = address.indexOf('.'); dot >= 0; dot = address.indexOf('.', dot + 1)) {
            String input = address.substring(dot + 1);
            List<WorkflowNode> meant = nodes(address.substring(0, dot));
            if (meant.size() > 1) {
                problems.add(ambiguous(address.substring(0, dot), meant));
            }
            for (WorkflowNode node : meant) {
                if (has(node, input)) {
                    found.add(new Place(node.id(), input));
                    nodes.add(node);
                } else if (meant.size() == 1) {
                    problems.add(noInput(node, input));
                }
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String problem = found.size() > 1
                ? ambiguous(address, List.copyOf(nodes))
                : problems.isEmpty() ? nowhere(address) : problems.get(0);
        throw new WorkflowInvalidException("workflow", List.of(problem), null);
    }

    /**
     * The input of a node.
     *
     * @throws WorkflowInvalidException if the node has none of that name
     */
    public Place place(WorkflowNode node, String input) {
        if (!has(node, input)) {
            throw new WorkflowInvalidException("workflow", List.of(noInput(node, input)), null);
        }
        return new Place(node.id(), input);
    }

    /** By id, else by title or path, else by class. */
    private List<WorkflowNode> nodes(String wanted) {
        WorkflowNode byId = workflow.nodes().get(wanted);
        if (byId != null) {
            return List.of(byId);
        }
        List<WorkflowNode> titled = called(wanted, WorkflowNode::title);
        return titled.isEmpty() ? called(wanted, WorkflowNode::classType) : titled;
    }

    private List<WorkflowNode> called(String wanted, Function<WorkflowNode, String> word) {
        return workflow.nodes().values().stream()
                .filter(node -> isCalled(node, word.apply(node), wanted))
                .toList();
    }

    private boolean isCalled(WorkflowNode node, String word, String wanted) {
        String path = "/" + paths.getOrDefault(node.id(), "") + "/" + word;
        return !word.isEmpty() && wanted.endsWith(word) && path.endsWith("/" + wanted);
    }

    private boolean has(WorkflowNode node, String input) {
        return node.inputs().containsKey(input)
                || (classes != null
                        && classes.find(node.classType())
                                .flatMap(schema -> LiveInputs.find(schema, node.inputs(), input))
                                .isPresent());
    }

    private String nowhere(String address) {
        int dot = address.lastIndexOf('.');
        return dot <= 0 || dot == address.length() - 1
                ? "\"" + address + "\" is no NODE.INPUT, such as KSampler.seed"
                : noNode(address.substring(0, dot));
    }

    private String noNode(String wanted) {
        Set<String> words = new LinkedHashSet<>();
        for (WorkflowNode node : workflow.nodes().values()) {
            words.add(node.id());
            words.add(node.classType());
            if (!node.title().isEmpty()) {
                words.add(node.title());
                if (paths.containsKey(node.id())) {
                    words.add(paths.get(node.id()) + "/" + node.title());
                }
            }
        }
        return "there is no node \"" + wanted + "\", be it an id, a title or a class" + Nearest.hint(wanted, words);
    }

    private String noInput(WorkflowNode node, String input) {
        Set<String> names = new LinkedHashSet<>(node.inputs().keySet());
        if (classes != null) {
            classes.find(node.classType()).ifPresent(schema -> schema.inputs().forEach(each -> names.add(each.name())));
        }
        return describe(node) + " has no input \"" + input + "\"" + Nearest.hint(input, names);
    }

    private String ambiguous(String wanted, List<WorkflowNode> found) {
        return "\"" + wanted + "\" may be one of " + found.size() + ": "
                + found.stream().map(this::describe).collect(Collectors.joining(", ")) + "; name one by its id";
    }

    /** In words: {@code node 6 (CLIPTextEncode "positive")}. */
    public String describe(WorkflowNode node) {
        String path = paths.getOrDefault(node.id(), "");
        boolean plain = node.title().isEmpty() || node.title().equals(node.classType());
        return "node " + node.id() + " (" + node.classType() + (plain ? "" : " \"" + node.title() + "\"") + ")"
                + (path.isEmpty() ? "" : " in " + path);
    }
}
