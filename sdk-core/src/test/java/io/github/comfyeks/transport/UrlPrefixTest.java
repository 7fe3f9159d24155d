package io.github.comfyeks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that a reverse proxy serves under a path. */
@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class UrlPrefixTest {
    @ParameterizedTest
    @ValueSource(strings = {"/comfy", "/comfy/", "/team%20a/comfy"})
    void everythingStaysUnderThePrefix(String path, FakeComfyServer server, @TempDir Path folder) throws Exception {
        Path photo = Files.write(folder.resolve("photo.png"), new byte[] {1, 2, 3});
        String prefix = path.replaceFirst("/$", "");
        try (SmallProxy proxy = SmallProxy.reverse(server.port(), prefix);
                ComfyClient client = ComfyClient.create(URI.create("http://127.0.0.1:" + proxy.port() + path))) {
            assertThat(client.connect(Duration.ofSeconds(10))).isTrue();
            assertThat(client.uploads().image(photo).name()).isEqualTo("photo.png");
            assertThat(client.server().systemStats().version()).isEqualTo(server.version());
            ExecutionRef ref;
            try (Execution run = client.queue(Workflow.parse(TlsTest.PICTURE))) {
                ExecutionResult result = run.await();
                assertThat(result.images().get(0).writeTo(folder).path()).isNotEmptyFile();
                ref = ExecutionRef.parse(run.ref().toString());
            }
            try (ComfyClient again = ComfyClient.create(ref.server());
                    Execution found = again.attach(ref)) {
                assertThat(found.await().images()).hasSize(1);
            }
            assertThat(proxy.requests()).allMatch(line -> line.split(" ")[1].startsWith(prefix + "/"));
        }
    }
}
