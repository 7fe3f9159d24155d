package io.github.comfyeks.samples.quickstart;

import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.Progress;
import io.github.comfyeks.workflow.Workflow;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a run to a person: a bar on a terminal, a line at each quarter where the output is a file or a log. */
final class Screen implements AutoCloseable {
    private static final int PARTS = 1000;

    private final PrintStream out;
    private final Workflow workflow;
    private final @Nullable ProgressBar bar;
    private int quarter = -1;
    private String node = "";

    Screen(PrintStream out, Workflow workflow, boolean terminal) {
        this.out = out;
        this.workflow = workflow;
        this.bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName("  run")
                        .setInitialMax(PARTS)
                        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                        .hideEta()
                        .setConsumer(new ConsoleProgressBarConsumer(out))
                        .setUpdateIntervalMillis(100)
                        .build()
                : null;
    }

    /** Whether a person looks: from JDK 22 on there is a console without a terminal too. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    static void line(PrintStream out, String name, String text) {
        out.printf(Locale.ROOT, "  %-9s %s%n", name, text);
    }

    void show(ExecutionEvent event, Progress progress) {
        if (event instanceof ExecutionEvent.NodeStarted started) {
            node = title(started.displayNodeId());
        }
        boolean waits = event instanceof ExecutionEvent.Position;
        String at = waits
                ? "waits, " + ((ExecutionEvent.Position) event).position() + " before it"
                : node + (progress.max() > 1 ? " " + (int) progress.value() + "/" + (int) progress.max() : "");
        if (bar != null) {
            bar.stepTo(Math.round(progress.fraction() * PARTS));
            bar.setExtraMessage(" " + at);
        } else if ((int) (progress.fraction() * 4) > quarter) {
            quarter = (int) (progress.fraction() * 4);
            line(out, "run", String.format(Locale.ROOT, "%3.0f %%  %s", progress.fraction() * 100, at));
        }
    }

    String title(String nodeId) {
        return workflow.find(nodeId)
                .map(found -> found.title().isEmpty() ? found.classType() : found.title())
                .orElse("node " + nodeId);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
