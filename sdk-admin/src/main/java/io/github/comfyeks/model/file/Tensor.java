package io.github.comfyeks.model.file;

import java.util.List;

/**
 * One tensor of a file. Immutable.
 *
 * @param dtype such as {@code F16}, {@code BF16}, {@code F8_E4M3}
 * @param shape its dimensions; empty for a single number
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
public record Tensor(String dtype, List<Long> shape, long begin, long end) {
    public Tensor {
        shape = List.copyOf(shape);
    }

    /** How many numbers it holds. */
    public long parameters() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
