package io.github.comfyeks.model.catalog;

import java.net.URI;
import java.nio.file.Path;

/** Where a model comes from. */
public sealed interface ModelSource {
    /** It is in the bucket already. */
    record Present() implements ModelSource {
        @Override
        public String toString() {
            return "the bucket";
        }
    }

    /**
     * A file of this machine.
     *
     * @param path from the catalogue's own folder, if it is relative
     */
    record LocalFile(Path path) implements ModelSource {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A link; its content is proved by the SHA-256 that the catalogue must name.
     *
     * @param uri HTTPS, or HTTP on this machine
     */
    record Link(URI uri) implements ModelSource {
        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /**
     * An object of S3, which the bucket's credentials may read.
     *
     * @param bucket its bucket
     * @param key its whole key
     */
    record S3Object(String bucket, String key) implements ModelSource {
        @Override
        public String toString() {
            return "s3://" + bucket + "/" + key;
        }
    }
}
