package io.github.comfyeks.inspect;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What one sampler has to do, as far as the workflow's literals tell. Immutable.
 *
 * @param nodeId the sampler
 * @param title what it is called in the editor; empty if it has no name of its own
 * @param classType its class
 * @param steps how many steps
 * @param megapixels the size in millions of pixels, of all images and frames that it makes at once together
 */
public record Sampling(String nodeId, String title, String classType, OptionalInt steps, OptionalDouble megapixels) {
    /** Steps times megapixels; empty if one of them is unknown. */
    public OptionalDouble megapixelSteps() {
        return steps.isPresent() && megapixels.isPresent()
                ? OptionalDouble.of(steps.getAsInt() * megapixels.getAsDouble())
                : OptionalDouble.empty();
    }
}
