package io.github.comfyeks.model.store;

import java.time.Instant;

/**
 * One model as a bucket lists it ({@code ListObjectsV2}). Immutable.
 *
 * @param key its name
 * @param size in bytes
 * @param etag as S3 gives it, without quotes; another one means other content
 * @param lastModified by the bucket's clock
 * @param storageClass such as {@code STANDARD}; one that is archived cannot be read at once
 */
public record ModelObject(ModelKey key, long size, String etag, Instant lastModified, String storageClass) {}
