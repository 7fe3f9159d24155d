package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Code;
import io.github.comfyeks.convert.ConversionProblem.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems met so far, each once. */
final class Findings {
    private final Set<ConversionProblem> problems = new LinkedHashSet<>();

    List<ConversionProblem> problems() {
        return List.copyOf(problems);
    }

    void add(Code code, Scope scope, UiNode node, String what) {
        add(Severity.ERROR, code, scope, node, what);
    }

    void warn(Code code, Scope scope, UiNode node, String what) {
        add(Severity.WARNING, code, scope, node, what);
    }

    private void add(Severity severity, Code code, Scope scope, UiNode node, String what) {
        String title = node.title.isEmpty() ? node.type : node.title;
        String path = path(scope);
        String where = "node " + scope.id(node) + " (" + node.type
                + (title.equals(node.type) ? "" : " \"" + title + "\"") + ")"
                + (path.isEmpty() ? "" : " in " + path);
        problems.add(
                new ConversionProblem(severity, code, scope.id(node), node.type, title, path, where + ": " + what));
    }

    private static String path(Scope scope) {
        if (scope.parent == null) {
            return "";
        }
        String above = path(scope.parent);
        String own = "subgraph \"" + scope.graph.name + "\"";
        return above.isEmpty() ? own : above + ", " + own;
    }

    void deadLink(Scope scope, UiNode node, UiNode.Slot slot) {
        add(
                Code.DEAD_LINK,
                scope,
                node,
                "input " + slot.name() + " names the link " + slot.link()
                        + ", which is not there or comes from nowhere; open the file in the editor, mend the link and save it again");
    }

    void straightThrough(Scope inside, UiNode host, int output) {
        if (inside.parent != null) {
            add(
                    Code.DEAD_LINK,
                    inside.parent,
                    host,
                    "output " + output
                            + " is one of its own inputs, which the page cannot follow; link what it feeds to what feeds it");
        }
    }

    void endless(Scope scope, UiNode node, UiNode.Slot slot) {
        add(Code.CYCLE, scope, node, "the link of input " + slot.name() + " runs in a circle");
    }
}
