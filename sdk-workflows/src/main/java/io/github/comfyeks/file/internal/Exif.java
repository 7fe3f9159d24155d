package io.github.comfyeks.file.internal;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** EXIF: the text tags of its directories. Offsets may lead anywhere, in circles too. */
final class Exif {
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int USER_COMMENT = 0x9286;
    private static final int XP_COMMENT = 0x9c9c;
    private static final int MOST_DIRECTORIES = 8;
    private static final Map<Integer, String> NAMES = Map.of(
            0x010e,
            "ImageDescription",
            0x010f,
            "Make",
            0x0110,
            "Model",
            0x0131,
            "Software",
            0x013b,
            "Artist",
            0x8298,
            "Copyright",
            USER_COMMENT,
            "UserComment",
            XP_COMMENT,
            "XPComment");

    private final Block tiff;
    private final String where;
    private final Found found;
    private final Set<Long> seen = new HashSet<>();

    private Exif(Block tiff, String where, Found found) {
        this.tiff = tiff;
        this.where = where;
        this.found = found;
    }

    /** Reads a block that is the TIFF structure, with the JPEG prefix before it or without. */
    static void read(Block block, String where, Found found) throws FileFault {
        if (block.startsWith("Exif\0")) {
            block.skip(6);
        }
        Block tiff = block.sub(block.remaining());
        boolean little = tiff.startsWith("II");
        if (!little && !tiff.startsWith("MM")) {
            throw tiff.fault("the EXIF has no byte order mark (II or MM): the file is damaged; fetch it again");
        }
        tiff.littleEndian(little);
        new Exif(tiff, where, found).all();
    }

    private void all() throws FileFault {
        tiff.seek(4);
        long next = tiff.u32();
        while (next != 0) {
            next = directory(next);
        }
    }

    /** Answers where the next one lies; 0 for nowhere. */
    private long directory(long offset) throws FileFault {
        tiff.seek(offset);
        if (!seen.add(offset)) {
            throw tiff.fault("the EXIF directories run in a circle: the file is damaged or hostile; fetch it again");
        }
        if (seen.size() > MOST_DIRECTORIES) {
            throw tiff.fault("more than " + MOST_DIRECTORIES + " EXIF directories: the file is damaged or hostile");
        }
        int entries = tiff.u16();
        long inner = 0;
        for (int i = 0; i < entries; i++) {
            tiff.seek(offset + 2 + 12L * i);
            int tag = tiff.u16();
            int type = tiff.u16();
            long count = tiff.u32();
            if (tag == EXIF_DIRECTORY) {
                inner = tiff.u32();
            } else if (type == 2 || ((type == 7 || type == 1) && (tag == USER_COMMENT || tag == XP_COMMENT))) {
                if (count > 4) {
                    tiff.seek(tiff.u32());
                }
                text(tag, tiff.sub(count));
            }
        }
        tiff.seek(offset + 2 + 12L * entries);
        long next = tiff.remaining() < 4 ? 0 : tiff.u32();
        if (inner != 0) {
            directory(inner);
        }
        return next;
    }

    private void text(int tag, Block value) throws FileFault {
        String name = NAMES.getOrDefault(
                tag, "0x" + Integer.toHexString(0x10000 | tag).substring(1));
        String text;
        if (tag == USER_COMMENT && value.startsWith("UNICODE\0")) {
            value.skip(8);
            text = Texts.utf16(value.rest());
        } else if (tag == XP_COMMENT) { // Windows' own
            text = value.text(StandardCharsets.UTF_16LE);
        } else {
            if (tag == USER_COMMENT && (value.startsWith("ASCII\0\0\0") || value.startsWith("\0\0\0\0\0\0\0\0"))) {
                value.skip(8);
            }
            text = value.text();
        }
        found.text(name, text, "EXIF " + name + " in the " + where);
    }
}
