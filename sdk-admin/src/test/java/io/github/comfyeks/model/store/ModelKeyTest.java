package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoints/sd xl (1.0)+base%20.safetensors",
                "loras/龙😀.safetensors",
                "loras/ü&=#;,'\"$.safetensors",
                "loras/-rf.safetensors",
                "checkpoints/a/b/c/..d.safetensors",
                "readme.txt",
                "loras/conan.safetensors",
                ".comfyeks.txt"
            })
    void oddNamesAreKeys(String value) {
        assertThat(new ModelKey(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/abs.safetensors",
                "../evil.safetensors",
                "checkpoints/../../evil.safetensors",
                "checkpoints/./x",
                "checkpoints//x",
                "checkpoints/",
                "checkpoints/CON.safetensors",
                "checkpoints/nul",
                "checkpoints/a\nb.safetensors",
                "checkpoints/a\u0000b",
                "checkpoints\\evil",
                "checkpoints/\ud800.safetensors",
                ".comfyeks/manifest.json",
                ".comfyeks"
            })
    void whatNoFolderCanSafelyHoldIsNoKey(String value) {
        assertThatThrownBy(() -> new ModelKey(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreAsLongAsFileSystemsTakeThem() {
        assertThat(ModelKey.problem("x".repeat(255))).isEmpty();
        assertThat(ModelKey.problem("x".repeat(256))).isPresent();
        assertThat(ModelKey.problem("龙".repeat(86))).isPresent();
    }

    @Test
    void theFirstPartIsTheFolder() {
        ModelKey key = new ModelKey("loras/sdxl/a.safetensors");
        assertThat(key.folder()).isEqualTo("loras");
        assertThat(key.name()).isEqualTo("sdxl/a.safetensors");
        assertThat(new ModelKey("x").folder()).isEmpty();
    }
}
