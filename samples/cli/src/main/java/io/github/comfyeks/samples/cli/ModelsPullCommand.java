package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.file.ModelFormat;
import io.github.comfyeks.model.store.ModelListing;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.ModelTransfers;
import io.github.comfyeks.model.store.TransferOptions;
import io.github.comfyeks.model.store.TransferReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description =
                "Gets models from a bucket into a folder that is laid out like ComfyUI's models/. Each is checked before it"
                        + " gets its name. Nothing is removed there.")
final class ModelsPullCommand implements Callable<Integer> {
    private static final int MODELS_AT_ONCE = 4;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "KEY|FOLDER", arity = "0..*", description = "Keys or model folders. Default: all")
    private List<String> names = List.of();

    @Option(names = "--dir", paramLabel = "FOLDER", description = "Where to. Default: here")
    private Path dir = Path.of("");

    @Option(names = "--no-pickles", description = "Refuses .ckpt, .pt, .bin and .pth: loading one runs a program.")
    private boolean noPickles;

    @Option(names = "--dry-run", description = "Only says what would be fetched.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try (S3Client s3 = aws.client(MODELS_AT_ONCE)) {
            ModelStore store = aws.store(s3);
            ModelListing listing = store.list();
            List<ModelObject> wanted = listing.named(names);
            if (noPickles) {
                refusePickles(wanted);
            }
            if (dryRun) {
                wanted.forEach(model -> {
                    output.record("event", "would pull", "key", model.key().value(), "bytes", model.size());
                    output.line(model.key() + "  " + model.size() + " bytes");
                });
                return ExitCodes.OK;
            }
            long total = wanted.stream().mapToLong(ModelObject::size).sum();
            TransferReport report;
            try (TransferBar bar = new TransferBar(output, "pull", total)) {
                report = ModelTransfers.get(store, wanted, dir, MODELS_AT_ONCE, TransferOptions.DEFAULT.listener(bar));
            }
            report.moved()
                    .forEach((key, bytes) -> output.record(
                            "event",
                            "pulled",
                            "key",
                            key.value(),
                            "file",
                            dir.resolve(key.value()).toString(),
                            "sha256",
                            report.sha256().get(key),
                            "received",
                            bytes));
            output.line(report.moved().size() + " models are there, " + report.bytes() + " bytes received");
            report.failed().values().forEach(why -> Comfyeks.tell(output.err(), why));
            return report.failed().isEmpty() ? ExitCodes.OK : ExitCodes.SERVER;
        }
    }

    private static void refusePickles(List<ModelObject> wanted) {
        List<String> pickles = wanted.stream()
                .map(model -> model.key().value())
                .filter(key -> ModelFormat.of(key).isUnsafe())
                .toList();
        if (!pickles.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing was fetched: --no-pickles refuses " + String.join(", ", pickles));
        }
    }
}
