package io.github.comfyeks.model.store;

import io.github.comfyeks.model.store.internal.Buckets;
import io.github.comfyeks.model.store.internal.Checksums;
import io.github.comfyeks.model.store.internal.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The models in a bucket, laid out like ComfyUI's {@code models/}. Immutable and safe for any number of threads; the client stays the
 * caller's, who closes it.
 */
public final class ModelStore {
    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    private ModelStore(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** The models that lie in a bucket, at its root. */
    public static ModelStore of(S3Client s3, String bucket) {
        return new ModelStore(s3, bucket, "");
    }

    /** The same, with the models under a prefix, such as {@code models/}; a slash at its end is added. */
    public ModelStore withPrefix(String under) {
        return new ModelStore(s3, bucket, under.isEmpty() || under.endsWith("/") ? under : under + "/");
    }

    public String bucket() {
        return bucket;
    }

    /** What stands before each key, empty or with a slash at its end. */
    public String prefix() {
        return prefix;
    }

    /**
     * Everything that is there now, page by page ({@code ListObjectsV2}); folders that some tools make as empty objects are left out, and
     * so is what is Comfyeks's own.
     *
     * @throws StoreException if the bucket cannot be listed
     */
    public ModelListing list() {
        SortedMap<ModelKey, ModelObject> models = new TreeMap<>();
        Map<String, String> refused = new TreeMap<>();
        Buckets.calling("list", bucket, prefix, () -> {
            ListObjectsV2Request request =
                    ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
            for (S3Object object : s3.listObjectsV2Paginator(request).contents()) {
                String name = object.key().substring(prefix.length());
                if (name.isEmpty() || name.endsWith("/") || name.startsWith(ModelKey.OWN_FOLDER + "/")) {
                    continue;
                }
                Optional<String> problem = ModelKey.problem(name);
                if (problem.isPresent()) {
                    refused.put(name, problem.get());
                } else {
                    ModelObject model = model(new ModelKey(name), object);
                    models.put(model.key(), model);
                }
            }
            return models;
        });
        return new ModelListing(models, refused);
    }

    private static ModelObject model(ModelKey key, S3Object object) {
        return new ModelObject(
                key,
                object.size(),
                Buckets.unquoted(object.eTag()),
                object.lastModified() == null ? Instant.EPOCH : object.lastModified(),
                object.storageClassAsString() == null ? "STANDARD" : object.storageClassAsString());
    }

    /**
     * The manifest now; the known one itself if it is still that ({@code If-None-Match}), and {@link ModelManifest#NONE} if there is none.
     *
     * @throws StoreException if it cannot be read or is no manifest
     */
    public ModelManifest manifest(ModelManifest known) {
        String key = prefix + ModelKey.OWN_FOLDER + "/manifest.json";
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket).key(key);
        if (known.exists()) {
            request.ifNoneMatch("\"" + known.etag() + "\"");
        }
        try (ResponseInputStream<GetObjectResponse> found =
                Buckets.calling("read", bucket, key, () -> s3.getObject(request.build()))) {
            return ManifestReader.read(found, Buckets.unquoted(found.response().eTag()));
        } catch (StoreException e) {
            return switch (e.status()) {
                case 304 -> known;
                case 404 -> ModelManifest.NONE;
                default -> throw e;
            };
        } catch (IOException e) {
            throw new StoreException("s3://" + bucket + "/" + key + " is no manifest: " + e.getMessage(), 0, e);
        }
    }

    /**
     * The checksums of the whole model that the bucket has, the most trusted one first ({@code HeadObject}).
     *
     * @throws StoreException if they cannot be read, or (status 412 or 404) the model has changed
     */
    public List<ModelChecksum> checksums(ModelObject model) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(bucket)
                .key(prefix + model.key())
                .ifMatch("\"" + model.etag() + "\"")
                .checksumMode(ChecksumMode.ENABLED)
                .build();
        return Checksums.of(Buckets.calling("look at", bucket, model.key().value(), () -> s3.headObject(request)));
    }

    /**
     * A part of exactly this version of a model. The caller closes the stream.
     *
     * @param from the first byte
     * @param length how many, at least one
     * @throws StoreException if it cannot be read, or (status 412) has changed
     */
    public InputStream read(ModelObject model, long from, long length) {
        return Buckets.calling(
                "read",
                bucket,
                model.key().value(),
                () -> s3.getObject(GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(prefix + model.key())
                        .ifMatch("\"" + model.etag() + "\"")
                        .range("bytes=" + from + "-" + (from + length - 1))
                        .build()));
    }
}
