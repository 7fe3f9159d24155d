package io.github.comfyeks.file.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** MP3, and whatever else begins with an ID3v2 tag: its text frames. FLAC behind the tag is read as such. */
final class Mp3 implements Format {
    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        if (file.peek(3).length == 3 && new String(file.peek(3), StandardCharsets.ISO_8859_1).equals("ID3")) {
            tag(file, found);
        }
        if (new String(file.peek(4), StandardCharsets.ISO_8859_1).equals("fLaC")) {
            new Flac().read(file, found);
        }
    }

    private static void tag(Source file, Found found) throws IOException, FileFault {
        Block head = file.block(10, "ID3 tag");
        head.skip(3);
        int version = head.u8();
        head.skip(1);
        int flags = head.u8();
        Block body = file.block(syncSafe(head), "ID3 tag");
        if (version < 2 || version > 4) {
            found.problem("ID3 tag at byte 0 has the version 2." + version + ", which is not known");
            return;
        }
        if (version < 4 && (flags & 0x80) != 0) {
            long base = body.position();
            body = new Block(synchronised(body.rest()), base, "ID3 tag");
        }
        if (version > 2 && (flags & 0x40) != 0) { // an extended header
            long length = version == 4 ? syncSafe(body) - 4 : body.u32();
            body.skip(length);
        }
        frames(body, version, found);
    }

    private static void frames(Block body, int version, Found found) throws FileFault {
        int header = version == 2 ? 6 : 10;
        while (body.remaining() >= header && !body.startsWith("\0")) { // zeros are padding
            String where = "frame at byte " + body.position();
            String id = body.latin1(version == 2 ? 3 : 4);
            long length = version == 2 ? body.u24() : version == 3 ? body.u32() : syncSafe(body);
            int flags = version == 2 ? 0 : body.u16();
            Block frame = body.sub(length);
            if (id.startsWith("TXX") || id.startsWith("COM")) {
                Block plain = version == 2 ? frame : plain(frame, version, flags, found);
                text(id, plain, id + " " + where, found);
            } else {
                found.name(id, where);
            }
        }
    }

    /** Without what the frame's flags say was done to it. */
    private static Block plain(Block frame, int version, int flags, Found found) throws FileFault {
        boolean compressed = (flags & (version == 3 ? 0x80 : 0x08)) != 0;
        boolean unsynchronised = version == 4 && (flags & 0x02) != 0;
        if ((version == 3 && compressed) || (version == 4 && (flags & 0x01) != 0)) {
            frame.skip(4); // how long it will be; found out anyhow
        }
        if ((flags & (version == 3 ? 0x40 : 0x04)) != 0) {
            throw frame.fault("the frame is encrypted, which cannot be read");
        }
        long base = frame.position();
        Block plain = unsynchronised ? new Block(synchronised(frame.rest()), base, "ID3 frame") : frame;
        return compressed ? new Block(plain.inflated(found.left()), base, "ID3 frame") : plain;
    }

    private static void text(String id, Block frame, String where, Found found) throws FileFault {
        int encoding = frame.u8();
        if (id.startsWith("COM")) {
            frame.skip(3); // the language
        }
        boolean wide = encoding == 1 || encoding == 2;
        Block name = wide ? frame.untilWideZero() : frame.untilZero();
        String described = decoded(name, encoding);
        String value = decoded(frame, encoding);
        found.text(id.startsWith("COM") && described.isEmpty() ? "comment" : described, value, where);
    }

    private static String decoded(Block text, int encoding) {
        return switch (encoding) {
            case 1 -> Texts.utf16(text.rest());
            case 2 -> text.text(StandardCharsets.UTF_16BE);
            default -> text.text();
        };
    }

    /** Seven bits of each of four bytes. */
    private static long syncSafe(Block from) throws FileFault {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 7 | (from.u8() & 0x7f);
        }
        return value;
    }

    /** Takes out the zeros that were put in behind each 0xff. */
    private static byte[] synchronised(byte[] bytes) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            plain.write(bytes[i]);
            if (bytes[i] == (byte) 0xff && i + 1 < bytes.length && bytes[i + 1] == 0) {
                i++;
            }
        }
        return plain.toByteArray();
    }
}
