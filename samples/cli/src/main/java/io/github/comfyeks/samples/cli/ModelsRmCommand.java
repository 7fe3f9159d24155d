package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.store.ModelListing;
import io.github.comfyeks.model.store.ModelLock;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        description =
                "Deletes models from a bucket; nodes follow. In a bucket with versions they are only marked as deleted.")
final class ModelsRmCommand implements Callable<Integer> {
    private static final Duration LOCK = Duration.ofMinutes(2);

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Mixin
    private Consent consent = new Consent();

    @Parameters(paramLabel = "KEY|FOLDER", arity = "1..*", description = "Such as loras/castle.safetensors.")
    private List<String> names = List.of();

    @Option(names = "--all-versions", description = "Deletes all versions for ever, in a bucket that has them.")
    private boolean allVersions;

    @Option(names = "--dry-run", description = "Only says what would be deleted.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try (S3Client s3 = aws.client(2)) {
            ModelStore store = aws.store(s3);
            ModelListing listing = store.list();
            List<ModelObject> doomed = listing.named(names);
            if (dryRun) {
                doomed.forEach(model -> tell("would delete", model));
                return ExitCodes.OK;
            }
            long bytes = doomed.stream().mapToLong(ModelObject::size).sum();
            if (!consent.to("delete " + doomed.size() + " models, " + Bytes.text(bytes) + ", from " + aws.place())) {
                return ExitCodes.USAGE;
            }
            try (ModelLock lock = store.lock(Owner.name(), LOCK, Clock.systemUTC())) {
                for (ModelObject model : doomed) {
                    lock.check();
                    if (allVersions) {
                        store.deleteAllVersions(model.key());
                    } else {
                        store.delete(model.key());
                    }
                    tell("deleted", model);
                }
                long generation = store.refreshManifest(Map.of()).generation();
                output.record("event", "manifest", "generation", generation);
            }
            return ExitCodes.OK;
        }
    }

    private void tell(String event, ModelObject model) {
        output.record("event", event, "key", model.key().value(), "bytes", model.size());
        output.line(event + " " + model.key());
    }
}
