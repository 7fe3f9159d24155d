package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.server.QueueSnapshot;
import io.github.comfyeks.server.SystemStats;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the server: version, devices, memory, queue.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            SystemStats stats = client.server().systemStats();
            QueueSnapshot queue = client.server().queue();
            List<Map<String, Object>> devices = stats.devices().stream()
                    .map(device -> Map.<String, Object>of(
                            "name", device.name(),
                            "type", device.type(),
                            "vramTotal", device.vramTotal(),
                            "vramFree", device.vramFree()))
                    .toList();
            output.record(
                    "server", server.uri().toString(),
                    "version", stats.version(),
                    "devices", devices,
                    "running", queue.running().size(),
                    "pending", queue.pending().size());
            output.line("server   " + server.uri() + "  ComfyUI " + stats.version());
            output.line("python   " + stats.python() + "  pytorch " + stats.pytorch() + "  " + stats.os());
            stats.devices()
                    .forEach(device -> output.line("device   " + device.name() + "  " + gib(device.vramFree()) + " of "
                            + gib(device.vramTotal()) + " GiB free"));
            output.line("queue    " + queue.running().size() + " running, "
                    + queue.pending().size() + " waiting");
            return ExitCodes.OK;
        }
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << 30));
    }
}
