package io.github.comfyeks.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.workflow.Workflow;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that ComfyUI itself, and the libraries that its extensions use, have written. */
class RealFilesTest {
    @ParameterizedTest
    @CsvSource({
        "comfyui/SaveImage.png, PNG",
        "comfyui/SaveImageAdvanced.png, PNG",
        "comfyui/SaveImageAdvanced.exr, EXR",
        "comfyui/SaveAnimatedPNG.png, PNG",
        "comfyui/SaveAnimatedWEBP.webp, WebP",
        "comfyui/SaveVideo.mp4, MP4",
        "comfyui/SaveVideo.mkv, Matroska",
        "comfyui/SaveWEBM.webm, WebM",
        "comfyui/SaveAudio.flac, FLAC",
        "comfyui/SaveAudioMP3.mp3, MP3",
        "comfyui/SaveAudioOpus.opus, Ogg",
        "comfyui/SaveLatent.latent, safetensors",
        "comfyui/SaveSVGNode.svg, SVG",
        "comfyui/SaveGLB.glb, GLB",
        "others/pillow-exif.png, PNG",
        "others/pillow-zip.png, PNG",
        "others/pillow-exif.jpg, JPEG",
        "others/imagedescription.jpg, JPEG",
        "others/pillow.avif, AVIF",
        "others/vhs.mp4, MP4",
        "others/vhs.webm, WebM",
        "others/moov-last.mov, MOV",
    })
    void givesThePromptAndTheEditorsWorkflow(String name, String format) {
        WorkflowFile file = WorkflowFile.read(Samples.path(name));

        assertThat(file.format()).isEqualTo(new FileFormat(format));
        assertThat(file.workflow().toJson()).isEqualTo(Samples.prompt().toJson());
        Map<String, ?> ui = file.uiWorkflow().orElseThrow();
        assertThat(ui)
                .isEqualTo(WorkflowFile.read(Samples.path("comfyui/workflow.json"))
                        .uiWorkflow()
                        .orElseThrow());
        assertThat(file.workflow().uiWorkflow()).contains(Map.copyOf(ui));
        assertThat(file.problems()).isEmpty();
        assertThat(file.metadata()).isNotEmpty();
        assertThat(file.parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"others/webui.png", "others/webui.jpg", "others/webui.webp"})
    void givesTheParametersOfTheWebUi(String name) {
        WorkflowFile file = WorkflowFile.read(Samples.path(name));

        GenerationParameters parameters = file.parameters().orElseThrow();
        assertThat(parameters.prompt()).isEqualTo("a castle at dawn, <lora:old:0.8>, café\nsecond line");
        assertThat(parameters.negativePrompt()).isEqualTo("blurry, \nlow quality");
        assertThat(parameters.settings())
                .containsEntry("Steps", "20")
                .containsEntry("Sampler", "DPM++ 2M Karras")
                .containsEntry("CFG scale", "7")
                .containsEntry("Seed", "42")
                .containsEntry("Size", "512x768")
                .containsEntry("Lora hashes", "old: aabbccdd, new: 1234")
                .containsEntry("Version", "v1.10.1")
                .hasSize(9);
        assertThat(file.prompt()).isEmpty();
        assertThatThrownBy(file::workflow)
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining(name.substring(name.indexOf('/') + 1))
                .hasMessageContaining("parameters of AUTOMATIC1111's web UI and no workflow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comfyui/SaveImage.png",
                "comfyui/SaveAudioOpus.opus",
                "comfyui/SaveSVGNode.svg",
                "others/pillow.avif",
                "others/moov-last.mov",
                "comfyui/SaveVideo.mkv",
                "comfyui/prompt.json"
            })
    void readsStreamsAndBytesAsItReadsFiles(String name) {
        byte[] bytes = Samples.bytes(name);
        Workflow expected = WorkflowFile.read(Samples.path(name)).workflow();

        assertThat(WorkflowFile.read(bytes).workflow()).isEqualTo(expected);
        assertThat(WorkflowFile.read(new ByteArrayInputStream(bytes)).workflow())
                .isEqualTo(expected);
    }
}
