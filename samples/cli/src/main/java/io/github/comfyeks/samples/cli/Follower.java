package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.Progress;
import io.github.comfyeks.execution.SavedRun;
import io.github.comfyeks.output.OutputFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Shows one run while it runs, and keeps what it left. Used by one thread. */
final class Follower implements AutoCloseable {
    private static final int PARTS = 1000;

    private final ComfyClient client;
    private final Output output;
    private final Optional<Path> folder;
    private final @Nullable ProgressBar bar;
    private String node = "";

    /** @param alone whether the terminal is this run's own, so that a bar can be drawn */
    Follower(ComfyClient client, Output output, Optional<Path> folder, boolean alone) {
        this.client = client;
        this.output = output;
        this.folder = folder;
        this.bar = alone && !output.isJson() && Output.isTerminal() ? bar() : null;
    }

    private static ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName("run")
                .setInitialMax(PARTS)
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true)))
                .setUpdateIntervalMillis(100)
                .build();
    }

    private void show(Execution followed, ExecutionEvent event) {
        if (event instanceof ExecutionEvent.NodeStarted started) {
            node = started.displayNodeId();
            output.record("event", "node", "id", followed.promptId().value(), "node", node);
            if (bar == null) {
                output.line(followed.promptId() + "  node " + node + " " + className(followed, node));
            }
        } else if (event instanceof ExecutionEvent.Position waiting) {
            output.record("event", "waiting", "id", followed.promptId().value(), "position", waiting.position());
        } else if (event instanceof ExecutionEvent.NodeProgress step) {
            output.record(
                    "event",
                    "progress",
                    "id",
                    followed.promptId().value(),
                    "node",
                    step.nodeId(),
                    "value",
                    step.value(),
                    "max",
                    step.max(),
                    "fraction",
                    step.progress().fraction());
        }
        if (bar != null) {
            Progress progress = followed.progress();
            bar.stepTo(Math.round(progress.fraction() * PARTS));
            bar.setExtraMessage(" " + node + " " + className(followed, node)
                    + (progress.max() > 1 ? " " + (int) progress.value() + "/" + (int) progress.max() : ""));
        }
    }

    private static String className(Execution run, String node) {
        return run.workflow()
                .flatMap(workflow -> workflow.find(node))
                .map(found -> found.classType())
                .orElse("");
    }

    /** Waits for the end, tells it, and saves the outputs where a folder was named. */
    void finish(Execution followed) {
        String how = followed.workflow().isPresent() ? "queued" : "attached";
        output.record(
                "event",
                how,
                "id",
                followed.promptId().value(),
                "ref",
                followed.ref().toString());
        if (bar == null) {
            output.line(followed.promptId() + "  " + how);
        }
        ExecutionResult result;
        try {
            for (ExecutionEvent event : followed.events()) {
                show(followed, event);
            }
            result = followed.await();
        } catch (ComfyException e) {
            output.record(
                    "event",
                    "ended",
                    "id",
                    followed.promptId().value(),
                    "state",
                    followed.state().name(),
                    "error",
                    e.getMessage());
            throw e;
        }
        if (bar != null) {
            bar.stepTo(PARTS);
            bar.close();
        }
        output.record(
                "event",
                "ended",
                "id",
                followed.promptId().value(),
                "state",
                followed.state().name(),
                "seconds",
                result.elapsed().map(time -> time.toMillis() / 1000.0).orElse(null));
        result.texts().forEach(text -> output.line(text));
        if (folder.isPresent()) {
            save(result, folder.get());
        } else {
            result.files().forEach(this::tell);
        }
    }

    private void tell(OutputFile file) {
        output.record(
                "event",
                "output",
                "node",
                file.nodeId(),
                "filename",
                file.filename(),
                "subfolder",
                file.subfolder(),
                "type",
                file.type());
        output.line(String.format(Locale.ROOT, "%s  %s", file.type(), file.reference()));
    }

    private void save(ExecutionResult result, Path into) {
        SavedRun saved = client.save(result, into);
        saved.files().forEach(file -> {
            output.record(
                    "event",
                    "saved",
                    "node",
                    file.node(),
                    "file",
                    file.path().toString(),
                    "bytes",
                    file.bytes(),
                    "sha256",
                    file.sha256());
            output.line(file.path() + "  " + file.bytes() + " bytes");
        });
        output.record("event", "record", "file", saved.record().toString());
        output.line(saved.record().toString());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
