package io.github.comfyeks.model.file;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.file.internal.HeaderReader;
import io.github.comfyeks.model.store.ModelHead;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of a {@code .safetensors} file: 8 bytes with its length n, then n bytes of JSON. No more of the file is read. Headers are
 * not trusted: one that is longer than 100 MB, reaches beyond the file, leaves gaps or overlaps, or whose shapes don't fit its bytes is
 * refused. Immutable.
 *
 * @param tensors by name
 * @param metadata what the file's maker wrote
 */
public record SafetensorsHeader(SortedMap<String, Tensor> tensors, Map<String, String> metadata) {
    public SafetensorsHeader {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /**
     * Of a file of this machine.
     *
     * @throws LocalFileException if it cannot be read
     * @throws ModelFileException if the header is none or lies
     */
    public static SafetensorsHeader of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return HeaderReader.read(file.toString(), Files.size(file), (from, length) -> in.readNBytes(length));
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e, e);
        }
    }

    /**
     * Of a model in a bucket, by two requests of 8 and of n bytes.
     *
     * @throws StoreException if it cannot be read, or (status 404) is not there
     * @throws ModelFileException if the header is none or lies
     */
    public static SafetensorsHeader of(ModelStore store, ModelKey key) {
        ModelHead head = store.head(key);
        ModelObject model = head.object();
        String name = "s3://" + store.bucket() + "/" + store.prefix() + key;
        try {
            return HeaderReader.read(name, model.size(), (from, length) -> {
                if (length == 0) {
                    return new byte[0];
                }
                try (InputStream in = store.read(model, from, length)) {
                    return in.readNBytes(length);
                }
            });
        } catch (IOException e) {
            throw new StoreException(name + ": the connection was cut: " + e.getMessage(), 0, e);
        }
    }
}
