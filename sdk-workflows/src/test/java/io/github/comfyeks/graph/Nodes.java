package io.github.comfyeks.graph;

import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.graph.type.IntValue;

/** Two node classes as the generator writes them, small enough to read. */
final class Nodes {
    private Nodes() {}

    static final class EmptyImage extends TypedNode<EmptyImage> {
        private static final NodeType TYPE = NodeType.of("EmptyImage")
                .input("width", 512L)
                .input("height", 512L)
                .input("color", 0L)
                .outputs("IMAGE");

        private EmptyImage(State state) {
            super(TYPE, state);
        }

        static EmptyImage create() {
            return new EmptyImage(State.of(TYPE));
        }

        EmptyImage width(long width) {
            return with(0, width);
        }

        EmptyImage color(long color) {
            return with(2, color);
        }

        EmptyImage color(Output<? extends IntValue> color) {
            return with(2, color);
        }

        Output<Image> image() {
            return output(0);
        }

        @Override
        protected EmptyImage copy(State state) {
            return new EmptyImage(state);
        }
    }

    static final class ImageBlend extends TypedNode<ImageBlend> {
        private static final NodeType TYPE = NodeType.of("ImageBlend")
                .input("image1")
                .input("image2")
                .input("blend_factor", 0.5)
                .input("mode")
                .outputs("IMAGE");

        private ImageBlend(State state) {
            super(TYPE, state);
        }

        static ImageBlend of(Output<? extends Image> image1, Output<? extends Image> image2) {
            return new ImageBlend(State.of(TYPE).with(0, image1).with(1, image2));
        }

        Output<Image> image() {
            return output(0);
        }

        @Override
        protected ImageBlend copy(State state) {
            return new ImageBlend(state);
        }
    }

    static final class SaveImage extends TypedNode<SaveImage> {
        private static final NodeType TYPE =
                NodeType.of("SaveImage").input("images").input("filename_prefix", "ComfyUI");

        private SaveImage(State state) {
            super(TYPE, state);
        }

        static SaveImage images(Output<? extends Image> images) {
            return new SaveImage(State.of(TYPE).with(0, images));
        }

        @Override
        protected SaveImage copy(State state) {
            return new SaveImage(state);
        }
    }
}
