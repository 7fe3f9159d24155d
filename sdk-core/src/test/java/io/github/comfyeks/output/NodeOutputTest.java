package io.github.comfyeks.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeOutputTest {
    @Test
    void everyListedFileIsFoundWhateverItsKey() {
        NodeOutput output = NodeOutput.of(
                "5.0.0.1",
                Map.of(
                        "images", List.of(Map.of("filename", "a.png", "subfolder", "s", "type", "temp")),
                        "brand_new", List.of(Map.of("filename", "b.xyz")),
                        "single", Map.of("filename", "c.glb", "type", "output")));
        assertThat(output.files())
                .extracting(OutputFile::filename)
                .containsExactlyInAnyOrder("a.png", "b.xyz", "c.glb");
        assertThat(output.images()).singleElement().satisfies(image -> {
            assertThat(image.nodeId()).isEqualTo("5.0.0.1");
            assertThat(image.subfolder()).isEqualTo("s");
            assertThat(image.reference()).isEqualTo("s/a.png [temp]");
        });
        assertThat(output.files(MediaKind.THREE_D)).hasSize(1);
        assertThat(output.files(MediaKind.OTHER)).hasSize(1);
    }

    @Test
    void textsAreFoundAndTheRestStaysData() {
        Map<String, Object> data = new HashMap<>();
        data.put("text", Arrays.asList("a", null, 7, List.of("b")));
        data.put("probe", List.of(Map.of("a", 1)));
        data.put("nothing", null);
        data.put("images", Arrays.asList("no file", null, Map.of("filename", "")));
        NodeOutput output = NodeOutput.of("1", data);
        assertThat(output.texts()).containsExactly("a", "7", "b");
        assertThat(output.files()).isEmpty();
        assertThat(output.data()).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource({
        "images, a.png, false, image",
        "images, a.webp, true, image",
        "images, a.mp4, true, video",
        "images, a.unknown, true, video",
        "images, a, false, image",
        "gifs, a.webm, false, video",
        "gifs, a.gif, false, image",
        "gifs, a, false, video",
        "video, a.MP4, false, video",
        "audio, a.flac, false, audio",
        "audio, a, false, audio",
        "3d, a.glb, false, 3d",
        "3d, a, false, 3d",
        "files, a.json, false, text",
        "files, a, false, other"
    })
    void theKindComesFromTheExtensionThenFromTheKey(String key, String filename, boolean animated, String kind) {
        Map<String, Object> data = Map.of(key, List.of(Map.of("filename", filename)), "animated", List.of(animated));
        OutputFile file = NodeOutput.of("1", data).files().get(0);
        assertThat(file.kind()).hasToString(kind);
        assertThat(file.animated()).isEqualTo(animated);
    }

    @Test
    void filesAreValues() {
        Map<String, Object> data = Map.of("images", List.of(Map.of("filename", "a.png")));
        assertThat(NodeOutput.of("1", data)).isEqualTo(NodeOutput.of("1", data));
        assertThat(NodeOutput.of("1", data).files())
                .isNotEqualTo(NodeOutput.of("2", data).files());
    }
}
