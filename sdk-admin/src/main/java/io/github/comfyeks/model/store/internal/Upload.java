package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.ModelHead;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.PutResult;
import io.github.comfyeks.model.store.StoreException;
import io.github.comfyeks.model.store.TransferOptions;
import io.github.comfyeks.model.store.TransferProgress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** One file on its way into the bucket. Several threads send its parts. */
public final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final String TYPE = "application/octet-stream";

    private final Bucket bucket;
    private final ModelKey key;
    private final String objectKey;
    private final FileParts parts;
    private final TransferOptions options;
    private final Map<String, String> metadata;
    private final AtomicLong there = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    private Upload(Bucket bucket, ModelKey key, FileParts parts, TransferOptions options) {
        this.bucket = bucket;
        this.key = key;
        this.objectKey = bucket.objectKey(key);
        this.parts = parts;
        this.options = options;
        this.metadata = Map.of(Checksums.METADATA, parts.sha256());
    }

    /** Sends the file unless the bucket has the same; goes on with an upload that ended early. */
    public static PutResult put(Bucket bucket, Path file, ModelKey key, TransferOptions options) {
        FileParts parts = FileParts.of(file, options.partSize());
        Optional<ModelHead> before = present(bucket, key);
        if (before.filter(head -> has(head, parts)).isPresent()) {
            return new PutResult(before.get().object(), parts.sha256(), 0);
        }
        Upload upload = new Upload(bucket, key, parts, options);
        upload.tell();
        if (parts.count() == 1) {
            upload.sendWhole();
        } else {
            Optional<String> unfinished = upload.unfinished();
            upload.sendParts(unfinished.orElseGet(upload::begin), unfinished.isPresent());
            if (unfinished.isPresent() && !has(bucket.head(key), parts)) {
                // begun for an earlier version of the file that shares the parts that were there: its note of the
                // SHA-256 is that one's
                upload.there.set(0);
                upload.sendParts(upload.begin(), false);
            }
        }
        return new PutResult(bucket.head(key).object(), parts.sha256(), upload.sent.get());
    }

    private static Optional<ModelHead> present(Bucket bucket, ModelKey key) {
        try {
            return Optional.of(bucket.head(key));
        } catch (StoreException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean has(ModelHead head, FileParts parts) {
        return head.object().size() == parts.size()
                && head.sha256().filter(parts.sha256()::equals).isPresent();
    }

    private void tell() {
        options.listener().accept(new TransferProgress(key, Math.min(there.get(), parts.size()), parts.size()));
    }

    private RequestBody body(int number) {
        return RequestBody.fromContentProvider(() -> parts.open(number), parts.length(number), TYPE);
    }

    private void sendWhole() {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .metadata(metadata)
                .contentType(TYPE)
                .checksumSHA256(parts.partBase64(1))
                .build();
        bucket.calling("take", objectKey, () -> bucket.s3().putObject(request, body(1)));
        count(parts.size());
    }

    private void count(long bytes) {
        sent.addAndGet(bytes);
        there.addAndGet(bytes);
        tell();
    }

    private String begin() {
        CreateMultipartUploadRequest request = CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .metadata(metadata)
                .contentType(TYPE)
                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                .build();
        return bucket.calling("take", objectKey, () -> bucket.s3()
                .createMultipartUpload(request)
                .uploadId());
    }

    /** The newest upload of this key that nobody finished. */
    private Optional<String> unfinished() {
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(bucket.name())
                .prefix(objectKey)
                .build();
        try {
            return bucket.calling(
                    "list unfinished uploads of",
                    objectKey,
                    () -> bucket.s3().listMultipartUploadsPaginator(request).uploads().stream()
                            .filter(upload -> upload.key().equals(objectKey))
                            .max(Comparator.comparing(MultipartUpload::initiated))
                            .map(MultipartUpload::uploadId));
        } catch (StoreException e) {
            LOG.debug("no upload of {} is gone on with", key, e); // a permission that one can do without
            return Optional.empty();
        }
    }

    private void sendParts(String uploadId, boolean resumed) {
        NavigableMap<Integer, CompletedPart> done = new ConcurrentSkipListMap<>();
        if (resumed) {
            done.putAll(kept(uploadId));
            done.keySet().forEach(number -> there.addAndGet(parts.length(number)));
            tell();
        }
        Parallel.each(
                options.parallel(),
                IntStream.rangeClosed(1, parts.count())
                        .boxed()
                        .filter(number -> !done.containsKey(number))
                        .toList(),
                number -> done.put(number, send(uploadId, number)));
        CompleteMultipartUploadRequest request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .uploadId(uploadId)
                .multipartUpload(
                        CompletedMultipartUpload.builder().parts(done.values()).build())
                .build();
        bucket.calling("take", objectKey, () -> bucket.s3().completeMultipartUpload(request));
    }

    private CompletedPart send(String uploadId, int number) {
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .uploadId(uploadId)
                .partNumber(number)
                .checksumSHA256(parts.partBase64(number))
                .build();
        String etag = bucket.calling("take part " + number + " of", objectKey, () -> bucket.s3()
                .uploadPart(request, body(number))
                .eTag());
        count(parts.length(number));
        return completed(number, etag);
    }

    private CompletedPart completed(int number, String etag) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(etag)
                .checksumSHA256(parts.partBase64(number))
                .build();
    }

    /** The parts of an earlier try that are what the file has there. */
    private NavigableMap<Integer, CompletedPart> kept(String uploadId) {
        ListPartsRequest request = ListPartsRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .uploadId(uploadId)
                .build();
        NavigableMap<Integer, CompletedPart> kept = new ConcurrentSkipListMap<>();
        bucket.calling("list the parts of", objectKey, () -> {
            bucket.s3().listPartsPaginator(request).parts().stream()
                    .filter(this::isOurs)
                    .forEach(part -> kept.put(part.partNumber(), completed(part.partNumber(), part.eTag())));
            return kept;
        });
        return kept;
    }

    private boolean isOurs(Part part) {
        int number = part.partNumber();
        if (number > parts.count() || part.size() != parts.length(number)) {
            return false;
        }
        return part.checksumSHA256() == null
                ? Buckets.unquoted(part.eTag()).equals(parts.partMd5(number))
                : part.checksumSHA256().equals(parts.partBase64(number));
    }
}
