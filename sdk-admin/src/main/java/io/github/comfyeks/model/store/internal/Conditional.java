package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.StoreException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Writes of S3 that one of several writers wins. */
final class Conditional {
    private Conditional() {}

    /**
     * Writes it if it is still the known version.
     *
     * @param name below the prefix
     * @param known the ETag that it must have; empty if it must not be there
     * @return its new ETag
     * @throws StoreException with status 412, 409 or 404 if another one was first
     */
    static String put(Bucket bucket, String name, byte[] content, String known) {
        String key = bucket.prefix() + name;
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket.name()).key(key).contentType("application/json");
        if (known.isEmpty()) {
            request.ifNoneMatch("*");
        } else {
            request.ifMatch("\"" + known + "\"");
        }
        return bucket.calling(
                "write",
                key,
                () -> Buckets.unquoted(bucket.s3()
                        .putObject(request.build(), RequestBody.fromBytes(content))
                        .eTag()));
    }
}
