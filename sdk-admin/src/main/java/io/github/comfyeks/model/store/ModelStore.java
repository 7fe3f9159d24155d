package io.github.comfyeks.model.store;

import io.github.comfyeks.model.store.internal.Bucket;
import io.github.comfyeks.model.store.internal.Buckets;
import io.github.comfyeks.model.store.internal.Checksums;
import io.github.comfyeks.model.store.internal.Copying;
import io.github.comfyeks.model.store.internal.Deletion;
import io.github.comfyeks.model.store.internal.Download;
import io.github.comfyeks.model.store.internal.Links;
import io.github.comfyeks.model.store.internal.LockFile;
import io.github.comfyeks.model.store.internal.ManifestReader;
import io.github.comfyeks.model.store.internal.ManifestWriter;
import io.github.comfyeks.model.store.internal.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
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

    /** The models of another bucket, at its root, through the same client. */
    public ModelStore inBucket(String other) {
        return of(s3, other);
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

    /**
     * All that the bucket says of a model.
     *
     * @throws StoreException if it cannot be asked, or (status 404) the model is not there
     */
    public ModelHead head(ModelKey key) {
        return place().head(key);
    }

    /**
     * Puts a file under this name, unless the bucket has the same there. What is larger than a part goes in parts, several at once; if
     * that fails, putting the same file again sends only what is missing. Its SHA-256 is checked by S3 and kept as user metadata. Nobody
     * sees the model before it is whole.
     *
     * @throws io.github.comfyeks.error.LocalFileException if the file cannot be read
     * @throws StoreException if the bucket does not take it, as when the file changes meanwhile (status 400)
     */
    public PutResult put(Path file, ModelKey key, TransferOptions options) {
        return Upload.put(place(), file, key, options);
    }

    /** The same with the defaults. */
    public PutResult put(Path file, ModelKey key) {
        return put(file, key, TransferOptions.DEFAULT);
    }

    /**
     * Gets a model into a file: beside it first, checked by the best checksum that the bucket has, synchronized, then renamed. A
     * connection that is cut is opened again.
     *
     * @throws io.github.comfyeks.error.LocalFileException if the file cannot be written
     * @throws StoreException if it cannot be read, has changed meanwhile (status 412), or is damaged
     */
    public ModelHead get(ModelKey key, Path file, TransferOptions options) {
        ModelHead head = head(key);
        Download.get(place(), head, file, options);
        return head;
    }

    /** The same with the defaults. */
    public ModelHead get(ModelKey key, Path file) {
        return get(key, file, TransferOptions.DEFAULT);
    }

    /**
     * Reads all of a model and compares its best checksum.
     *
     * @throws StoreException if it is damaged, cannot be read or (status 412) has changed
     */
    public void verify(ModelHead model, TransferOptions options) {
        Download.verify(place(), model, options);
    }

    /**
     * Copies a model within S3, from here or from another place that this store's client may read. No byte comes here.
     *
     * @throws StoreException if it cannot be copied
     */
    public ModelHead copy(ModelStore from, ModelKey source, ModelKey to) {
        Copying.copy(from.place(), from.head(source), place(), to, TransferOptions.DEFAULT.parallel());
        return head(to);
    }

    /**
     * Deletes a model. In a bucket with versions it is only marked as deleted and can be had back.
     *
     * @throws StoreException if it cannot be deleted; not if it is not there
     */
    public void delete(ModelKey key) {
        Deletion.now(place(), key);
    }

    /**
     * Deletes a model with all its versions, for ever.
     *
     * @return how many versions and marks there were
     * @throws StoreException if they cannot be deleted
     */
    public int deleteAllVersions(ModelKey key) {
        return Deletion.forever(place(), key);
    }

    /**
     * A link by which anybody can fetch a model for a time, without credentials. Nothing is asked of the bucket.
     *
     * @param time up to 7 days, and no longer than the credentials last
     */
    public URI link(ModelKey key, Duration time) {
        return Links.to(place(), key, time);
    }

    /**
     * Changes the manifest: reads it, calls {@code change}, and writes the outcome as the next generation if no one else wrote
     * meanwhile; else all of it again, so {@code change} may be called several times. Not written if nothing changes.
     *
     * @return what stands there now
     * @throws StoreException if it cannot be read or written
     */
    public ModelManifest updateManifest(UnaryOperator<ModelManifest> change) {
        return ManifestWriter.update(place(), this::manifest, change);
    }

    /**
     * Brings the manifest into step with what lies in the bucket now, which tells agents to look.
     *
     * @param sha256 of models whose content is known, in small hexadecimal digits
     */
    public ModelManifest refreshManifest(Map<ModelKey, String> sha256) {
        return updateManifest(manifest -> manifest.matching(list(), sha256));
    }

    /**
     * Takes the lock; close it when done.
     *
     * @param owner who wants it, in words that help another administrator, such as {@code ann@build-7}
     * @param expiry how long it lasts if its holder dies
     * @throws LockedException if another one has it
     */
    public ModelLock lock(String owner, Duration expiry, Clock clock) {
        return ModelLock.acquire(new LockFile(place()), owner, expiry, clock);
    }

    private Bucket place() {
        return new Bucket(s3, bucket, prefix);
    }
}
