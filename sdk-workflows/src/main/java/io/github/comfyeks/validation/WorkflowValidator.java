package io.github.comfyeks.validation;

import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.internal.Behaviour;
import io.github.comfyeks.validation.internal.GraphCheck;
import io.github.comfyeks.validation.internal.GraphCheck.Found;
import io.github.comfyeks.validation.internal.Settings;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks workflows against the node classes of a server ({@code /object_info}) and answers every problem at once, with the
 * verdict that {@code POST /prompt} would give. Nothing is sent anywhere. Immutable and safe for any number of threads.
 *
 * <p>What cannot be known from a schema is said to be unknown: nodes may check inputs by code of their own, mostly whether a
 * file exists ({@link ProblemCode#NODE_DECIDES}, {@link ServerVerdict#undecided()}). A schema is of one moment: a file that was
 * added later is no choice yet.
 */
public final class WorkflowValidator {
    /** Problems that stop the server wherever they stand. */
    private static final Set<ProblemCode> ANYWHERE =
            Set.of(ProblemCode.UNKNOWN_CLASS, ProblemCode.MALFORMED_NODE, ProblemCode.NO_OUTPUT_NODE);

    private final ObjectInfo info;
    private final Settings settings;

    private WorkflowValidator(ObjectInfo info, Settings settings) {
        this.info = info;
        this.settings = settings;
    }

    /** A validator for a current server. */
    public static WorkflowValidator of(ObjectInfo info) {
        return builder(info).build();
    }

    /** @param info the classes of the server that is to run the workflows */
    public static Builder builder(ObjectInfo info) {
        return new Builder(info);
    }

    /** Checks all of a workflow. */
    public ValidationReport validate(WorkflowSource workflow) {
        Workflow graph = workflow.workflow();
        return report(GraphCheck.check(graph, info, settings, null));
    }

    /** Checks what these output nodes need ({@code partial_execution_targets}). */
    public ValidationReport validate(WorkflowSource workflow, Collection<String> targets) {
        Workflow graph = workflow.workflow();
        return report(GraphCheck.check(graph, info, settings, List.copyOf(targets)));
    }

    /**
     * Checks a graph that may be too broken to be a {@link Workflow}: node id → {@code {class_type, inputs, _meta}} as plain
     * data (null, Boolean, Number, String, List, Map). Of anything that is no node it says so.
     */
    public ValidationReport validate(Map<String, ?> graph) {
        return report(GraphCheck.check(graph, info, settings, null));
    }

    private static ValidationReport report(Found found) {
        List<Problem> errors = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        for (Problem problem : found.problems()) {
            boolean counts = problem.isError()
                    && (ANYWHERE.contains(problem.code()) || found.needed().contains(problem.nodeId()));
            (counts ? errors : warnings).add(counts ? problem : problem.asWarning());
        }
        return new ValidationReport(errors, warnings, found.verdict());
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final ObjectInfo info;
        private Behaviour behaviour = Behaviour.MODERN;
        private final List<ObjectInfo> others = new ArrayList<>();
        private boolean batch;

        private Builder(ObjectInfo info) {
            this.info = info;
        }

        /**
         * Of which version the server is, such as {@code 0.8.0}; 0.33.0 unless set. Versions up to 0.8.0 check less.
         *
         * @throws IllegalArgumentException if it does not begin like a version
         */
        public Builder serverVersion(String version) {
            behaviour = Behaviour.of(version);
            return this;
        }

        /** Other servers that may run the workflow too: values and classes that they lack, or they alone have, are named. */
        public Builder otherServer(ObjectInfo other) {
            others.add(other);
            return this;
        }

        /** The workflow is one of many alike: a fixed seed is worth a warning then. */
        public Builder batch() {
            batch = true;
            return this;
        }

        public WorkflowValidator build() {
            return new WorkflowValidator(info, new Settings(behaviour, others, batch));
        }
    }
}
