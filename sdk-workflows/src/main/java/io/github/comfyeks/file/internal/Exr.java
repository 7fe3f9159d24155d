package io.github.comfyeks.file.internal;

import java.io.IOException;

/** OpenEXR: the string attributes of its first header. */
final class Exr implements Format {
    private static final int LONGEST_NAME = 255;

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        file.skip(8, "EXR signature");
        while (true) {
            long at = file.position();
            String name = name(file);
            if (name.isEmpty()) {
                return;
            }
            String type = name(file);
            long length = file.block(4, "EXR attribute").littleEndian(true).u32();
            if (type.equals("string")) {
                found.text(name, file.block(length, "EXR attribute").text(), "EXR attribute at byte " + at);
            } else {
                file.skip(length, "EXR attribute");
            }
        }
    }

    private static String name(Source file) throws IOException, FileFault {
        long at = file.position();
        StringBuilder name = new StringBuilder();
        int next;
        while ((next = file.u8("EXR attribute name")) != 0) {
            if (name.length() >= LONGEST_NAME) {
                throw new FileFault("EXR attribute at byte " + at + " has a name longer than " + LONGEST_NAME
                        + " characters: the file is damaged; fetch it again");
            }
            name.append((char) next);
        }
        return name.toString();
    }
}
