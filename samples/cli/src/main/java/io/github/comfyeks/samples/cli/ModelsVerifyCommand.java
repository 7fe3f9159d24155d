package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.model.store.ModelCheck;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.TransferOptions;
import io.github.comfyeks.model.visibility.ModelVisibility;
import io.github.comfyeks.model.visibility.VisibilityReport;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Looks whether all models in a bucket can be read and proved, and whether the manifest fits, and on ComfyUI"
                        + " servers whether they offer them; exits with 7 if not.")
final class ModelsVerifyCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 8;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--deep", description = "Reads all of every model and computes its checksum.")
    private boolean deep;

    @Option(
            names = "--on",
            paramLabel = "URL",
            description = "A ComfyUI server that must offer every model; may be given several times.")
    private List<URI> servers = new ArrayList<>();

    @Override
    public Integer call() {
        try (S3Client s3 = aws.client(CONNECTIONS)) {
            ModelStore store = aws.store(s3);
            ModelCheck check;
            try (TransferBar bar =
                    new TransferBar(output, "verify", deep ? store.list().size() : 0)) {
                check = ModelCheck.of(store, deep, TransferOptions.DEFAULT.listener(bar));
            }
            check.findings()
                    .forEach((key, all) -> all.forEach(what -> {
                        output.record("key", key, "finding", what);
                        output.line(key + ": " + what);
                    }));
            output.line(check.models() + " models, "
                    + (check.isSound() ? "all sound" : check.findings().size() + " with problems"));
            boolean visible = servers.isEmpty() || offered(store);
            return check.isSound() && visible ? ExitCodes.OK : ExitCodes.DIFFERENT;
        }
    }

    private boolean offered(ModelStore store) {
        List<ComfyClient> clients = servers.stream().map(ComfyClient::create).toList();
        try {
            VisibilityReport report =
                    ModelVisibility.of(clients).look(store.list().models().values());
            report.unseen()
                    .forEach((server, unseen) -> unseen.forEach(each -> output.record(
                            "server",
                            server.toString(),
                            "key",
                            each.key().value(),
                            "reason",
                            each.reason().value())));
            output.line(report.toString());
            return report.allVisible();
        } finally {
            clients.forEach(ComfyClient::close);
        }
    }
}
