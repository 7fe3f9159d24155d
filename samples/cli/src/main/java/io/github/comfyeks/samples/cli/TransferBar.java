package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.TransferProgress;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** One bar for many models on their way, where a person looks. Told by several threads. */
final class TransferBar implements Consumer<TransferProgress>, AutoCloseable {
    private static final long MIB = 1 << 20;

    private final Map<ModelKey, Long> bytes = new ConcurrentHashMap<>();
    private final @Nullable ProgressBar bar;

    /** @param total bytes of all */
    TransferBar(Output output, String task, long total) {
        this.bar = output.isJson() || !Output.isTerminal()
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setUnit(" MiB", MIB)
                        .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true)))
                        .setUpdateIntervalMillis(200)
                        .build();
    }

    @Override
    public void accept(TransferProgress progress) {
        if (bar != null) {
            Long before = bytes.put(progress.key(), progress.bytes());
            bar.stepBy(progress.bytes() - (before == null ? 0 : before));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
