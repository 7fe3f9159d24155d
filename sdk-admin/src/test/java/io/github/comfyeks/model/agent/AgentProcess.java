package io.github.comfyeks.model.agent;

import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;

/** An agent as a process of its own, to be killed: says when it begins, looks once, exits with 0 if the folder is in step then. */
final class AgentProcess {
    private AgentProcess() {}

    /** @param arguments the bucket's server, the folder, bytes a second */
    public static void main(String[] arguments) throws InterruptedException {
        AgentOptions options = AgentOptions.builder(Path.of(arguments[1]))
                .grace(Duration.ZERO)
                .parallel(4)
                .bytesPerSecond(Long.parseLong(arguments[2]))
                .build();
        try (S3Client s3 = S3Server.client(URI.create(arguments[0]));
                NodeAgent agent = NodeAgent.create(ModelStore.of(s3, Bench.BUCKET), options)) {
            System.out.println("begins");
            AgentReport report = agent.sync();
            System.out.println(report);
            System.exit(report.inStep() ? 0 : 1);
        }
    }
}
