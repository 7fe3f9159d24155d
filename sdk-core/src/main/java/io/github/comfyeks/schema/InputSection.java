package io.github.comfyeks.schema;

/**
 * Which part of a node's {@code input} an input stands in. Open: a custom node may invent another. Immutable.
 *
 * @param value ComfyUI's name of it
 */
public record InputSection(String value) {
    /** Must be sent, even if it has a default. */
    public static final InputSection REQUIRED = new InputSection("required");

    /** May be left out. */
    public static final InputSection OPTIONAL = new InputSection("optional");

    /** Filled in by the server and never sent. */
    public static final InputSection HIDDEN = new InputSection("hidden");

    @Override
    public String toString() {
        return value;
    }
}
