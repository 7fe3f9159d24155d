package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.catalog.ApplyOptions;
import io.github.comfyeks.model.catalog.ApplyReport;
import io.github.comfyeks.model.catalog.ModelPlan;
import io.github.comfyeks.model.catalog.PlannedChange;
import io.github.comfyeks.model.catalog.PlannedChange.Action;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.TransferOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Brings a bucket into step with a catalogue; nodes follow. Done again it goes on where it ended.")
final class ModelsApplyCommand implements Callable<Integer> {
    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private Output output = new Output();

    @Mixin
    private Consent consent = new Consent();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many models at once. Default: 2")
    private int parallel = 2;

    @Option(
            names = "--downloads",
            paramLabel = "FOLDER",
            description = "Where links' contents lie until they are sent. Default: in the system's temporary folder")
    private @Nullable Path downloads;

    @Option(names = "--dry-run", description = "Only shows the plan.")
    private boolean dryRun;

    @Override
    public Integer call() {
        TransferOptions transfer = TransferOptions.DEFAULT;
        try (S3Client s3 = aws.client(Math.max(parallel, 2) * (transfer.parallel() + 1))) {
            ModelStore store = aws.store(s3);
            ModelPlan plan = catalog.plan(store);
            Plans.show(output, plan);
            if (dryRun || plan.isEmpty()) {
                return ExitCodes.OK;
            }
            List<PlannedChange> removals = plan.of(Action.REMOVE);
            if (!removals.isEmpty() && !consent.to("delete " + removals.size() + " models from " + aws.place())) {
                return ExitCodes.USAGE;
            }
            ApplyReport report;
            try (TransferBar bar = new TransferBar(output, "apply", plan.bytes())) {
                ApplyOptions options =
                        ApplyOptions.by(Owner.name()).parallel(parallel).transfer(transfer.listener(bar));
                report = plan.apply(store, downloads == null ? options : options.downloads(downloads));
            }
            tell(report);
            return report.succeeded() ? ExitCodes.OK : ExitCodes.SERVER;
        }
    }

    private void tell(ApplyReport report) {
        report.done()
                .forEach(change -> output.record(
                        "event",
                        "done",
                        "action",
                        change.action().name().toLowerCase(Locale.ROOT),
                        "key",
                        change.key().value()));
        report.failed().forEach((key, why) -> {
            output.record("event", "failed", "key", key.value(), "why", why);
            Comfyeks.tell(output.err(), why);
        });
        output.record("event", "manifest", "generation", report.generation(), "sent", report.sent());
        output.line(report.done().size() + " done, " + report.failed().size() + " failed, " + report.sent()
                + " bytes sent; generation " + report.generation());
    }
}
