package io.github.comfyeks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void aFilesNameIsFoundByPartOfItWhateverStandsBetween() {
        List<String> files = List.of("sd_xl_base_1.0.safetensors", "flux1-dev.safetensors", "v1-5-pruned.safetensors");
        assertThat(Nearest.to("sdxl.safetensors", files, 1)).containsExactly("sd_xl_base_1.0.safetensors");
        assertThat(Nearest.to("v15.safetensors", files, 1)).containsExactly("v1-5-pruned.safetensors");
        assertThat(Nearest.to("nothing.safetensors", List.of("a.ckpt"), 3)).isEmpty();
    }

    @Test
    void typingErrorsAreForgiven() {
        assertThat(Nearest.to("ksampelr", List.of("KSampler", "KSamplerAdvanced", "VAEDecode"), 1))
                .containsExactly("KSampler");
    }
}
