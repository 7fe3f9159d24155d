package io.github.comfyeks.testing.internal.image;

import java.util.List;
import java.util.function.UnaryOperator;

/** A batch of pictures: what ComfyUI calls IMAGE. At least one. */
public record Images(List<Picture> pictures) {

    public Images {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one picture");
        }
    }

    public static Images of(Picture picture) {
        return new Images(List.of(picture));
    }

    public Picture first() {
        return pictures.get(0);
    }

    public Images map(UnaryOperator<Picture> change) {
        return new Images(pictures.stream().map(change).toList());
    }

    /** As a server prints a tensor, only shorter. */
    @Override
    public String toString() {
        double red = (first().argb()[0] >> 16 & 0xff) / 255.0;
        return String.format(java.util.Locale.ROOT, "tensor([[[[%.4f, ...]]]])", red);
    }
}
