package io.github.comfyeks.model.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.visibility.Unseen.Reason;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.transport.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVisibilityTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private FakeComfyServer server;
    private ComfyClient client;

    @BeforeEach
    void start() {
        server = FakeComfyServer.builder().checkpoints().modelsFolder(folder).build();
        client = ComfyClient.create(server.uri());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static ModelObject model(String key, long size) {
        return new ModelObject(new ModelKey(key), size, "etag", Instant.EPOCH, "STANDARD");
    }

    private void file(String key, String text) {
        try {
            Path file = folder.resolve(key);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Unseen> unseen(ModelObject... models) {
        return ModelVisibility.of(List.of(client))
                .look(List.of(models))
                .unseen()
                .getOrDefault(server.uri(), List.of());
    }

    @Test
    void aModelThatTheServerListsIsVisible() {
        file("checkpoints/sdxl/a b+(1).safetensors", "abc");
        assertThat(unseen(model("checkpoints/sdxl/a b+(1).safetensors", 3))).isEmpty();
    }

    @Test
    void oneThatIsNotThereWasNotCopied() {
        assertThat(unseen(model("loras/a.safetensors", 3))).singleElement().satisfies(each -> {
            assertThat(each.reason()).isEqualTo(Reason.NOT_COPIED);
            assertThat(each.message()).startsWith("loras/a.safetensors: the server has no such file");
        });
    }

    @Test
    void anOlderOneHasTheWrongSize() {
        file("loras/a.safetensors", "abc");
        assertThat(unseen(model("loras/a.safetensors", 4))).singleElement().satisfies(each -> {
            assertThat(each.reason()).isEqualTo(Reason.WRONG_SIZE);
            assertThat(each.message()).contains("3 bytes on the server and 4 in the bucket");
        });
    }

    @Test
    void oldNamesOfFoldersAreServedUnderTheNew() {
        file("unet/flux.safetensors", "abc");
        file("clip/t5.safetensors", "abc");
        assertThat(unseen(model("unet/flux.safetensors", 3), model("clip/t5.safetensors", 3)))
                .isEmpty();
    }

    @Test
    void aFolderThatTheServerDoesNotKnowIsNamed() {
        assertThat(unseen(model("chekpoints/a.safetensors", 3)))
                .extracting(Unseen::reason)
                .containsExactly(Reason.NO_PLACE);
    }

    @Test
    void aLicenceBesideAModelIsNoModel() {
        assertThat(unseen(model("loras/LICENSE.txt", 3))).isEmpty();
    }

    @Test
    void itIsWaitedForUntilEveryServerOffersIt() throws Exception {
        List<ModelObject> wanted = List.of(model("vae/x.safetensors", 3));
        TimeSource time = new TimeSource() {
            private long now;

            @Override
            public long nanoTime() {
                return now;
            }

            @Override
            public void sleep(Duration duration) {
                now += duration.toNanos();
                if (now >= Duration.ofSeconds(3).toNanos()) {
                    file("vae/x.safetensors", "abc");
                }
            }
        };
        ModelVisibility visibility = ModelVisibility.of(List.of(client), time);
        assertThat(visibility.waitUntilVisible(wanted, Duration.ofSeconds(2)).allVisible())
                .isFalse();
        assertThat(visibility.waitUntilVisible(wanted, LIMIT).allVisible()).isTrue();
    }

    @Test
    void aServerThatIsGoneIsInTheReport() {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (ComfyClient gone = ComfyClient.create(ClientOptions.builder(nobody)
                .retry(new RetryPolicy(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1)))
                .build())) {
            VisibilityReport report =
                    ModelVisibility.of(List.of(gone, client)).look(List.of(model("vae/x.safetensors", 3)));
            assertThat(report.unseen().getOrDefault(nobody, List.of()))
                    .extracting(Unseen::reason)
                    .containsExactly(Reason.NOT_REACHED);
            assertThat(report.toString()).contains("http://127.0.0.1:1: vae/x.safetensors: the server did not answer");
        }
    }
}
