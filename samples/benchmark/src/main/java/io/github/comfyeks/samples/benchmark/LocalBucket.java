package io.github.comfyeks.samples.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server in this process. */
final class LocalBucket implements AutoCloseable {
    private static final String KEY_ID = "test";
    private static final String SECRET = "testsecret";

    private final S3Proxy proxy;

    private LocalBucket(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /** A server whose buckets are folders in this one. */
    static LocalBucket on(Path folder) throws Exception {
        return over(new FilesystemNio2BlobStore(folder.toString()));
    }

    /** A server with so many empty models in each bucket. */
    static LocalBucket ofEmptyModels(Path folder, int count) throws Exception {
        return over(new EmptyModels(new FilesystemNio2BlobStore(folder.toString()), count));
    }

    private static LocalBucket over(BlobStore store) throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY_ID, SECRET)
                .ignoreUnknownHeaders(true)
                .v4MaxNonChunkedRequestSize(1L << 30)
                .build();
        proxy.start();
        return new LocalBucket(proxy);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    S3Client client(int connections) {
        return client(uri(), connections);
    }

    static S3Client client(URI endpoint, int connections) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(connections))
                .build();
    }

    @Override
    public void close() throws IOException {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IOException("the S3 server does not stop", e);
        }
    }

    /** Lists from memory: a folder of so many files takes longer to list than what is to be measured. */
    private static final class EmptyModels extends ForwardingBlobStore {
        private static final String ETAG = "\"d41d8cd98f00b204e9800998ecf8427e\"";
        private static final int PAGE = 1_000;

        private final List<String> keys;

        EmptyModels(BlobStore real, int count) {
            super(real);
            keys = IntStream.range(0, count)
                    .mapToObj(i -> String.format(Locale.ROOT, "loras/%03d/model %06d.safetensors", i / PAGE, i))
                    .toList();
        }

        @Override
        public ListObjectsV2Response list(ListObjectsV2Request request) {
            String after = request.continuationToken() == null ? "" : request.continuationToken();
            int found = Collections.binarySearch(keys, after);
            int from = found < 0 ? -found - 1 : found + 1;
            List<String> page = keys.subList(from, Math.min(from + PAGE, keys.size()));
            boolean more = from + PAGE < keys.size();
            return ListObjectsV2Response.builder()
                    .name(request.bucket())
                    .contents(page.stream()
                            .map(key -> S3Object.builder()
                                    .key(key)
                                    .size(0L)
                                    .eTag(ETAG)
                                    .lastModified(Instant.EPOCH)
                                    .build())
                            .toList())
                    .keyCount(page.size())
                    .isTruncated(more)
                    .nextContinuationToken(more ? page.get(page.size() - 1) : null)
                    .build();
        }

        @Override
        public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
            return HeadObjectResponse.builder()
                    .contentLength(0L)
                    .eTag(ETAG)
                    .lastModified(Instant.EPOCH)
                    .metadata(Map.of())
                    .build();
        }
    }
}
