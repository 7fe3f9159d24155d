package io.github.comfyeks.socket.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.protocols.Protocol;

/**
 * RFC 6455 as the library speaks it, changed in two places. {@code Set-Cookie} headers are taken one by one, before the
 * library folds them into one text. Whole text frames, nearly all that a server sends, go on as bytes where they lie: the
 * library would copy each, check its UTF-8 byte by byte and make a String of it, only for it to be parsed; that is half of
 * the reader's time. All other frames are the library's own.
 */
final class ByteDraft extends Draft_6455 {
    private static final int FIN_TEXT = 0x81;
    private static final byte[] NOTHING = new byte[0];

    private final EventSocket.Listener listener;
    private byte[] carry = NOTHING;
    /** Our own array that the present read lies in; the library's is read into again. */
    private byte[] own = NOTHING;

    private int carried;
    private boolean continuing;

    ByteDraft(EventSocket.Listener listener) {
        super(List.of(), List.of(new Protocol("")), LibrarySocket.MAX_FRAME);
        this.listener = listener;
    }

    @Override
    public Draft copyInstance() {
        return new ByteDraft(listener);
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer buffer) throws InvalidHandshakeException {
        String head = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
        int end = head.indexOf("\r\n\r\n");
        if (end >= 0) {
            List<String> cookies = new ArrayList<>();
            head.substring(0, end).lines().forEach(line -> {
                if (line.toLowerCase(Locale.ROOT).startsWith("set-cookie:")) {
                    cookies.add(line.substring("set-cookie:".length()).strip());
                }
            });
            listener.onCookies(cookies);
        }
        return super.translateHandshake(buffer);
    }

    @Override
    public List<Framedata> translateFrame(ByteBuffer read) throws InvalidDataException {
        ByteBuffer buffer = withCarry(read);
        List<Framedata> frames = new ArrayList<>();
        while (buffer.hasRemaining()) {
            int header = headerLength(buffer);
            long size = header == 0 ? 0 : header + payloadLength(buffer);
            if (header == 0 || (size > buffer.remaining() && size <= LibrarySocket.MAX_FRAME)) {
                keep(buffer, (int) size);
                break;
            }
            boolean text = (buffer.get(buffer.position()) & 0xff) == FIN_TEXT && !isMasked(buffer);
            // beyond the limit the library refuses it by its header alone
            int length = (int) Math.min(size, buffer.remaining());
            ByteBuffer frame = buffer.slice(buffer.position(), length);
            buffer.position(buffer.position() + length);
            if (text && length == size) {
                frames.add(new Text(frame.position(header)));
            } else {
                frames.addAll(super.translateFrame(copy(frame)));
            }
        }
        return frames;
    }

    /** The library reads from the array's start, which a slice does not have. */
    private static ByteBuffer copy(ByteBuffer frame) {
        ByteBuffer copy = ByteBuffer.allocate(frame.remaining());
        copy.put(frame);
        return copy.flip();
    }

    private ByteBuffer withCarry(ByteBuffer read) {
        if (carried == 0) {
            own = NOTHING;
            return read;
        }
        int length = carried + read.remaining();
        if (carry.length < length) {
            carry = java.util.Arrays.copyOf(carry, length);
        }
        read.get(carry, carried, length - carried);
        ByteBuffer whole = ByteBuffer.wrap(carry, 0, length);
        own = carry;
        carry = NOTHING;
        carried = 0;
        return whole;
    }

    /** Keeps an incomplete frame, with room for all of it if its size is known. */
    private void keep(ByteBuffer buffer, int size) {
        carried = buffer.remaining();
        byte[] array = buffer.array();
        int from = buffer.arrayOffset() + buffer.position();
        if (array == own && from == 0 && array.length >= size) {
            carry = array;
        } else {
            carry = new byte[Math.max(size, carried)];
            System.arraycopy(array, from, carry, 0, carried);
        }
        buffer.position(buffer.limit());
    }

    /** Zero: not there yet. */
    private static int headerLength(ByteBuffer buffer) {
        if (buffer.remaining() < 2) {
            return 0;
        }
        int length = buffer.get(buffer.position() + 1) & 0x7f;
        int header = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (isMasked(buffer) ? 4 : 0);
        return buffer.remaining() < header ? 0 : header;
    }

    private static boolean isMasked(ByteBuffer buffer) {
        return (buffer.get(buffer.position() + 1) & 0x80) != 0;
    }

    private static long payloadLength(ByteBuffer buffer) {
        int at = buffer.position();
        int length = buffer.get(at + 1) & 0x7f;
        if (length == 126) {
            return buffer.getShort(at + 2) & 0xffff;
        }
        if (length < 126) {
            return length;
        }
        long huge = buffer.getLong(at + 2);
        return huge < 0 || huge > Integer.MAX_VALUE ? Integer.MAX_VALUE : huge;
    }

    @Override
    public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
        if (frame instanceof Text text && !continuing) {
            ByteBuffer bytes = text.bytes;
            listener.onText(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            return;
        }
        if (frame.getOpcode() == Opcode.TEXT
                || frame.getOpcode() == Opcode.BINARY
                || frame.getOpcode() == Opcode.CONTINUOUS) {
            continuing = !frame.isFin();
        }
        super.processFrame(socket, frame);
    }

    @Override
    public void reset() {
        super.reset();
        carry = NOTHING;
        carried = 0;
        continuing = false;
    }

    /** A whole, unmasked, uncompressed text frame; its bytes are valid until the next read. */
    private record Text(ByteBuffer bytes) implements Framedata {
        @Override
        public boolean isFin() {
            return true;
        }

        @Override
        public boolean isRSV1() {
            return false;
        }

        @Override
        public boolean isRSV2() {
            return false;
        }

        @Override
        public boolean isRSV3() {
            return false;
        }

        @Override
        public boolean getTransfereMasked() {
            return false;
        }

        @Override
        public Opcode getOpcode() {
            return Opcode.TEXT;
        }

        @Override
        public ByteBuffer getPayloadData() {
            return bytes;
        }

        @Override
        public void append(Framedata next) {
            throw new IllegalStateException("a whole frame has no continuation");
        }
    }
}
