package io.github.comfyeks.file.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Ogg: the comment packet of the first Opus, Vorbis or FLAC stream, put together over as many pages as it takes. */
final class Ogg implements Format {
    private static final int HEADER = 27;
    private static final int MOST_HEADER_PACKETS = 64;

    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private long packetAt;
    private boolean hasStream;
    private long serial;
    private boolean flac;
    private int packets;

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        while (!file.atEnd()) {
            long at = file.position();
            Block head = file.block(HEADER, "Ogg page").littleEndian(true);
            if (!head.startsWith("OggS")) {
                throw new FileFault("Ogg at byte " + at
                        + ": there is no page where one must be: the file is damaged; fetch it again");
            }
            head.skip(5);
            boolean first = (head.u8() & 2) != 0;
            head.skip(8);
            long of = head.u32();
            head.skip(8);
            Block lacing = file.block(head.u8(), "Ogg page");
            if (first && !hasStream) {
                serial = of;
            }
            if (page(file, lacing, hasStream ? of == serial : first, at, found)) {
                return;
            }
        }
        if (packets > 0) {
            throw new FileFault("Ogg at byte " + file.position()
                    + ": it ends before its comments do: the file is cut; fetch it again");
        }
    }

    /** Whether all was read that there is to read. */
    private boolean page(Source file, Block lacing, boolean ours, long at, Found found) throws IOException, FileFault {
        while (lacing.remaining() > 0) {
            int length = lacing.u8();
            if (!ours) {
                file.skip(length, "Ogg page");
                continue;
            }
            if (packet.size() == 0) {
                packetAt = at;
            }
            if (packet.size() + (long) length > file.limits().metadataBytes()) {
                throw new FileFault("Ogg packet at byte " + packetAt + " goes on past the limit of "
                        + file.limits().metadataBytes()
                        + " bytes; if the file is to be trusted, raise metadataBytes in ReadLimits");
            }
            packet.writeBytes(file.block(length, "Ogg page").rest());
            if (length < 255) {
                Block whole = new Block(packet.toByteArray(), packetAt, "Ogg packet");
                packet.reset();
                if (packet(whole, found)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean packet(Block data, Found found) throws FileFault {
        String where = "Ogg comments at byte " + packetAt;
        if (packets++ == 0) {
            hasStream = data.startsWith("OpusHead") || data.startsWith("\u0001vorbis") || data.startsWith("\u007fFLAC");
            flac = data.startsWith("\u007fFLAC");
            if (!hasStream) {
                packets = 0; // another kind of stream: look on
            }
            return false;
        }
        if (data.startsWith("OpusTags")) {
            data.skip(8);
        } else if (data.startsWith("\u0003vorbis")) {
            data.skip(7);
        } else if (flac && data.remaining() >= 4 && packets < MOST_HEADER_PACKETS) {
            int type = data.u8();
            data.skip(3);
            if ((type & 0x7f) != Flac.COMMENT) {
                return type >= 0x80;
            }
        } else {
            return true; // sound already
        }
        VorbisComment.read(data, where, found);
        return true;
    }
}
