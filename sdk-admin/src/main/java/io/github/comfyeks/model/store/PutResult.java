package io.github.comfyeks.model.store;

/**
 * What putting a model did. Immutable.
 *
 * @param object as it lies in the bucket now
 * @param sha256 of its content, in small hexadecimal digits
 * @param sent how many bytes went out; 0 if the bucket had it already, less than the size if an earlier try was gone on with
 */
public record PutResult(ModelObject object, String sha256, long sent) {}
