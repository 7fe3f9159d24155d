package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.file.ModelFormat;
import io.github.comfyeks.model.store.ModelListing;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelManifest.Entry;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

@Command(name = "ls", mixinStandardHelpOptions = true, description = "Lists the models in a bucket.")
final class ModelsLsCommand implements Callable<Integer> {
    private static final int SHORT = 12;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "FOLDER", arity = "0..*", description = "Such as checkpoints or loras. Default: all")
    private List<String> folders = List.of();

    @Override
    public Integer call() {
        try (S3Client s3 = aws.client(1)) {
            ModelStore store = aws.store(s3);
            ModelListing listing = store.list();
            ModelManifest manifest = store.manifest(ModelManifest.NONE);
            List<List<String>> rows = new ArrayList<>();
            listing.models().values().stream()
                    .filter(model ->
                            folders.isEmpty() || folders.contains(model.key().folder()))
                    .forEach(model -> rows.add(row(model, manifest)));
            output.table(List.of("KEY", "BYTES", "MODIFIED", "CLASS", "TIER", "SHA-256", ""), rows);
            output.line(rows.size() + " models, "
                    + Bytes.text(rows.stream()
                            .mapToLong(row -> Long.parseLong(row.get(1)))
                            .sum()));
            listing.refused().forEach((name, why) -> {
                output.record("refused", name, "why", why);
                output.line("no node copies \"" + name + "\": " + why);
            });
            return ExitCodes.OK;
        }
    }

    private List<String> row(ModelObject model, ModelManifest manifest) {
        Optional<Entry> entry = manifest.find(model.key())
                .filter(found -> found.size() == model.size() && found.etag().equals(model.etag()));
        @Nullable String sha256 = entry.map(Entry::sha256).orElse(null);
        @Nullable
        String tier =
                entry.map(found -> found.tier().name().toLowerCase(Locale.ROOT)).orElse(null);
        boolean pin = entry.map(Entry::pin).orElse(false);
        boolean pickle = ModelFormat.of(model.key().value()).isUnsafe();
        output.record(
                "key",
                model.key().value(),
                "bytes",
                model.size(),
                "etag",
                model.etag(),
                "modified",
                model.lastModified().toString(),
                "class",
                model.storageClass(),
                "sha256",
                sha256,
                "tier",
                tier,
                "pin",
                pin,
                "pickle",
                pickle);
        return List.of(
                model.key().value(),
                Long.toString(model.size()),
                model.lastModified().toString(),
                model.storageClass(),
                (tier == null ? "" : tier) + (pin ? " pin" : ""),
                sha256 == null ? "" : sha256.substring(0, Math.min(SHORT, sha256.length())),
                pickle ? "pickle" : "");
    }
}
