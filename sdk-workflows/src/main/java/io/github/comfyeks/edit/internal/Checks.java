package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ProblemCode;
import io.github.comfyeks.validation.ValidationReport;
import io.github.comfyeks.validation.WorkflowValidator;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Holds what was changed against the server's classes: the validator's rules, for the changed inputs only. */
final class Checks {
    /** What nobody means who sets a value, though the server takes some of it. */
    private static final Set<ProblemCode> REFUSED = Set.of(
            ProblemCode.WRONG_LINK_TYPE,
            ProblemCode.DEAD_LINK,
            ProblemCode.OUT_OF_RANGE,
            ProblemCode.NOT_A_CHOICE,
            ProblemCode.WRONG_TYPE,
            ProblemCode.TEXT_AS_BOOLEAN,
            ProblemCode.TEXT_AS_NUMBER,
            ProblemCode.BENT_VALUE,
            ProblemCode.FRACTION_CUT,
            ProblemCode.VALUE_FOR_LINK,
            ProblemCode.MISSING_OPTION,
            ProblemCode.MISSING_INPUT,
            ProblemCode.UNKNOWN_CLASS,
            ProblemCode.UNKNOWN_INPUT,
            ProblemCode.TOO_MANY);

    /** What can be wrong with a name that the server has yet to learn. */
    private static final Set<ProblemCode> OF_FILES = Set.of(ProblemCode.NOT_A_CHOICE);

    private Checks() {}

    /**
     * What is wrong, in words.
     *
     * @param places the inputs to look at
     * @param whole the nodes to look at altogether
     * @param files inputs that hold a file of this machine
     */
    static List<String> problems(
            Workflow workflow, ObjectInfo classes, Set<Place> places, Set<String> whole, Collection<Place> files) {
        Map<String, Object> part = new LinkedHashMap<>();
        Stream.concat(places.stream().map(Place::nodeId), whole.stream())
                .map(workflow::node)
                .forEach(node -> {
                    part.put(node.id(), raw(node));
                    node.links()
                            .values()
                            .forEach(link -> part.computeIfAbsent(link.nodeId(), id -> raw(workflow.node(id))));
                });
        return messages(classes, part, problem -> {
            Place place = new Place(problem.nodeId(), problem.input());
            boolean isChanged = whole.contains(problem.nodeId()) || places.contains(place);
            return isChanged && !(files.contains(place) && OF_FILES.contains(problem.code()));
        });
    }

    /** What is wrong with any part of a graph as plain data. */
    static List<String> messages(ObjectInfo classes, Map<String, ?> graph, Predicate<Problem> counts) {
        ValidationReport report = WorkflowValidator.of(classes).validate(graph);
        return Stream.concat(report.problems().stream(), report.warnings().stream())
                .filter(problem -> REFUSED.contains(problem.code()) && !isTextOfNumber(problem) && counts.test(problem))
                .map(Problem::message)
                .toList();
    }

    /** A number for a text is its digits, which is what is meant. */
    private static boolean isTextOfNumber(Problem problem) {
        return problem.code().equals(ProblemCode.BENT_VALUE) && "STRING".equals(problem.limit());
    }

    private static Map<String, Object> raw(WorkflowNode node) {
        return Map.of("class_type", node.classType(), "inputs", node.inputs(), "_meta", Map.of("title", node.title()));
    }
}
