package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ExecutionFailedException;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.ExecutionLostException;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.output.internal.OutputBinder;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.server.HistoryEntry;
import io.github.comfyeks.workflow.Workflow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a verdict into what waiting ends with. */
final class Outcomes {
    private Outcomes() {}

    static Completion.Outcome of(
            Verdict verdict,
            ExecutionRef ref,
            @Nullable Workflow workflow,
            Map<String, NodeOutput> eventOutputs,
            RunProgress progress,
            Instant submittedAt,
            OutputBinder binder) {
        ComfyException failure =
                switch (verdict.state()) {
                    case FAILED -> new ExecutionFailedException(ref, Objects.requireNonNull(verdict.failure()));
                    case INTERRUPTED -> new ExecutionInterruptedException(ref, "the run was " + verdict.words());
                    case LOST -> new ExecutionLostException(ref, verdict.words());
                    default -> null;
                };
        if (failure != null) {
            return new Completion.Outcome(null, failure);
        }
        HistoryEntry entry = verdict.entry();
        Map<String, NodeOutput> outputs = new LinkedHashMap<>();
        (entry == null ? eventOutputs : entry.outputs())
                .forEach((node, output) -> outputs.put(node, binder.bind(output)));
        return new Completion.Outcome(
                new ExecutionResult(
                        ref,
                        Optional.ofNullable(workflow),
                        java.util.Collections.unmodifiableMap(outputs),
                        progress.cachedNodes(),
                        java.util.Collections.unmodifiableMap(progress.times()),
                        submittedAt,
                        entry == null ? Optional.empty() : entry.startedAt(),
                        entry == null ? Optional.empty() : entry.endedAt(),
                        entry != null),
                null);
    }
}
