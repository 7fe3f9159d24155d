package io.github.comfyeks.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.comfyeks.testing.replay.LiveRequests;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says about itself. */
@ExtendWith(FakeComfyExtension.class)
class RoutesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode get(FakeComfyServer server, String path) throws IOException {
        return MAPPER.readTree(LiveRequests.get(server.uri(), path));
    }

    @ParameterizedTest
    @CsvSource({"0.3.64", "0.8.0", "0.33.0", "0.18.1"})
    void tellsItsVersionAndThatItIsFake(String version) throws Exception {
        try (FakeComfyServer server = FakeComfyServer.builder().version(version).build()) {
            JsonNode stats = get(server, "/system_stats");
            assertThat(stats.at("/system/comfyui_version").asText()).isEqualTo(version);
            assertThat(stats.at("/devices/0/name").asText()).isEqualTo("fake (simulated)");
        }
    }

    @Test
    void listsModelsInFoldersAndInTheSchema(FakeComfyServer server) throws Exception {
        server.addModel("loras", "sub/style.safetensors");
        server.addModel("embeddings", "good.pt");
        assertThat(get(server, "/models").toString()).startsWith("[\"checkpoints\",\"configs\",\"loras\",\"vae\",");
        assertThat(get(server, "/models/loras").toString()).isEqualTo("[\"sub/style.safetensors\"]");
        assertThat(get(server, "/embeddings").toString()).isEqualTo("[\"good\"]");
        assertThat(LiveRequests.status(server.uri(), "/models/nosuch")).isEqualTo(404);
        JsonNode loader = get(server, "/object_info/CheckpointLoaderSimple");
        assertThat(loader.at("/CheckpointLoaderSimple/input/required/ckpt_name/0")
                        .toString())
                .isEqualTo("[\"sd_xl_base_1.0.safetensors\",\"sd_xl_refiner_1.0.safetensors\"]");
        assertThat(get(server, "/api/object_info")
                        .at("/LoraLoader/input/required/lora_name/0/0")
                        .asText())
                .isEqualTo("sub/style.safetensors");
    }

    @Test
    void refusesABodyOverTheLimit() throws Exception {
        try (FakeComfyServer server =
                FakeComfyServer.builder().maxUploadSize(1000).build()) {
            assertThat(get(server, "/features").path("max_upload_size").asInt()).isEqualTo(1000);
            assertThat(LiveRequests.postStatus(server.uri(), "/prompt", " ".repeat(1001)))
                    .isEqualTo(413);
            assertThat(LiveRequests.postStatus(server.uri(), "/upload/image", " ".repeat(1001)))
                    .isEqualTo(413);
            assertThat(LiveRequests.post(server.uri(), "/api/prompt", " ".repeat(1001)))
                    .isEqualTo("Maximum request body size 1000 exceeded, actual body size 1001");
            assertThat(LiveRequests.postStatus(server.uri(), "/prompt", " ".repeat(1000)))
                    .isEqualTo(500);
        }
    }

    @Test
    void refusesAModelThatWasTakenAway(FakeComfyServer server) throws Exception {
        server.removeModel("checkpoints", "sd_xl_base_1.0.safetensors");
        String answer = LiveRequests.post(server.uri(), "/prompt", Graphs.body(Graphs.painted(1, 1, "x"), "c"));
        assertThat(MAPPER.readTree(answer).at("/node_errors/1/errors/0/details").asText())
                .isEqualTo("ckpt_name: 'sd_xl_base_1.0.safetensors' not in ['sd_xl_refiner_1.0.safetensors']");
    }

    @Test
    void writesJsonAsPythonDoes(FakeComfyServer server) throws Exception {
        assertThat(LiveRequests.get(server.uri(), "/prompt")).isEqualTo("{\"exec_info\": {\"queue_remaining\": 0}}");
        assertThat(LiveRequests.get(server.uri(), "/features")).contains("\"max_upload_size\": 104857600, ");
    }

    @Test
    void givesACannedAnswerUntilItIsTakenBack(FakeComfyServer server) throws Exception {
        server.answer("GET", "/system_stats", 200, "application/json", "{\"devices\": []}");
        assertThat(LiveRequests.get(server.uri(), "/api/system_stats")).isEqualTo("{\"devices\": []}");
        server.answerNormally("GET", "/system_stats");
        assertThat(LiveRequests.get(server.uri(), "/system_stats")).contains("comfyui_version");
    }
}
