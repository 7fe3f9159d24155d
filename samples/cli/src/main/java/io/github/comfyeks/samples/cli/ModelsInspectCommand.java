package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.file.ModelFormat;
import io.github.comfyeks.model.file.ModelInspection;
import io.github.comfyeks.model.file.SafetensorsHeader;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Says what models are: kind, base model, numbers, trigger words. Of a bucket only the headers are read;"
                        + " without --bucket files of this machine.")
final class ModelsInspectCommand implements Callable<Integer> {
    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "KEY|FILE", arity = "1..*", description = "Such as loras/castle.safetensors.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        if (!aws.hasBucket()) {
            return inspect(name -> SafetensorsHeader.of(Path.of(name)));
        }
        try (S3Client s3 = aws.client(1)) {
            ModelStore store = aws.store(s3);
            return inspect(name -> SafetensorsHeader.of(store, new ModelKey(name)));
        }
    }

    private int inspect(Function<String, SafetensorsHeader> header) {
        for (String name : names) {
            ModelFormat format = ModelFormat.of(name);
            if (format == ModelFormat.SAFETENSORS) {
                tell(name, ModelInspection.of(header.apply(name)));
            } else {
                output.record("name", name, "format", word(format), "pickle", format.isUnsafe());
                output.line(name + ": "
                        + (format.isUnsafe()
                                ? "a pickle: whoever loads it runs what its author put in; nothing more is read"
                                : word(format) + "; only safetensors are read"));
            }
        }
        return ExitCodes.OK;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void tell(String name, ModelInspection found) {
        output.record(
                "name",
                name,
                "format",
                "safetensors",
                "kind",
                word(found.kind()),
                "base",
                found.base(),
                "tensors",
                found.tensors(),
                "parameters",
                found.parameters(),
                "dtypes",
                found.dtypes(),
                "triggerWords",
                found.triggerWords(),
                "claims",
                found.claims());
        output.line(name);
        output.line("  kind        " + word(found.kind()) + (found.base().isEmpty() ? "" : ", " + found.base()));
        output.line(
                String.format(Locale.ROOT, "  parameters  %,d in %,d tensors", found.parameters(), found.tensors()));
        output.line("  dtypes      "
                + found.dtypes().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(dtype -> String.format(Locale.ROOT, "%s %,d", dtype.getKey(), dtype.getValue()))
                        .collect(Collectors.joining(", ")));
        if (!found.triggerWords().isEmpty()) {
            output.line("  triggers    " + String.join(", ", found.triggerWords()));
        }
        found.claims().forEach((field, claim) -> output.line("  " + field + ": " + claim));
    }
}
