package io.github.comfyeks.file.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * MP4 and QuickTime: {@code moov} wherever it stands, in it {@code meta} (keys and items) and {@code udta} (texts of QuickTime's own
 * kind, or {@code meta} again). The media data is seeked over.
 */
final class Mp4 implements Format {
    private static final int MOST_KEYS = 10_000;

    private record Box(String type, long at, long length) {
        String where() {
            return type + " box at byte " + at;
        }
    }

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        while (!file.atEnd()) {
            long at = file.position();
            Block head = file.block(8, "MP4 box");
            long length = head.u32();
            String type = head.latin1(4);
            long header = 8;
            if (length == 1) {
                length = file.block(8, type + " box").u64();
                header = 16;
            }
            if (length == 0) { // to the end of the file
                if (type.equals("moov") || type.equals("meta")) {
                    top(type, file.rest(type + " box"), found);
                }
                return;
            }
            if (length < header) {
                throw new FileFault(type + " box at byte " + at + " has the length " + length
                        + ": the file is damaged; fetch it again");
            }
            if (type.equals("moov") || type.equals("meta") || type.equals("udta")) {
                top(type, file.block(length - header, type + " box"), found);
                if (found.isComplete()) {
                    return;
                }
            } else {
                file.skip(length - header, type + " box");
            }
        }
    }

    private static void top(String type, Block body, Found found) throws FileFault {
        switch (type) {
            case "moov" -> moov(body, found);
            case "meta" -> meta(body, found);
            default -> udta(body, found);
        }
    }

    private static void moov(Block moov, Found found) throws FileFault {
        while (moov.remaining() >= 8) {
            Box box = box(moov);
            Block body = moov.sub(box.length());
            if (box.type().equals("meta")) {
                meta(body, found);
            } else if (box.type().equals("udta")) {
                udta(body, found);
            }
        }
    }

    private static Box box(Block in) throws FileFault {
        long at = in.position();
        long length = in.u32();
        String type = in.latin1(4);
        long header = 8;
        if (length == 1) {
            length = in.u64();
            header = 16;
        } else if (length == 0) {
            length = header + in.remaining();
        }
        if (length < header) {
            throw in.fault(type + " has the length " + length + ": the file is damaged; fetch it again");
        }
        return new Box(type, at, length - header);
    }

    private static void udta(Block udta, Found found) throws FileFault {
        while (udta.remaining() >= 8) {
            Box box = box(udta);
            Block body = udta.sub(box.length());
            if (box.type().equals("meta")) {
                meta(body, found);
            } else if (box.type().startsWith("\u00a9") && body.remaining() >= 4) {
                int length = body.u16();
                body.skip(2); // the language
                found.text(name(box.type()), body.text(length), box.where());
            } else {
                found.name(box.type(), box.where());
            }
        }
    }

    private static void meta(Block meta, Found found) throws FileFault {
        if (meta.remaining() >= 8 && isFull(meta)) {
            meta.skip(4);
        }
        List<String> keys = List.of();
        while (meta.remaining() >= 8) {
            Box box = box(meta);
            Block body = meta.sub(box.length());
            if (box.type().equals("keys")) {
                keys = keys(body);
            } else if (box.type().equals("ilst")) {
                items(body, keys, found);
            }
        }
    }

    /** MP4's kind begins with a version and flags, QuickTime's at once with its first box. */
    private static boolean isFull(Block meta) throws FileFault {
        Block look = meta.sub(8);
        meta.seek(0);
        look.skip(4);
        return !look.startsWith("hdlr");
    }

    private static List<String> keys(Block body) throws FileFault {
        body.skip(4);
        long count = body.u32();
        List<String> keys = new ArrayList<>();
        for (long i = 0; i < count && body.remaining() >= 8; i++) {
            long length = body.u32();
            body.skip(4); // the name space
            if (length < 8) {
                throw body.fault("a key has the length " + length + ": the file is damaged; fetch it again");
            }
            if (keys.size() >= MOST_KEYS) {
                throw body.fault("more than " + MOST_KEYS + " keys: the file is damaged or hostile");
            }
            keys.add(body.sub(length - 8).text());
        }
        return keys;
    }

    private static void items(Block ilst, List<String> keys, Found found) throws FileFault {
        while (ilst.remaining() >= 8) {
            Box item = box(ilst);
            Block body = ilst.sub(item.length());
            String name = name(item.type(), keys);
            while (body.remaining() >= 8) {
                Box part = box(body);
                Block value = body.sub(part.length());
                if (part.type().equals("name") && value.remaining() >= 4) { // of a free-form item
                    value.skip(4);
                    name = value.text();
                } else if (part.type().equals("data") && value.remaining() >= 8) {
                    long type = value.u32() & 0xffffff;
                    value.skip(4); // the locale
                    String where = "moov item at byte " + item.at();
                    if (type == 1 || type == 0) {
                        found.text(name, value.text(), where);
                    } else if (type == 2) {
                        found.text(name, value.text(StandardCharsets.UTF_16BE), where);
                    } else {
                        found.name(name, where);
                    }
                }
            }
        }
    }

    private static String name(String type, List<String> keys) {
        long index = (long) type.charAt(0) << 24 | type.charAt(1) << 16 | type.charAt(2) << 8 | type.charAt(3);
        return index >= 1 && index <= keys.size() ? keys.get((int) index - 1) : name(type);
    }

    private static String name(String type) {
        return type.equals("\u00a9cmt") ? "comment" : type;
    }
}
