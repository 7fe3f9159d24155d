package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.server.QueueSnapshot;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Shows the queue whenever it changes, until Ctrl-C.")
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = Durations.class,
            description = "How often the server is asked. Default: 1s")
    private Duration every = Duration.ofSeconds(1);

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Ends by itself after this.")
    private @Nullable Duration limit;

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        try (ComfyClient client = server.client()) {
            QueueSnapshot last = null;
            while (true) {
                QueueSnapshot queue = client.server().queue();
                if (!queue.equals(last)) {
                    show(queue);
                }
                last = queue;
                long left = limit == null ? Long.MAX_VALUE : limit.toNanos() - (System.nanoTime() - start);
                if (left <= 0) {
                    return ExitCodes.OK;
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(every.toNanos(), left));
            }
        }
    }

    private void show(QueueSnapshot queue) {
        List<String> running = queue.running().stream()
                .map(prompt -> prompt.promptId().value())
                .toList();
        output.record("running", running, "pending", queue.pending().size());
        output.line(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  "
                + (running.isEmpty() ? "nothing runs" : "running " + String.join(", ", running)) + "  waiting "
                + queue.pending().size());
    }
}
