package io.github.comfyeks.upload;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an upload goes. Immutable; {@link #standard()} suits most. */
public final class UploadOptions {
    private static final UploadOptions STANDARD = new Builder().build();

    private final String type;
    private final String subfolder;
    private final boolean overwrite;
    private final @Nullable UploadProgress progress;

    private UploadOptions(Builder builder) {
        this.type = builder.type;
        this.subfolder = builder.subfolder;
        this.overwrite = builder.overwrite;
        this.progress = builder.progress;
    }

    /** Into the input folder, never over another file. */
    public static UploadOptions standard() {
        return STANDARD;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.type = type;
        builder.subfolder = subfolder;
        builder.overwrite = overwrite;
        builder.progress = progress;
        return builder;
    }

    /** ComfyUI's folder. */
    public String type() {
        return type;
    }

    /** The folder below it; empty for none. */
    public String subfolder() {
        return subfolder;
    }

    /** Whether a file of the same name is replaced. */
    public boolean overwrite() {
        return overwrite;
    }

    public Optional<UploadProgress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Collects options; for one thread. */
    public static final class Builder {
        private String type = "input";
        private String subfolder = "";
        private boolean overwrite;
        private @Nullable UploadProgress progress;

        private Builder() {}

        /** {@code input} by default; {@code temp} is emptied at the server's next start, {@code output} is for keeps. */
        public Builder type(String type) {
            if (type.isEmpty()) {
                throw new IllegalArgumentException("the type is input, temp or output, and not empty");
            }
            this.type = type;
            return this;
        }

        /**
         * A folder below that of the type, such as {@code game/level-1}; made if it is missing. The server refuses to leave its
         * own folder, and so does this.
         */
        public Builder subfolder(String subfolder) {
            boolean leaves = subfolder.startsWith("/")
                    || subfolder.indexOf('\\') >= 0
                    || Arrays.asList(subfolder.split("/", -1)).contains("..");
            if (leaves) {
                throw new IllegalArgumentException(
                        "a subfolder is relative, with / and without .., such as game/level-1; got \"" + subfolder
                                + "\"");
            }
            this.subfolder = subfolder;
            return this;
        }

        /**
         * Replaces a file of the same name, also while a run loads it. Without it the server keeps both, and names the new one
         * {@code name (1).png}; the same content under the same name stays one file.
         */
        public Builder overwrite(boolean overwrite) {
            this.overwrite = overwrite;
            return this;
        }

        /** Is told how far the upload is. */
        public Builder progress(UploadProgress progress) {
            this.progress = progress;
            return this;
        }

        public UploadOptions build() {
            return new UploadOptions(this);
        }
    }
}
