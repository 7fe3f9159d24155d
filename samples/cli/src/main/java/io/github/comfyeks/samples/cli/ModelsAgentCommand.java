package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.agent.AgentEndpoint;
import io.github.comfyeks.model.agent.AgentListener;
import io.github.comfyeks.model.agent.AgentOptions;
import io.github.comfyeks.model.agent.AgentReport;
import io.github.comfyeks.model.agent.NodeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description =
                "Keeps a folder in step with a bucket of models, until it is stopped. Each look that changes or fails to change"
                        + " something is told.")
final class ModelsAgentCommand implements Callable<Integer> {
    private static final int OTHER_REQUESTS = 4;
    private static final int MOST_LINES = 20;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--dir", required = true, paramLabel = "FOLDER", description = "ComfyUI's models folder.")
    private Path dir = Path.of("");

    @Option(names = "--once", description = "Looks once, and exits with 7 if the folder is not in step then.")
    private boolean once;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = Durations.class,
            description = "How long a model stays that the bucket has no more. Default: 10m")
    private Duration grace = Duration.ofMinutes(10);

    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            defaultValue = "0",
            converter = Bytes.class,
            description =
                    "How much the agent may keep, such as 100G; the least recently used go first. Default: no limit")
    private long maxBytes;

    @Option(
            names = "--bandwidth",
            paramLabel = "N",
            defaultValue = "0",
            converter = Bytes.class,
            description = "How many bytes a second it may read, such as 200M. Default: no limit")
    private long bandwidth;

    @Option(names = "--parallel", paramLabel = "N", defaultValue = "8", description = "Requests at once. Default: 8")
    private int parallel;

    @Option(
            names = "--poll",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "How often the manifest is asked for changes. Default: 30s")
    private Duration poll = Duration.ofSeconds(30);

    @Option(
            names = "--full-pass",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = Durations.class,
            description = "How often the whole bucket is listed. Default: 5m")
    private Duration fullPass = Duration.ofMinutes(5);

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "A file that is there once all models are that are needed before the node takes work.")
    private @Nullable Path readyFile;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Opens POST /nudge, GET /status and GET /healthz on this port of 127.0.0.1; 0: any.")
    private @Nullable Integer port;

    private final ReentrantLock telling = new ReentrantLock();

    @Override
    public Integer call() throws InterruptedException {
        AgentOptions options = AgentOptions.builder(dir)
                .grace(grace)
                .maxBytes(maxBytes)
                .bytesPerSecond(bandwidth)
                .parallel(parallel)
                .poll(poll)
                .fullPass(fullPass)
                .readyFile(readyFile)
                .listener(new AgentListener() {
                    @Override
                    public void onReport(AgentReport report) {
                        tell(report);
                    }

                    @Override
                    public void onReady() {
                        output.record("event", "ready");
                        output.line("ready: all models are there that are needed first");
                    }
                })
                .build();
        try (S3Client s3 = aws.client(parallel + OTHER_REQUESTS);
                NodeAgent agent = NodeAgent.create(aws.store(s3), options)) {
            if (once) {
                return agent.sync().inStep() ? ExitCodes.OK : ExitCodes.DIFFERENT;
            }
            return watch(agent);
        }
    }

    private int watch(NodeAgent agent) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1); // by a signal
        if (port == null) {
            agent.start();
            stopped.await();
            return ExitCodes.OK;
        }
        try (AgentEndpoint endpoint = AgentEndpoint.open(agent, port)) {
            output.record("event", "listening", "url", endpoint.uri().toString());
            output.line("listening on " + endpoint.uri());
            agent.start();
            stopped.await();
            return ExitCodes.OK;
        }
    }

    private void tell(AgentReport report) {
        telling.lock();
        try {
            Map<String, Object> fields = new LinkedHashMap<>(Map.of("event", "looked"));
            fields.putAll(report.toMap());
            output.record(fields);
            String text = text(report);
            if (once || report.changed() || !report.inStep()) {
                output.line(text);
            }
            List<String> troubles = troubles(report);
            troubles.stream().limit(MOST_LINES).forEach(trouble -> Comfyeks.tell(output.err(), trouble));
            if (troubles.size() > MOST_LINES) {
                Comfyeks.tell(output.err(), "and " + (troubles.size() - MOST_LINES) + " more; --json tells all");
            }
        } finally {
            telling.unlock();
        }
    }

    private static String text(AgentReport report) {
        List<String> parts = new ArrayList<>();
        parts.add(report.copied().size() + " copied (" + Bytes.text(report.bytes()) + ")");
        parts.add(report.removed().size() + " removed");
        if (!report.evicted().isEmpty()) {
            parts.add(report.evicted().size() + " evicted");
        }
        parts.add(report.kept() + " kept");
        return report.started() + "  " + String.join(", ", parts) + "; "
                + (report.inStep() ? "in step" : "not in step")
                + (report.generation() == 0 ? "" : " with generation " + report.generation());
    }

    /** One line each; nothing that is only waiting. */
    private static List<String> troubles(AgentReport report) {
        List<String> lines = new ArrayList<>();
        if (!report.problem().isEmpty()) {
            lines.add(report.problem());
        }
        report.failed().forEach((key, reason) -> lines.add(key + " is not copied: " + reason));
        report.conflicts().forEach((key, reason) -> lines.add(key + " is not copied: " + reason));
        report.skipped().forEach((key, reason) -> lines.add(key + " is left out: " + reason));
        report.refused().forEach((name, reason) -> lines.add("\"" + name + "\" is refused: " + reason));
        return lines;
    }
}
