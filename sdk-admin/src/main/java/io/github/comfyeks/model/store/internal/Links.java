package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.ModelKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/** Links that carry a signature. */
public final class Links {
    private Links() {}

    /** Signed with what the client has: its region, credentials and endpoint. */
    public static URI to(Bucket bucket, ModelKey key, Duration time) {
        S3ServiceClientConfiguration client = bucket.s3().serviceClientConfiguration();
        Optional<URI> endpoint = client.endpointOverride();
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(client.region())
                .credentialsProvider(client.credentialsProvider())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(endpoint.isPresent()) // which a client does not tell
                        .build());
        endpoint.ifPresent(builder::endpointOverride);
        GetObjectPresignRequest request = GetObjectPresignRequest.builder()
                .signatureDuration(time)
                .getObjectRequest(get -> get.bucket(bucket.name()).key(bucket.objectKey(key)))
                .build();
        try (S3Presigner presigner = builder.build()) {
            return URI.create(presigner.presignGetObject(request).url().toString());
        }
    }
}
