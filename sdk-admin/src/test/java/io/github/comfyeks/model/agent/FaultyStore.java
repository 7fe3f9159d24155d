package io.github.comfyeks.model.agent;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** A bucket in which reading and listing can be made to fail. */
final class FaultyStore extends ForwardingBlobStore {
    /** What a bucket does when it is read. */
    @FunctionalInterface
    interface Reading {
        ResponseInputStream<GetObjectResponse> read(
                GetObjectRequest request, Supplier<ResponseInputStream<GetObjectResponse>> real);
    }

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger lists = new AtomicInteger();
    volatile Reading reading = (request, real) -> real.get();
    volatile UnaryOperator<ListObjectsV2Response> listing = real -> real;

    FaultyStore(BlobStore real) {
        super(real);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        if (!request.key().startsWith(".comfyeks/")) {
            reads.incrementAndGet();
            return reading.read(request, () -> super.getBlob(request));
        }
        return super.getBlob(request);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        lists.incrementAndGet();
        return listing.apply(super.list(request));
    }
}
