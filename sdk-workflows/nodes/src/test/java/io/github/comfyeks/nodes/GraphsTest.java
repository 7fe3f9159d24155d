package io.github.comfyeks.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.Graph;
import io.github.comfyeks.graph.Node;
import io.github.comfyeks.graph.Value;
import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.workflow.Workflow;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What generated nodes send, beside the JSON that the editor exports. */
class GraphsTest {
    private static void assertSends(Node node, String json) {
        assertThat(Graph.of(node).workflow()).isEqualTo(Workflow.parse(json));
    }

    /** The EKS guide's text-to-image workflow. */
    @Test
    void sdxlBaseAndRefiner() {
        var base = CheckpointLoaderSimple.ckptName("sd_xl_base_1.0.safetensors");
        var refiner = CheckpointLoaderSimple.ckptName("sd_xl_refiner_1.0.safetensors");
        String text = "a castle at dawn";
        var rough = KSamplerAdvanced.model(base.model())
                .addNoise("enable")
                .samplerName(SamplerName.EULER)
                .scheduler(Scheduler.NORMAL)
                .positive(CLIPTextEncode.text(text).clip(base.clip()).conditioning())
                .negative(CLIPTextEncode.text("blurry").clip(base.clip()).conditioning())
                .latentImage(EmptyLatentImage.create().width(1024).height(1024).latent())
                .returnWithLeftoverNoise("enable")
                .noiseSeed(new BigInteger("18446744073709551615"))
                .steps(25)
                .endAtStep(20);
        var fine = KSamplerAdvanced.model(refiner.model())
                .addNoise("disable")
                .samplerName(SamplerName.EULER)
                .scheduler(Scheduler.of("normal"))
                .positive(CLIPTextEncode.text(text).clip(refiner.clip()).conditioning())
                .negative(CLIPTextEncode.text("blurry").clip(refiner.clip()).conditioning())
                .latentImage(rough.latent())
                .returnWithLeftoverNoise("disable")
                .steps(25)
                .startAtStep(20);
        var save = SaveImage.images(
                VAEDecode.samples(fine.latent()).vae(refiner.vae()).image());
        assertSends(save, """
                {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_refiner_1.0.safetensors"}},
                 "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a castle at dawn", "clip": ["1", 1]}},
                 "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["1", 1]}},
                 "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_base_1.0.safetensors"}},
                 "5": {"class_type": "CLIPTextEncode", "inputs": {"text": "a castle at dawn", "clip": ["4", 1]}},
                 "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
                 "7": {"class_type": "EmptyLatentImage", "inputs": {"width": 1024, "height": 1024, "batch_size": 1}},
                 "8": {"class_type": "KSamplerAdvanced", "inputs": {"model": ["4", 0], "add_noise": "enable",
                       "noise_seed": 18446744073709551615, "steps": 25, "cfg": 8.0, "sampler_name": "euler",
                       "scheduler": "normal", "positive": ["5", 0], "negative": ["6", 0], "latent_image": ["7", 0],
                       "start_at_step": 0, "end_at_step": 20, "return_with_leftover_noise": "enable"}},
                 "9": {"class_type": "KSamplerAdvanced", "inputs": {"model": ["1", 0], "add_noise": "disable",
                       "noise_seed": 0, "steps": 25, "cfg": 8.0, "sampler_name": "euler", "scheduler": "normal",
                       "positive": ["2", 0], "negative": ["3", 0], "latent_image": ["8", 0], "start_at_step": 20,
                       "end_at_step": 10000, "return_with_leftover_noise": "disable"}},
                 "10": {"class_type": "VAEDecode", "inputs": {"samples": ["9", 0], "vae": ["1", 2]}},
                 "11": {"class_type": "SaveImage", "inputs": {"images": ["10", 0], "filename_prefix": "ComfyUI"}}}
                """);
    }

    @Test
    void aDynamicComboSendsItsOptionAndTheOptionsInputs() {
        var video = CreateVideo.images(EmptyImage.create().image()).fps(24).video();
        var save = SaveVideo.video(video)
                .format(SaveVideo.Format.mp4()
                        .codec(SaveVideo.Format.Mp4.Codec.h264()
                                .encoding(SaveVideo.Format.Mp4.Codec.H264
                                        .Encoding
                                        .reEncode()
                                        .crf(18)
                                        .colorSpace(ColorSpace.HDR))));
        assertThat(save.inputs())
                .containsEntry("format", "mp4")
                .containsEntry("format.codec", "h264")
                .containsEntry("format.codec.encoding", "re-encode")
                .containsEntry("format.codec.encoding.crf", 18.0)
                .containsEntry("format.codec.encoding.color_space", "HDR")
                .doesNotContainKey("codec")
                .hasSize(7);
    }

    @Test
    void anInputThatRepeatsSendsEachUnderItsName() {
        var image = EmptyImage.create().image();
        assertSends(BatchImagesNode.images(image, image, image), """
                {"1": {"class_type": "EmptyImage", "inputs": {"width": 512, "height": 512, "batch_size": 1, "color": 0}},
                 "2": {"class_type": "BatchImagesNode", "inputs":
                       {"images.image0": ["1", 0], "images.image1": ["1", 0], "images.image2": ["1", 0]}}}
                """);
        assertThat(ComfyMathExpression.values(
                                Value.of(1),
                                Value.of(0.5),
                                PrimitiveBoolean.value(true).booleanOutput())
                        .expression("a * b")
                        .inputs())
                .containsEntry("values.a", 1L)
                .containsEntry("values.b", 0.5)
                .containsKey("values.c");
    }

    @Test
    void tooManyOrTooFewRepetitionsAreRefusedAtOnce() {
        var image = EmptyImage.create().image();
        assertThatThrownBy(() -> BatchImagesNode.images()).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> BatchImagesNode.images(Collections.nCopies(51, image)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 50");
    }

    @Test
    void aMatchTypeGivesWhatItTook() {
        var scaled = ResizeImageMaskNode.input(EmptyImage.create().image())
                .resizeType(ResizeImageMaskNode.ResizeType.scaleDimensions().width(64))
                .scaleMethod(UpscaleMethod.LANCZOS);
        SaveImage save = SaveImage.images(scaled.resized());
        assertThat(Graph.of(save)
                        .workflow()
                        .findByClass("ResizeImageMaskNode")
                        .get(0)
                        .inputs())
                .containsEntry("resize_type", "scale dimensions")
                .containsEntry("resize_type.width", 64L)
                .containsEntry("resize_type.height", 512L)
                .containsEntry("resize_type.crop", "center")
                .containsEntry("scale_method", "lanczos");
    }

    @Test
    void everyValueMayBeLinkedInstead() {
        var seed = PrimitiveInt.value(7).intOutput();
        var node = EmptyImage.create().width(seed).height(64);
        assertSends(node, """
                {"1": {"class_type": "PrimitiveInt", "inputs": {"value": 7}},
                 "2": {"class_type": "EmptyImage", "inputs": {"width": ["1", 0], "height": 64, "batch_size": 1, "color": 0}}}
                """);
    }

    @Test
    void nodesWithoutGeneratedClassesMixIn() {
        CustomNode upscaled = CustomNode.of("UltimateSDUpscale")
                .with("image", EmptyImage.create().image());
        assertThat(Graph.of(SaveImage.images(upscaled.output(0, Image.class))).nodes())
                .hasSize(3);
    }

    @Test
    void aSweepChangesNodesOfAClass() {
        Graph graph = Graph.of(SaveImage.images(EmptyImage.create().image()));
        List<Object> widths = List.of(64L, 128L).stream()
                .map(width -> graph.mapping(node -> node instanceof EmptyImage image ? image.width(width) : node))
                .map(each -> each.workflow().node("1").inputs().get("width"))
                .toList();
        assertThat(widths).containsExactly(64L, 128L);
    }
}
