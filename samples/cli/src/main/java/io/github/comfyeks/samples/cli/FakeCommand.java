package io.github.comfyeks.samples.cli;

import io.github.comfyeks.testing.FakeComfyServer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "fake",
        mixinStandardHelpOptions = true,
        description = "Serves a fake ComfyUI server until it is stopped: pictures are simulated.")
final class FakeCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--port", paramLabel = "N", defaultValue = "8188", description = "0: any free one. Default: 8188")
    private int port;

    @Option(names = "--comfyui", paramLabel = "VERSION", description = "Behaves like this version. Default: 0.33.0")
    private String version = FakeComfyServer.DEFAULT_VERSION;

    @Option(
            names = "--job-time",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long each job takes at least, such as 50ms.")
    private @Nullable Duration jobTime;

    @Override
    public Integer call() throws InterruptedException {
        FakeComfyServer.Builder builder =
                FakeComfyServer.builder().version(version).port(port);
        if (jobTime != null) {
            builder.jobTime(jobTime);
        }
        try (FakeComfyServer server = builder.build()) {
            output.record("server", server.uri().toString(), "version", server.version());
            output.line("a fake ComfyUI " + server.version() + " serves " + server.uri() + " until Ctrl-C");
            new CountDownLatch(1).await();
        }
        return ExitCodes.OK;
    }
}
