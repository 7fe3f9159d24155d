package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.ModelHead;
import io.github.comfyeks.model.store.ModelKey;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Copies within S3; no byte comes here. */
public final class Copying {
    /** The user metadata that holds the ETag of what was copied, by which a copy is known again. */
    public static final String SOURCE_ETAG = "source-etag";

    private static final long MOST_AT_ONCE = 5L << 30;
    private static final long PART = 1L << 30;

    private Copying() {}

    /** Copies this version of a model. */
    public static void copy(Bucket from, ModelHead source, Bucket to, ModelKey key, int parallel) {
        Map<String, String> metadata = new HashMap<>(source.metadata());
        metadata.put(SOURCE_ETAG, source.object().etag());
        if (source.object().size() <= MOST_AT_ONCE) {
            CopyObjectRequest request = CopyObjectRequest.builder()
                    .sourceBucket(from.name())
                    .sourceKey(from.objectKey(source.object().key()))
                    .copySourceIfMatch(etag(source))
                    .destinationBucket(to.name())
                    .destinationKey(to.objectKey(key))
                    .metadataDirective(MetadataDirective.REPLACE)
                    .metadata(metadata)
                    .build();
            to.calling("copy " + from.uri(request.sourceKey()) + " to", request.destinationKey(), () -> to.s3()
                    .copyObject(request));
        } else {
            inParts(from, source, to, to.objectKey(key), metadata, parallel);
        }
    }

    private static String etag(ModelHead source) {
        return "\"" + source.object().etag() + "\"";
    }

    private static void inParts(
            Bucket from, ModelHead source, Bucket to, String target, Map<String, String> metadata, int parallel) {
        String sourceKey = from.objectKey(source.object().key());
        String verb = "copy " + from.uri(sourceKey) + " to";
        CreateMultipartUploadRequest begin = CreateMultipartUploadRequest.builder()
                .bucket(to.name())
                .key(target)
                .metadata(metadata)
                .build();
        String uploadId = to.calling(
                verb, target, () -> to.s3().createMultipartUpload(begin).uploadId());
        long size = source.object().size();
        NavigableMap<Integer, CompletedPart> done = new ConcurrentSkipListMap<>();
        try {
            Parallel.each(
                    parallel,
                    IntStream.rangeClosed(1, (int) ((size + PART - 1) / PART))
                            .boxed()
                            .toList(),
                    number -> {
                        UploadPartCopyRequest request = UploadPartCopyRequest.builder()
                                .sourceBucket(from.name())
                                .sourceKey(sourceKey)
                                .copySourceIfMatch(etag(source))
                                .copySourceRange(
                                        "bytes=" + (number - 1) * PART + "-" + (Math.min(number * PART, size) - 1))
                                .destinationBucket(to.name())
                                .destinationKey(target)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .build();
                        String etag = to.calling(verb, target, () -> to.s3()
                                .uploadPartCopy(request)
                                .copyPartResult()
                                .eTag());
                        done.put(
                                number,
                                CompletedPart.builder()
                                        .partNumber(number)
                                        .eTag(etag)
                                        .build());
                    });
            to.calling(verb, target, () -> to.s3().completeMultipartUpload(request -> request.bucket(to.name())
                    .key(target)
                    .uploadId(uploadId)
                    .multipartUpload(CompletedMultipartUpload.builder()
                            .parts(done.values())
                            .build())));
        } catch (RuntimeException e) {
            to.s3()
                    .abortMultipartUpload(
                            request -> request.bucket(to.name()).key(target).uploadId(uploadId));
            throw e;
        }
    }
}
