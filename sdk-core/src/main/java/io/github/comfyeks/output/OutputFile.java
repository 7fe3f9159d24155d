package io.github.comfyeks.output;

public record OutputFile(
        String filename,
        String subfolder,
        String type,
        MediaKind kind,
        java.util.function.@org.jspecify.annotations.Nullable Function<OutputFile, byte[]> down) {
    public byte[] bytes() {
        return java.util.Objects.requireNonNull(down).apply(this);
    }
}
