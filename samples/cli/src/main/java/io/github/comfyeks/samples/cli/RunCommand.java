package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.LetGo;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.execution.RunLimits;
import io.github.comfyeks.workflow.Seed;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a workflow, follows it and saves its outputs.")
final class RunCommand implements Callable<Integer> {
    private static final BigInteger SEEDS = BigInteger.ONE.shiftLeft(64);

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "WORKFLOW",
            description = "The workflow in any format, or a picture or video that holds one.")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "NODE.INPUT=VALUE",
            description =
                    "Sets an input, by the node's id, title or class: 6.text=\"a castle\", KSampler.seed=42. What is JSON"
                            + " is taken so, all else as text.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where outputs and run.json go.")
    private @Nullable Path out;

    @Option(names = "--front", description = "Runs before all that waits.")
    private boolean front;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "For each run, such as 90s or 10m; then it is interrupted.")
    private @Nullable Duration timeout;

    @Option(names = "--preview", description = "Saves previews into DIR/preview while the run goes on.")
    private boolean preview;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs it N times, each time with every seed one higher.")
    private int count;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "4", description = "So many at once. Default: 4")
    private int inFlight;

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1 || inFlight < 1) {
            throw usage("--count and --in-flight are 1 or more");
        }
        if (preview && out == null) {
            throw usage("--preview needs --out DIR");
        }
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw usage("--out " + out + " is no folder");
        }
        ComfyClient client = server.client();
        try (OwnRuns own = new OwnRuns(client)) {
            Workflow workflow = AnyFile.read(file, client.server()::objectInfo)
                    .set(Settings.inputs("--set", settings))
                    .workflow();
            return count == 1 ? one(client, own, workflow, out, true) : many(client, own, workflow);
        }
    }

    private ParameterException usage(String message) {
        CommandSpec command = Objects.requireNonNull(spec);
        return new ParameterException(command.commandLine(), message);
    }

    private int one(ComfyClient client, OwnRuns own, Workflow workflow, @Nullable Path folder, boolean alone) {
        QueueOptions.Builder options = QueueOptions.builder().letGo(LetGo.INTERRUPT);
        if (front) {
            options.front();
        }
        if (timeout != null) {
            options.limits(RunLimits.standard().withTotal(timeout));
        }
        if (preview && folder != null) {
            options.listener(new PreviewSaver(folder.resolve("preview"))::onEvent);
        }
        Optional<Execution> submitted = own.submit(() -> client.queue(workflow, options.build()));
        if (submitted.isEmpty()) {
            return ExitCodes.CTRL_C;
        }
        try (Follower follower = new Follower(client, output, Optional.ofNullable(folder), alone);
                Execution run = submitted.get()) {
            follower.finish(run);
            own.remove(run);
            return ExitCodes.OK;
        } catch (ComfyException e) {
            if (own.isEnding()) {
                return ExitCodes.CTRL_C;
            }
            throw e;
        }
    }

    private int many(ComfyClient client, OwnRuns own, Workflow workflow) throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(Math.min(count, inFlight));
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Workflow each = withSeeds(workflow, i);
                Path folder = out == null ? null : out.resolve(String.valueOf(i + 1));
                all.add(callers.submit(() -> oneOfMany(client, own, each, folder)));
            }
            int worst = ExitCodes.OK;
            for (Future<Integer> each : all) {
                worst = Math.max(worst, each.get());
            }
            return worst;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException expected) {
                throw expected;
            }
            throw new IllegalStateException("a run ended in an unexpected way", e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    private int oneOfMany(ComfyClient client, OwnRuns own, Workflow workflow, @Nullable Path folder) {
        try {
            return one(client, own, workflow, folder, false);
        } catch (ComfyException e) {
            Comfyeks.tell(output.err(), e.getMessage());
            return ExitCodes.of(e);
        }
    }

    /** ComfyUI would answer an unchanged workflow from its cache. */
    private static Workflow withSeeds(Workflow workflow, int more) {
        Workflow changed = workflow;
        for (Seed seed : workflow.seeds()) {
            BigInteger next = new BigInteger(seed.value().toString())
                    .add(BigInteger.valueOf(more))
                    .mod(SEEDS);
            changed = changed.withInput(seed.nodeId(), seed.input(), next);
        }
        return changed;
    }

    /** Writes each preview as a file of its own. */
    private static final class PreviewSaver {
        private final Path folder;
        private final AtomicInteger number = new AtomicInteger();

        PreviewSaver(Path folder) {
            this.folder = folder;
        }

        void onEvent(ExecutionEvent event) {
            if (event instanceof ExecutionEvent.Preview image) {
                String extension = image.mediaType().equals("image/png") ? "png" : "jpg";
                try {
                    Files.createDirectories(folder);
                    Files.write(
                            folder.resolve(String.format(Locale.ROOT, "%05d.%s", number.incrementAndGet(), extension)),
                            image.bytes());
                } catch (IOException e) {
                    throw new UncheckedIOException("a preview could not be written to " + folder, e);
                }
            }
        }
    }
}
