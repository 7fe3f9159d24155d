package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.ModelKey;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Removes models from a bucket. */
public final class Deletion {
    private Deletion() {}

    /** The model as readers see it. */
    public static void now(Bucket bucket, ModelKey key) {
        String objectKey = bucket.objectKey(key);
        DeleteObjectRequest request = DeleteObjectRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .build();
        bucket.calling("delete", objectKey, () -> bucket.s3().deleteObject(request));
    }

    /** All its versions and the marks between them; the count of both. */
    public static int forever(Bucket bucket, ModelKey key) {
        String objectKey = bucket.objectKey(key);
        List<String> versions = versions(bucket, objectKey);
        for (String version : versions) {
            DeleteObjectRequest request = DeleteObjectRequest.builder()
                    .bucket(bucket.name())
                    .key(objectKey)
                    .versionId(version)
                    .build();
            bucket.calling("delete version " + version + " of", objectKey, () -> bucket.s3()
                    .deleteObject(request));
        }
        return versions.size();
    }

    private static List<String> versions(Bucket bucket, String objectKey) {
        ListObjectVersionsRequest request = ListObjectVersionsRequest.builder()
                .bucket(bucket.name())
                .prefix(objectKey)
                .build();
        List<String> versions = new ArrayList<>();
        return bucket.calling("list the versions of", objectKey, () -> {
            for (ListObjectVersionsResponse page : bucket.s3().listObjectVersionsPaginator(request)) {
                page.versions().stream()
                        .filter(version -> version.key().equals(objectKey))
                        .map(ObjectVersion::versionId)
                        .forEach(versions::add);
                page.deleteMarkers().stream()
                        .filter(mark -> mark.key().equals(objectKey))
                        .map(DeleteMarkerEntry::versionId)
                        .forEach(versions::add);
            }
            return versions;
        });
    }
}
