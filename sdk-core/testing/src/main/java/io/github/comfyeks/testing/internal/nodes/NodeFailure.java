package io.github.comfyeks.testing.internal.nodes;

/** A node raised a Python exception: its type's full name and its text. */
public final class NodeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    public NodeFailure(String type, String message) {
        super(message);
        this.type = type;
    }

    static NodeFailure missingArgument(String classType, String name) {
        return new NodeFailure(
                "TypeError", classType + ".execute() missing 1 required positional argument: '" + name + "'");
    }

    static NodeFailure missingCheckArgument(String classType, String name) {
        return new NodeFailure(
                "TypeError", classType + ".VALIDATE_INPUTS() missing 1 required positional argument: '" + name + "'");
    }

    /** Such as {@code RuntimeError} or {@code torch.OutOfMemoryError}. */
    public String type() {
        return type;
    }

    /** The exception's text, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Whether a server adds its advice about memory. */
    public boolean isOutOfMemory() {
        return type.equals("torch.OutOfMemoryError");
    }
}
