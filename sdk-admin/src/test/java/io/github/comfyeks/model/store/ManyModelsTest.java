package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;

class ManyModelsTest {
    private static final int MANY = 120_000;
    private static final int PAGE = 1000;

    @Test
    @Timeout(120)
    void aHundredThousandModelsAreListedPageByPage(@TempDir Path folder) {
        AtomicInteger pages = new AtomicInteger();
        ForwardingBlobStore many = new ForwardingBlobStore(new FilesystemNio2BlobStore(folder.toString())) {
            @Override
            public ListObjectsV2Response list(ListObjectsV2Request request) {
                pages.incrementAndGet();
                int from = request.continuationToken() == null ? 0 : Integer.parseInt(request.continuationToken());
                List<S3Object> page = IntStream.range(from, from + PAGE)
                        .mapToObj(i -> SdkResponses.objectEntry(
                                "loras/model number %06d.safetensors".formatted(i),
                                "\"0123456789abcdef0123456789abcdef\"",
                                Instant.EPOCH,
                                (long) i,
                                StorageClass.STANDARD))
                        .toList();
                return SdkResponses.objectsPage(
                        page, List.of(), from + PAGE == MANY ? null : Integer.toString(from + PAGE));
            }
        };
        try (S3Server server = S3Server.over(many);
                S3Client s3 = server.client()) {
            s3.createBucket(request -> request.bucket("models"));
            ModelListing listing = ModelStore.of(s3, "models").list();
            assertThat(listing.models()).hasSize(MANY);
            assertThat(listing.size()).isEqualTo((long) MANY * (MANY - 1) / 2);
            assertThat(pages).hasValue(MANY / PAGE);
        }
    }
}
