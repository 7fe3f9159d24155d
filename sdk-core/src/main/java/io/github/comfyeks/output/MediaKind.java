package io.github.comfyeks.output;

public record MediaKind(String value) {
    public static final MediaKind IMAGE = new MediaKind("images");
}
