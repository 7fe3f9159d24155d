package io.github.comfyeks.file;

/**
 * What a file is, by its content. An open value: later versions know more of them. Immutable.
 *
 * @param value the name that people know it by, such as {@code PNG}
 */
public record FileFormat(String value) {
    /** The API format, alone or as the body of a {@code POST /prompt}. */
    public static final FileFormat API_JSON = new FileFormat("API-format JSON");

    /** The editor's own format, of any version. */
    public static final FileFormat UI_JSON = new FileFormat("editor-format JSON");

    /** Other JSON that holds a workflow, such as a video's comment saved as a file. */
    public static final FileFormat JSON = new FileFormat("JSON");

    public static final FileFormat PNG = new FileFormat("PNG");
    public static final FileFormat WEBP = new FileFormat("WebP");
    public static final FileFormat JPEG = new FileFormat("JPEG");
    public static final FileFormat AVIF = new FileFormat("AVIF");
    public static final FileFormat EXR = new FileFormat("EXR");
    public static final FileFormat SVG = new FileFormat("SVG");
    public static final FileFormat MP4 = new FileFormat("MP4");
    public static final FileFormat MOV = new FileFormat("MOV");
    public static final FileFormat WEBM = new FileFormat("WebM");
    public static final FileFormat MATROSKA = new FileFormat("Matroska");
    public static final FileFormat FLAC = new FileFormat("FLAC");
    public static final FileFormat OGG = new FileFormat("Ogg");
    public static final FileFormat MP3 = new FileFormat("MP3");

    /** Models and latents alike: a {@code .latent} file is one. */
    public static final FileFormat SAFETENSORS = new FileFormat("safetensors");

    public static final FileFormat GLB = new FileFormat("GLB");

    @Override
    public String toString() {
        return value;
    }
}
