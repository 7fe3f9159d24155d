package io.github.comfyeks.testing.internal.ws;

import java.io.EOFException;
import java.io.IOException;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** WebSocket frames (RFC 6455), written and read by hand so that they can be cut and split at will. */
final class Frames {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** A client that sends more in one message is thrown out (E15). */
    static final long MAX_MESSAGE = 4L << 20;

    private Frames() {}

    /** A whole message that a client sent. */
    record Incoming(int opcode, ByteString payload) {}

    /** Writes a message, in pieces of {@code fragment} bytes if that is not 0, with a ping between the first two pieces. */
    static void write(BufferedSink sink, int opcode, ByteString payload, int fragment) throws IOException {
        if (fragment <= 0 || payload.size() <= fragment || opcode >= CLOSE) {
            writeFrame(sink, true, opcode, payload, 0, payload.size());
            return;
        }
        for (int at = 0; at < payload.size(); at += fragment) {
            int length = Math.min(fragment, payload.size() - at);
            writeFrame(sink, at + length == payload.size(), at == 0 ? opcode : 0, payload, at, length);
            if (at == 0) {
                writeFrame(sink, true, PING, ByteString.EMPTY, 0, 0);
            }
        }
    }

    private static void writeFrame(
            BufferedSink sink, boolean last, int opcode, ByteString payload, int offset, int length)
            throws IOException {
        writeHeader(sink, last, opcode, length);
        sink.write(payload, offset, length);
    }

    private static void writeHeader(BufferedSink sink, boolean last, int opcode, int length) throws IOException {
        sink.writeByte((last ? 0x80 : 0) | opcode);
        if (length < 126) {
            sink.writeByte(length);
        } else if (length < 65_536) {
            sink.writeByte(126).writeShort(length);
        } else {
            sink.writeByte(127).writeLong(length);
        }
    }

    /** Writes a frame that announces more than it has. */
    static void writeCut(BufferedSink sink, int opcode, ByteString payload) throws IOException {
        writeHeader(sink, true, opcode, payload.size());
        sink.write(payload, 0, payload.size() / 2);
    }

    /** The next message, pings and pongs included; null at the end of the line. */
    static @Nullable Incoming read(BufferedSource source) throws IOException {
        byte[] message = new byte[0];
        int opcode = 0;
        try {
            while (true) {
                int first = source.readByte() & 0xff;
                int second = source.readByte() & 0xff;
                long length = second & 0x7f;
                length = length == 126 ? source.readShort() & 0xffff : length == 127 ? source.readLong() : length;
                if (length < 0 || message.length + length > MAX_MESSAGE) {
                    throw new TooBigException();
                }
                byte[] mask = (second & 0x80) != 0 ? source.readByteArray(4) : new byte[4];
                byte[] piece = source.readByteArray(length);
                for (int i = 0; i < piece.length; i++) {
                    piece[i] ^= mask[i & 3];
                }
                int code = first & 0x0f;
                if (code >= CLOSE) {
                    return new Incoming(code, ByteString.of(piece));
                }
                opcode = code == 0 ? opcode : code;
                byte[] joined = java.util.Arrays.copyOf(message, message.length + piece.length);
                System.arraycopy(piece, 0, joined, message.length, piece.length);
                message = joined;
                if ((first & 0x80) != 0) {
                    return new Incoming(opcode, ByteString.of(message));
                }
            }
        } catch (EOFException e) {
            return null;
        }
    }

    /** The client's message was too big. */
    static final class TooBigException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
