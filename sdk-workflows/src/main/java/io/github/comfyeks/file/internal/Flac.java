package io.github.comfyeks.file.internal;

import java.io.IOException;

/** FLAC: the comment blocks before the sound. */
final class Flac implements Format {
    static final int COMMENT = 4;

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        file.skip(4, "FLAC signature");
        boolean last = false;
        while (!last) {
            long at = file.position();
            int type = file.u8("FLAC metadata block");
            last = type >= 0x80;
            int length = file.block(3, "FLAC metadata block").u24();
            if ((type & 0x7f) == COMMENT) {
                VorbisComment.read(file.block(length, "Vorbis comment"), "Vorbis comment at byte " + at, found);
            } else {
                file.skip(length, "FLAC metadata block");
            }
        }
    }
}
