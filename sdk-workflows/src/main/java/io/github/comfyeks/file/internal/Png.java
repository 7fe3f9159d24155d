package io.github.comfyeks.file.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** PNG and APNG: the text chunks, EXIF, and the chunk that SaveAnimatedPNG makes up for itself. */
final class Png implements Format {
    static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        file.skip(SIGNATURE.length(), "PNG signature");
        while (!file.atEnd()) {
            long at = file.position();
            Block head = file.block(8, "PNG chunk");
            long length = head.u32();
            String type = head.latin1(4);
            String where = type + " chunk at byte " + at;
            if (length > Integer.MAX_VALUE) {
                throw new FileFault(
                        where + " says that it has " + length + " bytes: the file is damaged; fetch it again");
            }
            switch (type) {
                case "tEXt", "zTXt", "iTXt", "comf", "eXIf" -> {
                    Block data = file.block(length, type + " chunk");
                    long said = file.block(4, type + " checksum").u32();
                    if (said != crc(type, data)) {
                        found.problem(where + " has a wrong checksum: the file is damaged");
                    }
                    chunk(type, data, where, found);
                }
                case "IEND" -> {
                    return;
                }
                default -> file.skip(length + 4, where);
            }
        }
        throw new FileFault(
                "PNG at byte " + file.position() + ": it ends without an IEND chunk: the file is cut; fetch it again");
    }

    private static long crc(String type, Block data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
        data.addTo(crc);
        return crc.getValue();
    }

    private static void chunk(String type, Block data, String where, Found found) throws FileFault {
        if (type.equals("eXIf")) {
            Exif.read(data, where, found);
            return;
        }
        String name = data.untilZero().text();
        switch (type) {
            case "zTXt" -> {
                data.skip(1);
                byte[] text = data.inflated(found.left());
                found.text(name, Texts.utf8OrLatin1(text, 0, text.length), where);
            }
            case "iTXt" -> {
                boolean compressed = data.u8() == 1;
                data.skip(1);
                data.untilZero();
                data.untilZero();
                byte[] text = compressed ? data.inflated(found.left()) : data.rest();
                found.text(name, Texts.utf8OrLatin1(text, 0, text.length), where);
            }
            default -> found.text(name, data.text(), where);
        }
    }
}
