package io.github.comfyeks.model.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an agent keeps its folder. Immutable. */
public final class AgentOptions {
    private final Path folder;
    private final Duration grace;
    private final long maxBytes;
    private final long bytesPerSecond;
    private final int parallel;
    private final Duration poll;
    private final Duration fullPass;
    private final @Nullable Path readyFile;
    private final AgentListener listener;

    private AgentOptions(Builder builder) {
        this.folder = builder.folder;
        this.grace = builder.grace;
        this.maxBytes = builder.maxBytes;
        this.bytesPerSecond = builder.bytesPerSecond;
        this.parallel = builder.parallel;
        this.poll = builder.poll;
        this.fullPass = builder.fullPass;
        this.readyFile = builder.readyFile;
        this.listener = builder.listener;
    }

    /** @param folder where the models are to lie, ComfyUI's {@code models/}; made if it is not there */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    public Path folder() {
        return folder;
    }

    public Duration grace() {
        return grace;
    }

    public long maxBytes() {
        return maxBytes;
    }

    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    public int parallel() {
        return parallel;
    }

    public Duration poll() {
        return poll;
    }

    public Duration fullPass() {
        return fullPass;
    }

    public Optional<Path> readyFile() {
        return Optional.ofNullable(readyFile);
    }

    public AgentListener listener() {
        return listener;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final Path folder;
        private Duration grace = Duration.ofMinutes(10);
        private long maxBytes;
        private long bytesPerSecond;
        private int parallel = 8;
        private Duration poll = Duration.ofSeconds(30);
        private Duration fullPass = Duration.ofMinutes(5);
        private @Nullable Path readyFile;
        private AgentListener listener = AgentListener.NONE;

        private Builder(Path folder) {
            this.folder = folder;
        }

        /** How long a model stays that the bucket has no more; 10 minutes unless set. A run that is queued may still want it. */
        public Builder grace(Duration time) {
            this.grace = time;
            return this;
        }

        /**
         * How many bytes of models the agent may keep, 0 for no limit, the default. The least recently used go first; those of tier
         * start, pinned ones and those in use never. While a model is replaced, old and new take room at once.
         */
        public Builder maxBytes(long bytes) {
            this.maxBytes = bytes;
            return this;
        }

        /** How many bytes a second all copies together may read; 0 for no limit, the default. */
        public Builder bytesPerSecond(long bytes) {
            this.bytesPerSecond = bytes;
            return this;
        }

        /**
         * Requests at once, 1 to 64; 8 unless set. S3 gives each connection a part of the network only. Each takes up to 16 MiB of memory.
         */
        public Builder parallel(int requests) {
            this.parallel = requests;
            return this;
        }

        /** How often the manifest is asked for changes; 30 seconds unless set. A failed look is tried again after this time. */
        public Builder poll(Duration interval) {
            this.poll = interval;
            return this;
        }

        /** How often the whole bucket is listed, whatever the manifest says; 5 minutes unless set. */
        public Builder fullPass(Duration interval) {
            this.fullPass = interval;
            return this;
        }

        /**
         * A file that is there once all models are that are needed before the node takes work: those of tier start, or without a
         * manifest all. The agent removes it when it starts and they are not; later it stays.
         */
        public Builder readyFile(@Nullable Path file) {
            this.readyFile = file;
            return this;
        }

        /** Who is told of bytes and reports. */
        public Builder listener(AgentListener observer) {
            this.listener = observer;
            return this;
        }

        /** @throws IllegalArgumentException naming all that is wrong */
        public AgentOptions build() {
            List<String> problems = new ArrayList<>();
            if (grace.isNegative()) {
                problems.add("grace " + grace + " is negative");
            }
            if (maxBytes < 0) {
                problems.add("maxBytes " + maxBytes + " is negative");
            }
            if (bytesPerSecond < 0) {
                problems.add("bytesPerSecond " + bytesPerSecond + " is negative");
            }
            if (parallel < 1 || parallel > 64) {
                problems.add("parallel " + parallel + " is not between 1 and 64");
            }
            if (poll.isNegative() || poll.isZero()) {
                problems.add("poll " + poll + " is no time to wait");
            }
            if (fullPass.isNegative() || fullPass.isZero()) {
                problems.add("fullPass " + fullPass + " is no time to wait");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("the agent's options are wrong: " + String.join("; ", problems));
            }
            return new AgentOptions(this);
        }
    }
}
