package io.github.comfyeks.file.internal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** AVIF and its kin: the EXIF item, which {@code meta} says where to find. */
final class Avif implements Format {
    private static final long NONE = -1;

    /** Where the item lies. */
    private record Extent(boolean inItemData, long offset, long length) {}

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        while (!file.atEnd()) {
            long at = file.position();
            Block head = file.block(8, "AVIF box");
            long length = head.u32();
            String type = head.latin1(4);
            if (length < 8) { // to the end of the file, or longer than any picture
                return;
            }
            if (!type.equals("meta")) {
                file.skip(length - 8, type + " box");
                continue;
            }
            Block meta = file.block(length - 8, "meta box");
            meta.skip(4);
            meta(meta, "meta box at byte " + at, file, found);
            return;
        }
    }

    private static void meta(Block meta, String where, Source file, Found found) throws IOException, FileFault {
        Block locations = null;
        Block itemData = null;
        long item = NONE;
        while (meta.remaining() >= 8) {
            long length = meta.u32();
            String type = meta.latin1(4);
            if (length < 8) {
                throw meta.fault(type + " has the length " + length + ": the file is damaged; fetch it again");
            }
            Block body = meta.sub(length - 8);
            switch (type) {
                case "iinf" -> item = exifItem(body);
                case "iloc" -> locations = body;
                case "idat" -> itemData = body;
                default -> {}
            }
        }
        Extent extent = item == NONE || locations == null ? null : extent(locations, item);
        if (extent == null) {
            return;
        }
        Block exif;
        if (extent.inItemData() && itemData != null) {
            itemData.seek(extent.offset());
            exif = itemData.sub(extent.length());
        } else if (extent.offset() >= file.position()) {
            file.skip(extent.offset() - file.position(), "EXIF item");
            exif = file.block(extent.length(), "EXIF item");
        } else {
            throw new FileFault("EXIF item, says the " + where + ", at byte " + extent.offset()
                    + ", before the meta box: cannot be read");
        }
        exif.skip(exif.u32()); // to the TIFF structure
        Exif.read(exif, "EXIF item at byte " + extent.offset(), found);
    }

    private static long exifItem(Block iinf) throws FileFault {
        int version = iinf.u8();
        iinf.skip(3);
        long entries = version == 0 ? iinf.u16() : iinf.u32();
        for (long i = 0; i < entries && iinf.remaining() >= 8; i++) {
            long length = iinf.u32();
            iinf.skip(4);
            Block entry = iinf.sub(length - 8);
            int entryVersion = entry.u8();
            entry.skip(3);
            if (entryVersion < 2) {
                continue;
            }
            long id = entryVersion == 2 ? entry.u16() : entry.u32();
            entry.skip(2);
            if (entry.startsWith("Exif")) {
                return id;
            }
        }
        return NONE;
    }

    private static @Nullable Extent extent(Block iloc, long wanted) throws FileFault {
        int version = iloc.u8();
        iloc.skip(3);
        int sizes = iloc.u16();
        int indexSize = version == 0 ? 0 : sizes & 15;
        long items = version < 2 ? iloc.u16() : iloc.u32();
        for (long i = 0; i < items; i++) {
            long id = version < 2 ? iloc.u16() : iloc.u32();
            boolean inItemData = version > 0 && (iloc.u16() & 15) == 1;
            iloc.skip(2);
            long base = number(iloc, sizes >> 4 & 15);
            int extents = iloc.u16();
            Extent first = null;
            for (int e = 0; e < extents; e++) {
                iloc.skip(indexSize);
                long offset = base + number(iloc, sizes >> 12);
                long length = number(iloc, sizes >> 8 & 15);
                if (first == null) {
                    first = new Extent(inItemData, offset, length);
                }
            }
            if (id == wanted) {
                return first;
            }
        }
        return null;
    }

    private static long number(Block from, int size) throws FileFault {
        return switch (size) {
            case 0 -> 0;
            case 4 -> from.u32();
            case 8 -> from.u64();
            default -> throw from.fault("a number of " + size + " bytes: the file is damaged; fetch it again");
        };
    }
}
