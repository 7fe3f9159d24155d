package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.catalog.ModelPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Says how a bucket differs from a catalogue. Changes nothing.")
final class ModelsPlanCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 8;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--check", description = "Exits with 7 if they differ.")
    private boolean check;

    @Override
    public Integer call() {
        try (S3Client s3 = aws.client(CONNECTIONS)) {
            ModelPlan plan = catalog.plan(aws.store(s3));
            Plans.show(output, plan);
            return check && !plan.isEmpty() ? ExitCodes.DIFFERENT : ExitCodes.OK;
        }
    }
}
