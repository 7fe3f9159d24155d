package io.github.comfyeks.file.internal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Checksum;

/** Bytes of a file in memory, read with a check at every step. Knows where they lie in the file. */
final class Block {
    private final byte[] bytes;
    private final long base;
    private final String what;
    private final int start;
    private final int end;
    private int at;
    private boolean littleEndian;

    Block(byte[] bytes, long base, String what) {
        this(bytes, base, what, 0, bytes.length);
    }

    private Block(byte[] bytes, long base, String what, int start, int end) {
        this.bytes = bytes;
        this.base = base;
        this.what = what;
        this.start = start;
        this.end = end;
        this.at = start;
    }

    Block littleEndian(boolean little) {
        littleEndian = little;
        return this;
    }

    int remaining() {
        return end - at;
    }

    int size() {
        return end - start;
    }

    /** Where in the file the next byte lies. */
    long position() {
        return base + at;
    }

    FileFault fault(String problem) {
        return new FileFault(what + " at byte " + position() + ": " + problem);
    }

    private void need(long length) throws FileFault {
        if (length < 0 || length > remaining()) {
            throw fault("asks for " + length + " bytes, but has " + remaining()
                    + ": the file is cut or damaged; fetch it again");
        }
    }

    /** Goes to an offset from this block's beginning. */
    void seek(long offset) throws FileFault {
        if (offset < 0 || offset > size()) {
            throw fault(
                    "points to its byte " + offset + ", but has " + size() + ": the file is damaged; fetch it again");
        }
        at = start + (int) offset;
    }

    void skip(long length) throws FileFault {
        need(length);
        at += (int) length;
    }

    int u8() throws FileFault {
        need(1);
        return bytes[at++] & 0xff;
    }

    int u16() throws FileFault {
        int first = u8();
        int second = u8();
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    int u24() throws FileFault {
        int first = u8();
        return first << 16 | u8() << 8 | u8();
    }

    long u32() throws FileFault {
        long first = u16();
        long second = u16();
        return littleEndian ? second << 16 | first : first << 16 | second;
    }

    /** As signed; lengths beyond are refused as negative ones. */
    long u64() throws FileFault {
        long first = u32();
        long second = u32();
        return littleEndian ? second << 32 | first : first << 32 | second;
    }

    /** The next bytes as a block of their own, without a copy. */
    Block sub(long length) throws FileFault {
        need(length);
        Block sub = new Block(bytes, base, what, at, at + (int) length).littleEndian(littleEndian);
        at += (int) length;
        return sub;
    }

    /** What follows, as bytes. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }

    String latin1(long length) throws FileFault {
        need(length);
        String text = new String(bytes, at, (int) length, StandardCharsets.ISO_8859_1);
        at += (int) length;
        return text;
    }

    /** What follows: UTF-8, or Latin-1 if it is none. */
    String text() {
        return text(remaining());
    }

    String text(int length) {
        String text = Texts.utf8OrLatin1(bytes, at, Math.min(length, remaining()));
        at += Math.min(length, remaining());
        return text;
    }

    String text(Charset charset) {
        String text = new String(bytes, at, remaining(), charset);
        at = end;
        return text;
    }

    /** What stands before the next zero byte, which is read over; all that follows if there is none. */
    Block untilZero() {
        int zero = at;
        while (zero < end && bytes[zero] != 0) {
            zero++;
        }
        Block before = new Block(bytes, base, what, at, zero);
        at = Math.min(end, zero + 1);
        return before;
    }

    /** The same of two-byte characters. */
    Block untilWideZero() {
        int zero = at;
        while (zero + 1 < end && (bytes[zero] != 0 || bytes[zero + 1] != 0)) {
            zero += 2;
        }
        boolean found = zero + 1 < end;
        Block before = new Block(bytes, base, what, at, found ? zero : end);
        at = found ? zero + 2 : end;
        return before;
    }

    boolean startsWith(String latin1) {
        if (remaining() < latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if ((bytes[at + i] & 0xff) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What follows, inflated. */
    byte[] inflated(long most) throws FileFault {
        return Texts.inflate(this, bytes, at, remaining(), most);
    }

    void addTo(Checksum checksum) {
        checksum.update(bytes, start, size());
    }
}
