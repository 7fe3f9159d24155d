package io.github.comfyeks.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a workflow is queued and followed. Immutable; {@link #standard()} changes nothing about ComfyUI's own defaults. */
public final class QueueOptions {
    private static final QueueOptions STANDARD = builder().build();

    private final boolean front;
    private final @Nullable Double number;
    private final Map<String, Object> extraData;
    private final List<String> targets;
    private final boolean acceptPartial;
    private final @Nullable RunLimits limits;
    private final LetGo letGo;
    private final @Nullable ExecutionListener listener;

    private QueueOptions(Builder builder) {
        front = builder.front;
        number = builder.number;
        extraData = Map.copyOf(builder.extraData);
        targets = List.copyOf(builder.targets);
        acceptPartial = builder.acceptPartial;
        limits = builder.limits;
        letGo = builder.letGo;
        listener = builder.listener;
    }

    public static QueueOptions standard() {
        return STANDARD;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Before all that waits ({@code front}). A later one at the front overtakes this one. */
    public boolean front() {
        return front;
    }

    /** The place in the queue's order ({@code number}), if chosen. */
    public Optional<Double> number() {
        return Optional.ofNullable(number);
    }

    /** {@code extra_data}. */
    public Map<String, Object> extraData() {
        return extraData;
    }

    /** {@code partial_execution_targets}; empty for all outputs. */
    public List<String> targets() {
        return targets;
    }

    /** Whether a run goes on of which the server dropped invalid outputs. */
    public boolean acceptPartial() {
        return acceptPartial;
    }

    /** The limits, if other than the client's. */
    public Optional<RunLimits> limits() {
        return Optional.ofNullable(limits);
    }

    /** What letting go does on the server. */
    public LetGo letGo() {
        return letGo;
    }

    /** Told every event from the first on, if set. */
    public Optional<ExecutionListener> listener() {
        return Optional.ofNullable(listener);
    }

    /** Without secrets: of {@code extra_data} the names only. */
    @Override
    public String toString() {
        return "QueueOptions[front=" + front + ", number=" + number + ", extraData=" + extraData.keySet() + ", targets="
                + targets + ", acceptPartial=" + acceptPartial + ", limits=" + limits + ", letGo=" + letGo + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private boolean front;
        private @Nullable Double number;
        private final Map<String, Object> extraData = new LinkedHashMap<>();
        private final List<String> targets = new ArrayList<>();
        private boolean acceptPartial;
        private @Nullable RunLimits limits;
        private LetGo letGo = LetGo.GO_ON;
        private @Nullable ExecutionListener listener;

        private Builder() {}

        /** Runs before all that waits now. */
        public Builder front() {
            front = true;
            return this;
        }

        /**
         * The place in the queue's order, lower first; beats {@link #front()}. A submission with a number whose answer is
         * lost is never sent again, because a second prompt of the same number can end the server's worker.
         */
        public Builder number(double number) {
            this.number = number;
            return this;
        }

        /** One more field of {@code extra_data}; plain JSON data. */
        public Builder extraData(String name, Object value) {
            extraData.put(name, value);
            return this;
        }

        /** {@code auto}, {@code latent2rgb}, {@code taesd} or {@code none}; from ComfyUI 0.8.0 on. */
        public Builder previewMethod(String method) {
            return extraData("preview_method", method);
        }

        /** The key for ComfyUI's partner nodes. ComfyUI 0.3.64 shows it to anyone in {@code /queue} until the run ends. */
        public Builder partnerApiKey(String key) {
            return extraData("api_key_comfy_org", key);
        }

        /** Only these output nodes are checked and run, with what they need. */
        public Builder targets(String... nodeIds) {
            targets.addAll(List.of(nodeIds));
            return this;
        }

        /** Goes on where the server drops invalid outputs and runs the rest; else that is a rejection. */
        public Builder acceptPartial() {
            acceptPartial = true;
            return this;
        }

        /** Instead of the client's limits. */
        public Builder limits(RunLimits limits) {
            this.limits = limits;
            return this;
        }

        /** What letting go does on the server: close, an interrupted thread, a reached limit, a cancelled future. */
        public Builder letGo(LetGo letGo) {
            this.letGo = letGo;
            return this;
        }

        /** Told every event from the first on. */
        public Builder listener(ExecutionListener listener) {
            this.listener = listener;
            return this;
        }

        public QueueOptions build() {
            return new QueueOptions(this);
        }
    }
}
