package io.github.comfyeks.file.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Bytes to text. */
final class Texts {
    private Texts() {}

    /** Fit for a message or a log, whatever the file says. */
    static String printable(String text, int most) {
        boolean shortened = text.length() > most;
        StringBuilder printable = new StringBuilder(Math.min(text.length(), most) + 1);
        text.codePoints()
                .limit(most)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(printable::appendCodePoint);
        return shortened ? printable.append('…').toString() : printable.toString();
    }

    static String utf8OrLatin1(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] < 0) {
                try {
                    return strict(bytes, at, length, StandardCharsets.UTF_8);
                } catch (CharacterCodingException e) {
                    break;
                }
            }
        }
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    static String strict(byte[] bytes, int at, int length, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
    }

    /** UTF-16 of either order: the byte order mark decides, else where the zeros of Latin letters lie. */
    static String utf16(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        int even = 0;
        int odd = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                if (i % 2 == 0) {
                    even++;
                } else {
                    odd++;
                }
            }
        }
        return new String(bytes, odd > even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
    }

    static byte[] inflate(Block where, byte[] bytes, int at, int length, long most) throws FileFault {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, at, length);
            byte[] part = new byte[Math.max(64, Math.min(8192, 4 * length))];
            ByteArrayOutputStream whole = new ByteArrayOutputStream(part.length);
            while (!inflater.finished()) {
                int read = inflater.inflate(part);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw where.fault("the compressed text has no end: the file is cut or damaged; fetch it again");
                }
                if (whole.size() + (long) read > most) {
                    throw where.fault("the compressed text grows past the limit of " + most
                            + " bytes; if the file is to be trusted, raise metadataBytes in ReadLimits");
                }
                whole.write(part, 0, read);
            }
            return whole.toByteArray();
        } catch (DataFormatException e) {
            throw where.fault("the compressed text cannot be inflated (" + e.getMessage()
                    + "): the file is damaged; fetch it again");
        } finally {
            inflater.end();
        }
    }
}
