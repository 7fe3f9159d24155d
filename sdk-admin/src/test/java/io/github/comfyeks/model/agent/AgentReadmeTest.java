package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.store.ModelStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The example of AGENT.md does what the page says. */
class AgentReadmeTest {
    @TempDir
    private Path temp;

    @Test
    void theExampleKeepsAFolderInStep() throws Exception {
        try (Bench bench = new Bench(temp)) {
            bench.put("loras/a.pt", "a");
            S3Client s3 = bench.s3;
            AgentOptions options = AgentOptions.builder(bench.folder)
                    .maxBytes(200L << 30)
                    .readyFile(temp.resolve("ready"))
                    .build();
            try (NodeAgent agent = NodeAgent.create(ModelStore.of(s3, Bench.BUCKET), options);
                    AgentEndpoint door = AgentEndpoint.open(agent, 0)) {
                AgentReport report = agent.sync();
                agent.start();
                agent.nudge();
                assertThat(report.copied()).hasSize(1);
                assertThat(report.failed()).isEmpty();
                assertThat(agent.status().ready()).isTrue();
                assertThat(door.uri().getPort()).isPositive();
            }
            assertThat(bench.files()).containsOnlyKeys("loras/a.pt");
        }
    }
}
