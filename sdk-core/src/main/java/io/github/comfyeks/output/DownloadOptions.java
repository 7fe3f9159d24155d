package io.github.comfyeks.output;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a file is downloaded. Immutable; {@link #standard()} suits most. */
public final class DownloadOptions {
    private static final long DEFAULT_MAX = 4L << 30;
    private static final DownloadOptions STANDARD = new Builder().build();

    private final long maxBytes;
    private final @Nullable String previewFormat;
    private final int previewQuality;
    private final @Nullable String channel;
    private final OnExisting onExisting;
    private final @Nullable DownloadProgress progress;

    private DownloadOptions(Builder builder) {
        this.maxBytes = builder.maxBytes;
        this.previewFormat = builder.previewFormat;
        this.previewQuality = builder.previewQuality;
        this.channel = builder.channel;
        this.onExisting = builder.onExisting;
        this.progress = builder.progress;
    }

    /** The file as it is, up to 4 GiB, never over an existing one. */
    public static DownloadOptions standard() {
        return STANDARD;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxBytes = maxBytes;
        builder.previewFormat = previewFormat;
        builder.previewQuality = previewQuality;
        builder.channel = channel;
        builder.onExisting = onExisting;
        builder.progress = progress;
        return builder;
    }

    /** The most bytes that are taken. */
    public long maxBytes() {
        return maxBytes;
    }

    /** {@code webp} or {@code jpeg} if the server is to send the picture anew in that format. */
    public Optional<String> previewFormat() {
        return Optional.ofNullable(previewFormat);
    }

    /** 1 to 100; of no meaning without a preview format. */
    public int previewQuality() {
        return previewQuality;
    }

    /** The channels that the server is to send; empty for all. */
    public Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    public OnExisting onExisting() {
        return onExisting;
    }

    public Optional<DownloadProgress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Collects options; for one thread. */
    public static final class Builder {
        private static final Set<String> FORMATS = Set.of("webp", "jpeg");

        private long maxBytes = DEFAULT_MAX;
        private @Nullable String previewFormat;
        private int previewQuality = 90;
        private @Nullable String channel;
        private OnExisting onExisting = OnExisting.RENAME;
        private @Nullable DownloadProgress progress;

        private Builder() {}

        /** The most bytes to take, 4 GiB by default: what stands between a faulty node and a full disk. */
        public Builder maxBytes(long maxBytes) {
            if (maxBytes < 0) {
                throw new IllegalArgumentException("maxBytes is not negative, got " + maxBytes);
            }
            this.maxBytes = maxBytes;
            return this;
        }

        /**
         * Lets the server send the picture anew, smaller and without the workflow in it: for thumbnails. Answers 500 if the
         * file is no picture. A download of a preview that breaks has to begin anew.
         *
         * @param format {@code webp} or {@code jpeg}; ComfyUI knows no other
         * @param quality 1 to 100
         */
        public Builder preview(String format, int quality) {
            String lower = format.toLowerCase(Locale.ROOT);
            if (!FORMATS.contains(lower) || quality < 1 || quality > 100) {
                throw new IllegalArgumentException(
                        "a preview is webp or jpeg with quality 1 to 100, got " + format + ", " + quality);
            }
            this.previewFormat = lower;
            this.previewQuality = quality;
            return this;
        }

        /** Lets the server send these channels only: {@code rgb}, or {@code a} for the mask. */
        public Builder channel(String channel) {
            this.channel = channel;
            return this;
        }

        /** What happens if the file is there already. */
        public Builder onExisting(OnExisting onExisting) {
            this.onExisting = onExisting;
            return this;
        }

        /** Is told how far the download is. */
        public Builder progress(DownloadProgress progress) {
            this.progress = progress;
            return this;
        }

        public DownloadOptions build() {
            return new DownloadOptions(this);
        }
    }
}
