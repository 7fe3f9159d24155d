package io.github.comfyeks.file.internal;

import java.io.IOException;

/** WebP: the EXIF chunk of its RIFF. */
final class WebP implements Format {
    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        file.skip(12, "WebP header");
        while (!file.atEnd()) {
            long at = file.position();
            Block head = file.block(8, "WebP chunk").littleEndian(true);
            String type = head.latin1(4);
            long length = head.u32();
            if (type.equals("EXIF")) {
                Exif.read(file.block(length, "EXIF chunk"), "EXIF chunk at byte " + at, found);
            } else {
                file.skip(length, type + " chunk");
                if (type.equals("XMP ")) {
                    found.name("XMP", "XMP chunk at byte " + at);
                }
            }
            if (length % 2 == 1 && !file.atEnd()) {
                file.skip(1, "padding");
            }
        }
    }
}
