package io.github.comfyeks.model.store;

import io.github.comfyeks.model.store.internal.Buckets;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Looks and writes as one step, as S3 does; the store on a folder looks first and writes a moment later. */
final class AtomicWrites extends ForwardingBlobStore {
    private final ReentrantLock one = new ReentrantLock();

    AtomicWrites(BlobStore store) {
        super(store);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        if (request.ifMatch() == null && request.ifNoneMatch() == null) {
            return super.putBlob(request, body);
        }
        one.lock();
        try {
            HeadObjectResponse there = delegate().blobMetadataIfPresent(request.bucket(), request.key());
            String etag = there == null ? "" : Buckets.unquoted(there.eTag());
            if (!etag.equals(request.ifMatch() == null ? "" : Buckets.unquoted(request.ifMatch()))) {
                throw S3Exception.builder()
                        .statusCode(412)
                        .message("another one was first")
                        .build();
            }
            return super.putBlob(request, body);
        } finally {
            one.unlock();
        }
    }
}
