package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.sync.ManagedNode;
import io.github.comfyeks.model.sync.ModelSync;
import io.github.comfyeks.model.sync.NodeOutcome;
import io.github.comfyeks.model.sync.SyncDocument;
import io.github.comfyeks.model.sync.SyncOptions;
import io.github.comfyeks.model.sync.SyncReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description =
                "Has the agents of all nodes with a tag reach the bucket's generation, through Systems Manager, and waits for"
                        + " each; exits with 7 if a node does not get there.")
final class ModelsSyncCommand implements Callable<Integer> {
    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--tag",
            required = true,
            paramLabel = "KEY=VALUE",
            description = "The nodes' tag; of any value: KEY=*")
    private String tag = "";

    @Option(
            names = "--document",
            paramLabel = "NAME",
            defaultValue = SyncDocument.NAME,
            description = "The Systems Manager document. Default: " + SyncDocument.NAME)
    private String document = SyncDocument.NAME;

    @Option(names = "--install-document", description = "Makes the document first, or brings it up to date.")
    private boolean install;

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "The generation to reach. Default: that of the bucket's manifest")
    private @Nullable Long generation;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "For how long a node waits for its agent. Default: 1h")
    private Duration patience = Duration.ofHours(1);

    @Option(
            names = "--max-concurrency",
            paramLabel = "N|N%",
            defaultValue = "25%",
            description = "How many nodes at once. Default: 25%%")
    private String maxConcurrency = "25%";

    @Option(
            names = "--max-errors",
            paramLabel = "N|N%",
            defaultValue = "100%",
            description = "After how many failures no further node is begun. Default: 100%%")
    private String maxErrors = "100%";

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often nodes that failed are tried again. Default: 1")
    private int retries;

    @Option(names = "--dry-run", description = "Only lists the nodes.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        try (SsmClient ssm = aws.ssm()) {
            ModelSync sync = ModelSync.of(ssm, options());
            if (dryRun) {
                return list(sync.nodes());
            }
            if (install) {
                SyncDocument.install(ssm, document);
            }
            SyncReport report = sync.sync(generation == null ? ofBucket() : generation);
            for (int i = 0; i < retries && !report.isSuccess(); i++) {
                report = sync.retryFailed(report);
            }
            return tell(report);
        }
    }

    private SyncOptions options() {
        int equals = tag.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--tag " + tag + " is no KEY=VALUE");
        }
        return SyncOptions.of(tag.substring(0, equals), tag.substring(equals + 1))
                .withDocument(document)
                .withPatience(patience)
                .withMaxConcurrency(maxConcurrency)
                .withMaxErrors(maxErrors);
    }

    private long ofBucket() {
        try (S3Client s3 = aws.client(1)) {
            ModelStore store = aws.store(s3);
            return store.manifest(ModelManifest.NONE).generation();
        }
    }

    private int list(List<ManagedNode> nodes) {
        for (ManagedNode node : nodes) {
            output.record("node", node.id(), "online", node.online(), "agent_version", node.agentVersion());
        }
        output.table(
                List.of("NODE", "ONLINE", "AGENT"),
                nodes.stream()
                        .map(node -> List.of(node.id(), node.online() ? "yes" : "no", node.agentVersion()))
                        .toList());
        output.line(nodes.size() + (nodes.size() == 1 ? " node" : " nodes"));
        return ExitCodes.OK;
    }

    private int tell(SyncReport report) {
        for (NodeOutcome node : report.nodes().values()) {
            output.record(
                    "node",
                    node.node(),
                    "status",
                    node.status(),
                    "exit_code",
                    node.exitCode(),
                    "output",
                    node.output(),
                    "error",
                    node.error());
        }
        output.line(report.toString());
        return report.isSuccess() ? ExitCodes.OK : ExitCodes.DIFFERENT;
    }
}
