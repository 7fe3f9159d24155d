package io.github.comfyeks.validation;

import java.util.List;

/**
 * Everything that was found in one workflow. Immutable.
 *
 * @param problems the errors: the workflow has none exactly if {@link ServerVerdict#isValid()}; by node, in the order of the graph
 * @param warnings what the server takes, though it is hardly meant; in the same order
 * @param verdict what the server would answer
 */
public record ValidationReport(List<Problem> problems, List<Problem> warnings, ServerVerdict verdict) {
    public ValidationReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Whether the server would run all of it, as far as that can be seen from here. */
    public boolean isValid() {
        return verdict.isValid();
    }

    /** The errors as sentences. */
    public List<String> messages() {
        return problems.stream().map(Problem::message).toList();
    }

    /** One line for each problem, then for each warning; a single line if there is nothing. */
    @Override
    public String toString() {
        if (problems.isEmpty() && warnings.isEmpty()) {
            return "no problems";
        }
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append("error: ").append(problem).append('\n'));
        warnings.forEach(problem -> text.append("warning: ").append(problem).append('\n'));
        return text.substring(0, text.length() - 1);
    }
}
