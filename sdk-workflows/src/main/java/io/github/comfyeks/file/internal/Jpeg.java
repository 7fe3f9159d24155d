package io.github.comfyeks.file.internal;

import java.io.IOException;

/** JPEG: EXIF in APP1, and comments; the picture itself begins where the reading ends. */
final class Jpeg implements Format {
    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        file.skip(2, "JPEG signature");
        while (true) {
            long at = file.position();
            if (file.u8("JPEG marker") != 0xff) {
                throw new FileFault("JPEG at byte " + at
                        + ": there is no marker where one must be: the file is damaged; fetch it again");
            }
            int marker = file.u8("JPEG marker");
            while (marker == 0xff) { // fill bytes
                marker = file.u8("JPEG marker");
            }
            if (marker == 0xda || marker == 0xd9) {
                return;
            }
            if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
                continue; // without a length
            }
            segment(marker, at, file, found);
        }
    }

    private static void segment(int marker, long at, Source file, Found found) throws IOException, FileFault {
        String name = marker == 0xe1 ? "APP1" : marker == 0xfe ? "COM" : "0x" + Integer.toHexString(marker);
        int length = file.block(2, name + " segment").u16();
        if (length < 2) {
            throw new FileFault(name + " segment at byte " + at + " has the length " + length
                    + ": the file is damaged; fetch it again");
        }
        if (marker != 0xe1 && marker != 0xfe) {
            file.skip(length - 2, name + " segment");
            return;
        }
        Block data = file.block(length - 2, name + " segment");
        String where = name + " segment at byte " + at;
        if (marker == 0xfe) {
            found.text("comment", data.text(), where);
        } else if (data.startsWith("Exif\0")) {
            Exif.read(data, where, found);
        } else {
            found.name(data.untilZero().text(), where);
        }
    }
}
