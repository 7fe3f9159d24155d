package io.github.comfyeks.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Puts files together byte by byte. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Bytes of(String latin1) {
        return new Bytes().ascii(latin1);
    }

    Bytes ascii(String latin1) {
        return add(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes utf8(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    Bytes add(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Bytes add(Bytes other) {
        return add(other.array());
    }

    Bytes u8(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    Bytes u16(int value) {
        return u8(value >> 8, value);
    }

    Bytes u16le(int value) {
        return u8(value, value >> 8);
    }

    Bytes u32(long value) {
        return add(ByteBuffer.allocate(4).putInt((int) value).array());
    }

    Bytes u32le(long value) {
        return add(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) value)
                .array());
    }

    Bytes u64le(long value) {
        return add(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    int size() {
        return out.size();
    }

    byte[] array() {
        return out.toByteArray();
    }

    static Bytes png(Bytes... chunks) {
        Bytes png = of("\u0089PNG\r\n\u001a\n");
        for (Bytes chunk : chunks) {
            png.add(chunk);
        }
        return png.add(chunk("IEND", new Bytes()));
    }

    static Bytes chunk(String type, Bytes data) {
        Bytes body = of(type).add(data);
        CRC32 crc = new CRC32();
        crc.update(body.array());
        return new Bytes().u32(data.size()).add(body).u32(crc.getValue());
    }

    static Bytes box(String type, Bytes body) {
        return new Bytes().u32(8L + body.size()).ascii(type).add(body);
    }

    /** A Matroska element with its length in eight bytes. */
    static Bytes element(long id, Bytes body) {
        Bytes element = new Bytes();
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (id >> shift != 0) {
                element.u8((int) (id >> shift));
            }
        }
        return element.u8(1, 0, 0, 0).u32(body.size()).add(body);
    }

    static Bytes vorbisComment(String... comments) {
        Bytes block = new Bytes().u32le(4).ascii("test").u32le(comments.length);
        for (String comment : comments) {
            Bytes text = new Bytes().utf8(comment);
            block.u32le(text.size()).add(text);
        }
        return block;
    }

    /** EXIF of little-endian order with texts in its first directory. */
    static Bytes exif(Object... tagsAndTexts) {
        int entries = tagsAndTexts.length / 2;
        Bytes directory = of("II").u16le(42).u32le(8).u16le(entries);
        Bytes values = new Bytes();
        int at = 8 + 2 + 12 * entries + 4;
        for (int i = 0; i < tagsAndTexts.length; i += 2) {
            byte[] text = tagsAndTexts[i + 1] instanceof byte[] raw
                    ? raw
                    : new Bytes().utf8(tagsAndTexts[i + 1] + "\0").array();
            int tag = (Integer) tagsAndTexts[i];
            directory.u16le(tag).u16le(tag == 0x9286 ? 7 : 2).u32le(text.length).u32le(at + (long) values.size());
            values.add(text);
        }
        return directory.u32le(0).add(values);
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return out.toByteArray();
    }
}
