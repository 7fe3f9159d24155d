package io.github.comfyeks.testing.internal.image;

/** A batch of grey pictures: what ComfyUI calls MASK. The value is in all three channels. */
public record Mask(Images images) {
    @Override
    public String toString() {
        return images.toString();
    }
}
