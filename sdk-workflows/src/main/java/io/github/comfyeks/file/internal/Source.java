package io.github.comfyeks.file.internal;

import io.github.comfyeks.file.ReadLimits;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file read once, forward. Whatever length it is asked for, it takes memory only for bytes that are there, and never more than
 * the limit.
 */
final class Source implements Closeable {
    private static final int BUFFER = 8192;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final @Nullable SeekableByteChannel channel;
    private final InputStream in;
    private final long size;
    private final ReadLimits limits;
    private byte[] buffer;
    private int from;
    private int to;
    private long position;

    private Source(
            @Nullable SeekableByteChannel channel, InputStream in, long size, int bufferSize, ReadLimits limits) {
        this.channel = channel;
        this.in = in;
        this.size = size;
        this.limits = limits;
        this.buffer = new byte[bufferSize];
    }

    static Source of(Path file, ReadLimits limits) throws IOException {
        if (!Files.isRegularFile(file)) { // a pipe: it has no size and cannot be seeked
            return new Source(null, Files.newInputStream(file), UNKNOWN, BUFFER, limits);
        }
        SeekableByteChannel channel = Files.newByteChannel(file);
        return new Source(channel, InputStream.nullInputStream(), channel.size(), BUFFER, limits);
    }

    static Source of(InputStream in, ReadLimits limits) {
        return new Source(null, in, UNKNOWN, BUFFER, limits);
    }

    static Source of(byte[] bytes, ReadLimits limits) {
        int bufferSize = Math.max(16, Math.min(BUFFER, bytes.length));
        return new Source(null, new ByteArrayInputStream(bytes), bytes.length, bufferSize, limits);
    }

    ReadLimits limits() {
        return limits;
    }

    long position() {
        return position;
    }

    /** How much follows; of a stream, more than can be. */
    long remaining() {
        return size == UNKNOWN ? UNKNOWN : Math.max(0, size - position);
    }

    boolean atEnd() throws IOException {
        return fill(1) < 1;
    }

    /** The next bytes, which stay unread; fewer at the end. At most 256. */
    byte[] peek(int length) throws IOException {
        int there = Math.min(fill(length), length);
        return Arrays.copyOfRange(buffer, from, from + there);
    }

    /** Buffers at least so many bytes, unless the end comes before. */
    private int fill(int wanted) throws IOException {
        if (to - from < wanted) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            if (buffer.length < wanted) {
                buffer = Arrays.copyOf(buffer, wanted);
            }
            while (to < wanted) {
                int read = read(buffer, to, buffer.length - to);
                if (read < 0) {
                    break;
                }
                to += read;
            }
        }
        return to - from;
    }

    private int read(byte[] into, int at, int length) throws IOException {
        return channel == null ? in.read(into, at, length) : channel.read(ByteBuffer.wrap(into, at, length));
    }

    int u8(String what) throws IOException, FileFault {
        if (from == to && fill(1) < 1) {
            throw cut(what, 1);
        }
        position++;
        return buffer[from++] & 0xff;
    }

    /** The next bytes as a block. */
    Block block(long length, String what) throws IOException, FileFault {
        long start = position;
        check(length, what);
        if (length > limits.metadataBytes()) {
            throw new FileFault(what + " at byte " + start + " says that it has " + length
                    + " bytes, more than the limit of " + limits.metadataBytes()
                    + "; if the file is to be trusted, raise metadataBytes in ReadLimits");
        }
        int wanted = (int) length;
        byte[] bytes = new byte[size == UNKNOWN ? Math.min(wanted, BUFFER) : wanted];
        int have = 0;
        while (have < wanted) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, 2L * bytes.length));
            }
            int part = Math.min(bytes.length - have, to - from);
            if (part > 0 || (wanted - have < buffer.length / 2 && fill(1) > 0)) { // small parts in one call to the disk
                part = Math.min(bytes.length - have, to - from);
                System.arraycopy(buffer, from, bytes, have, part);
                from += part;
            } else {
                part = read(bytes, have, bytes.length - have);
                if (part < 0) {
                    throw cut(what, wanted - have);
                }
            }
            have += part;
            position += part;
        }
        return new Block(bytes, start, what);
    }

    /** All that follows, within the limit. */
    Block rest(String what) throws IOException, FileFault {
        if (size != UNKNOWN) {
            return block(remaining(), what);
        }
        long start = position;
        byte[] bytes = new byte[BUFFER];
        int have = 0;
        while (!atEnd()) {
            int part = to - from;
            if (have + (long) part > limits.metadataBytes()) {
                throw new FileFault(what + " goes on past the limit of " + limits.metadataBytes()
                        + " bytes; if the file is to be trusted, raise metadataBytes in ReadLimits");
            }
            if (have + part > bytes.length) {
                bytes = Arrays.copyOf(
                        bytes, Math.max(have + part, (int) Math.min(limits.metadataBytes(), 2L * bytes.length)));
            }
            System.arraycopy(buffer, from, bytes, have, part);
            from = to;
            have += part;
            position += part;
        }
        return new Block(Arrays.copyOf(bytes, have), start, what);
    }

    /** Goes on behind what is no metadata, without reading it where the file can be seeked. */
    void skip(long length, String what) throws IOException, FileFault {
        check(length, what);
        int buffered = (int) Math.min(length, to - from);
        from += buffered;
        position += buffered;
        long left = length - buffered;
        if (left > 0 && channel != null) {
            position += left;
            channel.position(position);
            return;
        }
        while (left > 0) {
            long part = in.skip(left);
            if (part <= 0) {
                if (in.read() < 0) {
                    throw cut(what, left);
                }
                part = 1;
            }
            position += part;
            left -= part;
        }
    }

    private void check(long length, String what) throws FileFault {
        if (length < 0 || length > remaining()) {
            throw cut(what, length);
        }
        if (size == UNKNOWN && length > limits.streamBytes() - position) {
            throw new FileFault(what + " at byte " + position + " reaches past the limit of " + limits.streamBytes()
                    + " bytes of a stream; give the file by its path, or raise streamBytes in ReadLimits");
        }
    }

    private FileFault cut(String what, long missing) {
        String wants = missing < 0 ? "an impossible length" : missing + (missing == 1 ? " more byte" : " more bytes");
        String has = size == UNKNOWN ? "the stream ends" : "the file has " + remaining();
        return new FileFault(what + " at byte " + position + " asks for " + wants + ", but " + has
                + ": the file is cut or damaged; fetch it again");
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
        in.close();
    }
}
