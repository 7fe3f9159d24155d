package io.github.comfyeks.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class LocalFilesTest {
    /** One pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private final EditableWorkflow drawn = EditableWorkflow.of(Drawn.PHOTO, Drawn.CLASSES);

    @TempDir
    private Path folder;

    private Path knight;

    @BeforeEach
    void draw() throws IOException {
        knight = Files.write(folder.resolve("knight.png"), PNG);
    }

    private static String sentImage(FakeComfyServer server, int run) {
        return server.submissions().get(run).graph();
    }

    @Test
    void aPathIsUploadedWhenTheWorkflowIsQueued(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.server().objectInfo();
            EditableWorkflow workflow = drawn.set("LoadImage.image", knight);
            assertThat(server.requests()).doesNotContainKey("POST /upload/image");
            assertThat(client.run(workflow).images()).hasSize(1);
            assertThat(sentImage(server, 0)).contains("\"image\": \"knight.png\"");
        }
    }

    @Test
    void theServersNameTakesThePlace(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.uploads().image("knight.png", new byte[] {1, 2, 3}); // another picture has the name
            client.run(drawn.set("LoadImage.image", knight));
            assertThat(sentImage(server, 0)).contains("\"image\": \"knight (1).png\"");
        }
    }

    @Test
    void bytesAreUploadedUnderTheirName(FakeComfyServer server) {
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.run(drawn.with(Map.of("photo", LocalFile.of("made.png", PNG))));
            assertThat(sentImage(server, 0)).contains("\"image\": \"made.png\"");
        }
    }

    @Test
    void theSameContentIsSentOnceByQueueRunAndFutures(FakeComfyServer server) {
        EditableWorkflow workflow = drawn.set("LoadImage.image", knight);
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            client.run(workflow);
            try (Execution run = client.queue(workflow)) {
                run.await();
            }
            client.async().run(workflow).join();
            client.async().queue(workflow).join().await();
            assertThat(server.submissions()).hasSize(4);
            assertThat(server.requests().get("POST /upload/image")).isEqualTo(1);
        }
    }

    @Test
    void aMissingFileIsFoundBeforeAnythingIsSent(FakeComfyServer server) throws IOException {
        Path other = Files.write(folder.resolve("other.png"), PNG);
        EditableWorkflow two = drawn.set("LoadImage.image", knight)
                .add(CustomNode.of("PreviewImage")
                        .with(
                                "images",
                                CustomNode.of("LoadImage")
                                        .with("image", LocalFile.of(other))
                                        .output(0, Image.class)));
        Files.delete(other);
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            assertThatThrownBy(() -> client.run(two))
                    .isInstanceOf(LocalFileException.class)
                    .hasMessageContaining("other.png");
            assertThat(server.requests()).isEmpty();
        }
        assertThatThrownBy(() -> drawn.set("LoadImage.image", other))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("there is no readable file")
                .hasMessageContaining("other.png");
    }

    @Test
    void aValueInItsPlaceForgetsTheFile(FakeComfyServer server) {
        EditableWorkflow again = drawn.set("LoadImage.image", knight).set("LoadImage.image", "example.png");
        try (ComfyClient client = ComfyClient.create(server.uri())) {
            assertThat(again.workflow(client.uploads())).isEqualTo(Drawn.PHOTO);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aFileIsAParameter() {
        Parameter photo = drawn.parameters().find("photo").orElseThrow();
        assertThat(photo.isFile()).isTrue();
        assertThat(photo.type()).isEqualTo("STRING");
        assertThat(drawn.parameters().toJsonSchema()).contains("\"x-file\" : true");
    }
}
