package io.github.comfyeks.validation.internal;

import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is found at one node, each with the same first words. */
final class Findings {
    private final RawNode node;
    private final List<Problem> to;
    private final boolean known;

    /** @param known whether the class is known to have no check of its own but those we know */
    Findings(RawNode node, List<Problem> to, boolean known) {
        this.node = node;
        this.to = to;
        this.known = known;
    }

    RawNode node() {
        return node;
    }

    void error(ProblemCode code, String input, @Nullable Object value, @Nullable Object limit, String what) {
        add(code, true, input, value, limit, 0, List.of(), true, what);
    }

    /** An error of the schema, about which a custom node may think otherwise. */
    void schemaError(
            ProblemCode code,
            String input,
            @Nullable Object value,
            @Nullable Object limit,
            int choices,
            List<String> nearest,
            String what) {
        add(code, true, input, value, limit, choices, nearest, known, what);
    }

    void errorNear(ProblemCode code, String input, @Nullable Object value, List<String> nearest, String what) {
        add(code, true, input, value, null, 0, nearest, true, what);
    }

    void warning(ProblemCode code, String input, @Nullable Object value, @Nullable Object limit, String what) {
        add(code, false, input, value, limit, 0, List.of(), true, what);
    }

    void warningNear(ProblemCode code, String input, @Nullable Object value, List<String> nearest, String what) {
        add(code, false, input, value, null, 0, nearest, true, what);
    }

    private void add(
            ProblemCode code,
            boolean isError,
            String input,
            @Nullable Object value,
            @Nullable Object limit,
            int choices,
            List<String> nearest,
            boolean certain,
            String what) {
        to.add(new Problem(
                code,
                isError,
                node.id(),
                node.title(),
                node.className(),
                input,
                value,
                limit,
                choices,
                nearest,
                certain,
                node.describe() + (input.isEmpty() ? "" : " " + input + ":") + " " + what + Words.nearest(nearest)));
    }
}
