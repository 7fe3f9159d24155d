package io.github.comfyeks.file.internal;

/** The comments that FLAC and Ogg share: {@code NAME=text} with little-endian lengths. */
final class VorbisComment {
    private VorbisComment() {}

    static void read(Block block, String where, Found found) throws FileFault {
        block.littleEndian(true);
        block.skip(block.u32()); // who wrote it
        long count = block.u32();
        for (long i = 0; i < count; i++) {
            Block comment = block.sub(block.u32());
            if (comment.startsWith("METADATA_BLOCK_PICTURE=")) {
                found.name("METADATA_BLOCK_PICTURE", where);
                continue;
            }
            String text = comment.text();
            int equals = text.indexOf('=');
            if (equals < 0) {
                found.name(text, where);
            } else {
                found.text(text.substring(0, equals), text.substring(equals + 1), where);
            }
        }
    }
}
