package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.ModelHead;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelObject;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A place in S3 where models lie.
 *
 * @param s3 who talks to it
 * @param name of the bucket
 * @param prefix what stands before each key, empty or with a slash at its end
 */
public record Bucket(S3Client s3, String name, String prefix) {
    /** The whole name of a model's object. */
    public String objectKey(ModelKey key) {
        return prefix + key;
    }

    <T> T calling(String verb, String objectKey, Supplier<T> call) {
        return Buckets.calling(verb, name, objectKey, call);
    }

    String uri(String objectKey) {
        return "s3://" + name + "/" + objectKey;
    }

    /** @throws io.github.comfyeks.model.store.StoreException with status 404 if it is not there */
    public ModelHead head(ModelKey key) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(name)
                .key(objectKey(key))
                .checksumMode(ChecksumMode.ENABLED)
                .build();
        HeadObjectResponse head = calling("look at", objectKey(key), () -> s3.headObject(request));
        ModelObject object = new ModelObject(
                key,
                head.contentLength(),
                Buckets.unquoted(head.eTag()),
                head.lastModified() == null ? Instant.EPOCH : head.lastModified(),
                head.storageClassAsString() == null ? "STANDARD" : head.storageClassAsString());
        Map<String, String> metadata = head.metadata();
        return new ModelHead(object, Checksums.of(head), metadata, head.versionId() == null ? "" : head.versionId());
    }
}
