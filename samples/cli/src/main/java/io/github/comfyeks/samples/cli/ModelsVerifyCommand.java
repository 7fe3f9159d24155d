package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.store.ModelCheck;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.TransferOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Looks whether all models in a bucket can be read and proved, and whether the manifest fits; exits with 7 if"
                        + " not.")
final class ModelsVerifyCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 8;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--deep", description = "Reads all of every model and computes its checksum.")
    private boolean deep;

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
            return check.isSound() ? ExitCodes.OK : ExitCodes.DIFFERENT;
        }
    }
}
