package io.github.comfyeks.model.catalog;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.catalog.internal.CatalogReader;
import io.github.comfyeks.model.catalog.internal.Planner;
import io.github.comfyeks.model.catalog.internal.Signatures;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * The models that there should be. Immutable. Read from YAML:
 *
 * <pre>{@code
 * models:
 *   - model: sd_xl_base_1.0.safetensors
 *     folder: checkpoints
 *     source: https://example.com/sd_xl_base_1.0.safetensors   # or s3://bucket/key, a file, or nothing: it is in the bucket
 *     sha256: 31e35c80fc4829d14f90153f4c74cd59c90b779f6afe05a74cd6120b893f7e5b
 *     tier: start        # nodes have it before they take work; default demand
 *     pin: true          # nodes never evict it; default false
 * folders: [my_nodes]    # beside those that ComfyUI has
 * }</pre>
 *
 * @param name of the file, for errors
 * @param models in the order of the file; no key twice
 */
public record ModelCatalog(String name, List<CatalogEntry> models) {
    private static final int LARGEST = 32 << 20;

    public ModelCatalog {
        models = List.copyOf(models);
    }

    /**
     * Reads a catalogue.
     *
     * @throws LocalFileException if the file cannot be read
     * @throws CatalogException naming all that is wrong in it
     */
    public static ModelCatalog read(Path file) {
        return CatalogReader.read(
                file.toString(), bytes(file), file.toAbsolutePath().resolveSibling(""));
    }

    /**
     * Reads a catalogue if it is signed by the holder of this key.
     *
     * @param signature a file with the Ed25519 signature of the whole catalogue, 64 bytes or as Base64, as
     *     {@code openssl pkeyutl -sign -rawin} makes it
     * @param key whose signature it must be
     * @throws LocalFileException if a file cannot be read
     * @throws CatalogException if it is not signed so, or naming all that is wrong in it
     */
    public static ModelCatalog read(Path file, Path signature, PublicKey key) {
        byte[] yaml = bytes(file);
        Signatures.check(file + "", yaml, signature + "", bytes(signature), key);
        return CatalogReader.read(file.toString(), yaml, file.toAbsolutePath().resolveSibling(""));
    }

    /**
     * Reads an Ed25519 public key as {@code openssl pkey -pubout} writes it (PEM).
     *
     * @throws LocalFileException if the file cannot be read or holds none
     */
    public static PublicKey publicKey(Path pem) {
        return Signatures.publicKey(pem + "", bytes(pem));
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new LocalFileException(file + " has more than 32 MiB", null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e, e);
        }
    }

    /** What it says of a model. */
    public Optional<CatalogEntry> find(ModelKey key) {
        return models.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /**
     * How a bucket differs. Nothing is changed; files of the same size as in the bucket are read, links are asked for their size.
     *
     * @throws CatalogException naming all that cannot be had, such as files that are not there
     * @throws StoreException if the bucket cannot be read
     */
    public ModelPlan plan(ModelStore store) {
        return new Planner(this, store).plan();
    }
}
