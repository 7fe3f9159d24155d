package io.github.comfyeks.samples.quickstart;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.SavedRun;
import io.github.comfyeks.server.SystemStats;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Runs the EKS guide's SDXL workflow and shows what a person wants to see. System properties choose: {@code
 * comfyeks.server}, {@code checkpoint}, {@code prompt}, {@code seed}, {@code size}, {@code steps}, {@code workflow}.
 */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] arguments) {
        try {
            run(Settings.of(System.getProperties()), System.out, Screen.isTerminal());
        } catch (ComfyException | IllegalArgumentException e) {
            e.setStackTrace(new StackTraceElement[0]); // Maven prints it, and the message says all
            throw e;
        }
    }

    static void run(Settings settings, PrintStream out, boolean terminal) {
        out.println();
        if (settings.server().isPresent()) {
            URI server = settings.server().get();
            Screen.line(out, "server", server.toString());
            runOn(server, settings, out, terminal);
        } else {
            try (FakeComfyServer fake = FakeComfyServer.create()) {
                Screen.line(
                        out,
                        "server",
                        fake.uri() + "  an embedded FAKE server: the picture is simulated, no GPU needed");
                runOn(fake.uri(), settings, out, terminal);
            }
        }
    }

    private static void runOn(URI server, Settings settings, PrintStream out, boolean terminal) {
        Workflow workflow = settings.workflow();
        try (ComfyClient client = ComfyClient.create(server)) {
            SystemStats stats = client.server().systemStats();
            String devices =
                    stats.devices().stream().map(SystemStats.Device::name).collect(Collectors.joining(", "));
            Screen.line(out, "ComfyUI", stats.version() + " on " + devices);
            Screen.line(out, "run", settings.describe());
            requireCheckpoints(client, workflow);
            ExecutionResult result;
            try (Screen screen = new Screen(out, workflow, terminal);
                    Execution run = client.queue(workflow)) {
                for (ExecutionEvent event : run.events()) {
                    screen.show(event, run.progress());
                }
                result = run.await();
            }
            SavedRun saved = client.save(result, settings.out());
            saved.files()
                    .forEach(file -> Screen.line(
                            out,
                            "file",
                            file.path() + "  " + file.bytes() / 1024 + " KiB  sha256 "
                                    + file.sha256().substring(0, 12)));
            Screen.line(out, "record", saved.record().toString());
            times(out, workflow, result);
            next(out, settings);
        }
    }

    /** One clear error before anything is queued, with the checkpoints that are there. */
    private static void requireCheckpoints(ComfyClient client, Workflow workflow) {
        List<WorkflowNode> loaders = workflow.findByClass("CheckpointLoaderSimple");
        if (loaders.isEmpty()) {
            return;
        }
        List<String> there = client.server().models("checkpoints");
        List<String> missing = loaders.stream()
                .map(loader -> String.valueOf(loader.inputs().get("ckpt_name")))
                .filter(name -> !there.contains(name))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "the server has no checkpoint " + String.join(" and no ", missing) + "; it has "
                            + (there.isEmpty() ? "none: put one into models/checkpoints" : String.join(", ", there))
                            + (there.isEmpty() ? "" : ". Choose one: -Dcheckpoint=" + there.get(0)));
        }
    }

    private static void times(PrintStream out, Workflow workflow, ExecutionResult result) {
        result.nodeTimes()
                .forEach((node, time) -> Screen.line(
                        out,
                        "time",
                        String.format(
                                Locale.ROOT,
                                "%7.2f s  %s",
                                time.toNanos() / 1e9,
                                workflow.find(node)
                                        .map(found -> found.title().isEmpty() ? found.classType() : found.title())
                                        .orElse(node))));
        result.elapsed()
                .ifPresent(all ->
                        Screen.line(out, "", String.format(Locale.ROOT, "%7.2f s  in all", all.toMillis() / 1e3)));
    }

    private static void next(PrintStream out, Settings settings) {
        if (settings.server().isEmpty()) {
            Screen.line(
                    out, "next", "on a real server: mvn -B -ntp -Pquickstart -Dcomfyeks.server=http://127.0.0.1:8188");
        }
        out.println();
    }
}
