package io.github.comfyeks.output;

/**
 * What sort of file an output is, told from its extension and, if that says nothing, from where the node listed it. An open
 * value: later versions may know more kinds.
 *
 * @param value the kind's name in lower case
 */
public record MediaKind(String value) {
    /** A picture; {@link OutputFile#animated()} tells whether it moves. */
    public static final MediaKind IMAGE = new MediaKind("image");

    /** A film, with sound or without. */
    public static final MediaKind VIDEO = new MediaKind("video");

    /** Sound alone. */
    public static final MediaKind AUDIO = new MediaKind("audio");

    /** A mesh, a point cloud or a splat. */
    public static final MediaKind THREE_D = new MediaKind("3d");

    /** Text in a file; a node's texts without a file are {@link NodeOutput#texts()}. */
    public static final MediaKind TEXT = new MediaKind("text");

    /** Anything else. */
    public static final MediaKind OTHER = new MediaKind("other");

    @Override
    public String toString() {
        return value;
    }
}
