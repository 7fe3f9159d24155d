package io.github.comfyeks.file.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** WebM and Matroska: the tags, wherever they stand. Clusters are seeked over; those of unknown length are walked through. */
final class Matroska implements Format {
    private static final int HEADER = 0x1a45dfa3;
    private static final int SEGMENT = 0x18538067;
    private static final int CLUSTER = 0x1f43b675;
    private static final int TAGS = 0x1254c367;
    private static final int TAG = 0x7373;
    private static final int SIMPLE_TAG = 0x67c8;
    private static final int TAG_NAME = 0x45a3;
    private static final int TAG_STRING = 0x4487;
    private static final int DEEPEST = 8;
    private static final long UNKNOWN = -1;

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        while (!file.atEnd()) {
            long at = file.position();
            int id = (int) number(file, 4, true);
            long length = number(file, 8, false);
            String what = "Matroska element 0x" + Integer.toHexString(id);
            if (id == SEGMENT || (id == CLUSTER && length == UNKNOWN)) {
                continue; // go in
            }
            if (length == UNKNOWN) {
                throw new FileFault(what + " at byte " + at + " has no length: the file is damaged; fetch it again");
            }
            if (id == TAGS) {
                tags(file.block(length, "Matroska tags"), found);
                if (found.isComplete()) {
                    return;
                }
            } else {
                file.skip(length, what);
            }
        }
    }

    /** Whether a header's DocType is webm. */
    static boolean isWebm(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1).contains("B\u0082\u0084webm");
    }

    static boolean isHeader(Block head) throws FileFault {
        return head.remaining() >= 4 && (int) head.u32() == HEADER;
    }

    /** A number whose first byte tells its length; an id keeps the mark of that. */
    private static long number(Source file, int longest, boolean id) throws IOException, FileFault {
        long at = file.position();
        int first = file.u8("Matroska element");
        int length = Integer.numberOfLeadingZeros(first) - 23;
        if (length > longest) {
            throw new FileFault("Matroska at byte " + at
                    + ": there is no element where one must be: the file is damaged; fetch it again");
        }
        long value = id ? first : first & (0xff >> length);
        boolean ones = value == (0xff >> length);
        for (int i = 1; i < length; i++) {
            int next = file.u8("Matroska element");
            ones &= next == 0xff;
            value = value << 8 | next;
        }
        return !id && ones ? UNKNOWN : value;
    }

    private static long number(Block in, int longest, boolean id) throws FileFault {
        int first = in.u8();
        int length = Integer.numberOfLeadingZeros(first) - 23;
        if (length > longest) {
            throw in.fault("there is no element where one must be: the file is damaged; fetch it again");
        }
        long value = id ? first : first & (0xff >> length);
        for (int i = 1; i < length; i++) {
            value = value << 8 | in.u8();
        }
        return value;
    }

    private static void tags(Block tags, Found found) throws FileFault {
        while (tags.remaining() > 0) {
            int id = (int) number(tags, 4, true);
            Block tag = tags.sub(number(tags, 8, false));
            while (id == TAG && tag.remaining() > 0) {
                int inner = (int) number(tag, 4, true);
                Block body = tag.sub(number(tag, 8, false));
                if (inner == SIMPLE_TAG) {
                    simpleTag(body, found, 0);
                }
            }
        }
    }

    private static void simpleTag(Block tag, Found found, int depth) throws FileFault {
        if (depth > DEEPEST) {
            throw tag.fault("tags nested deeper than " + DEEPEST + " levels: the file is damaged or hostile");
        }
        long at = tag.position();
        String name = "";
        String value = null;
        while (tag.remaining() > 0) {
            int id = (int) number(tag, 4, true);
            Block body = tag.sub(number(tag, 8, false));
            switch (id) {
                case TAG_NAME -> name = body.text();
                case TAG_STRING -> value = body.text();
                case SIMPLE_TAG -> simpleTag(body, found, depth + 1);
                default -> {}
            }
        }
        if (value == null) {
            found.name(name, "Matroska tag at byte " + at);
        } else {
            found.text(name, value, "Matroska tag at byte " + at);
        }
    }
}
