package io.github.comfyeks.file.internal;

import io.github.comfyeks.file.FileFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which format a file has, by its first bytes.
 *
 * @param reader reads its metadata; null for JSON, which is no metadata
 */
record Kind(FileFormat format, @Nullable Format reader) {
    private static final int HEAD = 256;
    private static final String KNOWN =
            "JSON, PNG, WebP, JPEG, AVIF, EXR, SVG, MP4, MOV, WebM, Matroska, FLAC, Ogg, MP3, safetensors, latent"
                    + " and GLB files are read";
    private static final Map<String, String> STRANGERS = new LinkedHashMap<>();

    static {
        STRANGERS.put("GIF8", "a GIF image");
        STRANGERS.put("PK\u0003\u0004", "a ZIP archive; unpack it first");
        STRANGERS.put("\u001f\u008b", "compressed with gzip; unpack it first");
        STRANGERS.put("%PDF", "a PDF document");
        STRANGERS.put("BM", "a BMP image");
        STRANGERS.put("II*\0", "a TIFF image");
        STRANGERS.put("MM\0*", "a TIFF image");
        STRANGERS.put("RIFF", "a WAV or AVI file");
    }

    static Kind of(Source file) throws IOException, FileFault {
        byte[] bytes = file.peek(HEAD);
        if (bytes.length == 0) {
            throw new FileFault("the file is empty; fetch it again");
        }
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        Kind kind = binary(head, bytes);
        if (kind == null) {
            kind = text(head);
        }
        if (kind != null) {
            return kind;
        }
        for (Map.Entry<String, String> stranger : STRANGERS.entrySet()) {
            if (head.startsWith(stranger.getKey())) {
                throw new FileFault("this is " + stranger.getValue() + "; " + KNOWN);
            }
        }
        throw new FileFault("the file begins with the bytes "
                + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(8, bytes.length))
                + ", which is no format known here; " + KNOWN);
    }

    private static @Nullable Kind binary(String head, byte[] bytes) throws FileFault {
        if (head.startsWith(Png.SIGNATURE)) {
            return new Kind(FileFormat.PNG, new Png());
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return new Kind(FileFormat.JPEG, new Jpeg());
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return new Kind(FileFormat.WEBP, new WebP());
        }
        if (Matroska.isHeader(new Block(bytes, 0, "header"))) {
            return new Kind(Matroska.isWebm(bytes) ? FileFormat.WEBM : FileFormat.MATROSKA, new Matroska());
        }
        if (head.startsWith("fLaC")) {
            return new Kind(FileFormat.FLAC, new Flac());
        }
        if (head.startsWith("OggS")) {
            return new Kind(FileFormat.OGG, new Ogg());
        }
        if (head.startsWith("glTF")) {
            return new Kind(FileFormat.GLB, new Glb());
        }
        if (head.startsWith("v/1\u0001")) {
            return new Kind(FileFormat.EXR, new Exr());
        }
        if (head.startsWith("ID3") || (bytes.length > 1 && head.charAt(0) == 0xff && (head.charAt(1) & 0xe6) == 0xe2)) {
            return new Kind(FileFormat.MP3, new Mp3());
        }
        // before JSON: a header of 123 bytes begins with the code of a brace
        if (head.length() > 8 && head.startsWith("\0\0\0\0", 4) && head.charAt(8) == '{') {
            return new Kind(FileFormat.SAFETENSORS, new Safetensors());
        }
        return boxes(head);
    }

    private static @Nullable Kind boxes(String head) {
        if (head.startsWith("ftyp", 4)) {
            String brand = head.length() < 12 ? "" : head.substring(8, 12);
            return switch (brand) {
                case "avif", "avis", "mif1", "heic" -> new Kind(FileFormat.AVIF, new Avif());
                case "qt  " -> new Kind(FileFormat.MOV, new Mp4());
                default -> new Kind(FileFormat.MP4, new Mp4());
            };
        }
        // QuickTime's first files have no ftyp
        return head.startsWith("moov", 4) || head.startsWith("mdat", 4) || head.startsWith("wide", 4)
                ? new Kind(FileFormat.MOV, new Mp4())
                : null;
    }

    private static @Nullable Kind text(String head) {
        String text = head.replace("\0", ""); // UTF-16
        if (text.startsWith("\u00ef\u00bb\u00bf")) {
            text = text.substring(3);
        } else if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
            text = text.substring(2);
        }
        text = text.stripLeading();
        if (text.startsWith("{") || text.startsWith("[")) {
            return new Kind(FileFormat.JSON, null);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("<") && !lower.startsWith("<!doctype html") && !lower.startsWith("<html")
                ? new Kind(FileFormat.SVG, new Svg())
                : null;
    }
}
