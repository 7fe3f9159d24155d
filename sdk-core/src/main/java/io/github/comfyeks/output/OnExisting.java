package io.github.comfyeks.output;

/** What happens to a download when a file of its name is there already. */
public enum OnExisting {
    /** The new one is named {@code name (1).png}, {@code name (2).png}, …; the default. */
    RENAME,
    /** The download fails with a {@link io.github.comfyeks.error.LocalFileException}. */
    FAIL,
    /** The new one takes its place, in one step, when it is complete. */
    REPLACE
}
