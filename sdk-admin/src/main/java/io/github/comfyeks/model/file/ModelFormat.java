package io.github.comfyeks.model.file;

import java.util.Locale;

/** How a file holds its model, told by its name. */
public enum ModelFormat {
    /** Numbers and a header of JSON: nothing to execute. */
    SAFETENSORS,
    /** Numbers and a header, for quantized models. */
    GGUF,
    /** Python's pickle: a program that whoever loads the file runs. */
    PICKLE,
    /** Anything else, such as a configuration. */
    OTHER;

    /** The format of a file of this name or path. */
    public static ModelFormat of(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "safetensors", "sft" -> SAFETENSORS;
            case "gguf" -> GGUF;
            case "ckpt", "pt", "pt2", "bin", "pth", "pkl" -> PICKLE;
            default -> OTHER;
        };
    }

    /** Whether loading such a file may run what its author wants. */
    public boolean isUnsafe() {
        return this == PICKLE;
    }
}
