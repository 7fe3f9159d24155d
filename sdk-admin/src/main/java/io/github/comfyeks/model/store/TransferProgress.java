package io.github.comfyeks.model.store;

/**
 * How far a transfer is. Immutable.
 *
 * @param key which model
 * @param bytes that are there, with those that an earlier try had sent; never shrinks
 * @param total bytes of the model
 */
public record TransferProgress(ModelKey key, long bytes, long total) {}
