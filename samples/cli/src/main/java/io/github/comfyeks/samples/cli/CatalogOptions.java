package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.catalog.ModelCatalog;
import io.github.comfyeks.model.catalog.ModelPlan;
import io.github.comfyeks.model.store.ModelStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which catalogue, whose signature, and whether what it does not name goes. */
final class CatalogOptions {
    @Parameters(paramLabel = "CATALOG", description = "The YAML file that says which models there should be.")
    private Path file = Path.of("");

    @Option(
            names = "--public-key",
            paramLabel = "PEM",
            description = "Takes the catalogue only if it is signed by the holder of this Ed25519 key.")
    private @Nullable Path publicKey;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "The signature. Default: the catalogue's name with .sig")
    private @Nullable Path signature;

    @Option(names = "--keep-others", description = "Leaves models alone that the catalogue does not name.")
    private boolean keepOthers;

    private ModelCatalog read() {
        if (publicKey == null) {
            return ModelCatalog.read(file);
        }
        Path signed = signature == null ? Path.of(file + ".sig") : signature;
        return ModelCatalog.read(file, signed, ModelCatalog.publicKey(publicKey));
    }

    ModelPlan plan(ModelStore store) {
        ModelPlan plan = read().plan(store);
        return keepOthers ? plan.withoutRemovals() : plan;
    }
}
