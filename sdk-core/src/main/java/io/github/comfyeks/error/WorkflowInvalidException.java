package io.github.comfyeks.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workflow was found to be wrong before anything was sent. Names all problems at once. */
public final class WorkflowInvalidException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public WorkflowInvalidException(String source, List<String> problems, @Nullable Throwable cause) {
        super(
                problems.size() == 1
                        ? source + ": " + problems.get(0)
                        : source + ": " + problems.size() + " problems\n  - " + String.join("\n  - ", problems),
                cause);
        this.problems = List.copyOf(problems);
    }

    /** Each problem in words, at least one. */
    public List<String> problems() {
        return problems;
    }
}
