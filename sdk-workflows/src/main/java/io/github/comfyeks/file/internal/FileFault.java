package io.github.comfyeks.file.internal;

import java.util.Objects;

/** Something in a file that is wrong, cut, or too much, in words that say where. Never leaves this feature. */
final class FileFault extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 500; // a file's own words may be long

    FileFault(String message) {
        super(
                Texts.printable(message, MOST),
                null,
                false,
                false); // a message for people; millions may be made, and no stack helps
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
