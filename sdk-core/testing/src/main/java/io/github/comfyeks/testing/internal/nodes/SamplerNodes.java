package io.github.comfyeks.testing.internal.nodes;

import io.github.comfyeks.testing.internal.image.Images;
import io.github.comfyeks.testing.internal.image.Mask;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.Png;
import io.github.comfyeks.testing.internal.image.SimulatedPicture;
import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.nodes.NodeCall.Preview;
import io.github.comfyeks.testing.internal.nodes.Values.Conditioning;
import io.github.comfyeks.testing.internal.nodes.Values.Latent;
import io.github.comfyeks.testing.internal.nodes.Values.Opaque;
import io.github.comfyeks.testing.internal.nodes.Values.SamplerPart;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okio.ByteString;

/** Loaders, text encoders, latents and samplers: no model is there, but steps, previews and sizes are as they would be. */
final class SamplerNodes {
    private static final int PREVIEW_SIZE = 64;

    private SamplerNodes() {}

    static void register(Map<String, NodeType> types) {
        for (String loader : List.of(
                "CheckpointLoaderSimple",
                "VAELoader",
                "CLIPLoader",
                "DualCLIPLoader",
                "UNETLoader",
                "UpscaleModelLoader",
                "ControlNetLoader")) {
            types.put(loader, NodeType.of(SamplerNodes::load));
        }
        types.put(
                "LoraLoader",
                NodeType.of(call -> NodeResult.of(call.as("model", Object.class), call.as("clip", Object.class))));
        types.put("LoraLoaderModelOnly", passes("model"));
        types.put("ModelSamplingSD3", passes("model"));
        types.put("CLIPSetLastLayer", passes("clip"));
        types.put("CLIPTextEncode", NodeType.of(call -> NodeResult.of(new Conditioning(call.text("text")))));
        types.put("CLIPTextEncodeSDXL", NodeType.of(call -> NodeResult.of(new Conditioning(call.text("text_g")))));
        types.put("CLIPTextEncodeSDXLRefiner", NodeType.of(call -> NodeResult.of(new Conditioning(call.text("text")))));
        types.put("ConditioningCombine", joins("conditioning_1", "conditioning_2"));
        types.put("ConditioningConcat", joins("conditioning_to", "conditioning_from"));
        types.put("ConditioningSetTimestepRange", passes("conditioning"));
        types.put("ConditioningZeroOut", NodeType.of(call -> NodeResult.of(new Conditioning(""))));
        types.put("FluxGuidance", passes("conditioning"));
        types.put(
                "ControlNetApplyAdvanced",
                NodeType.of(
                        call -> NodeResult.of(call.as("positive", Object.class), call.as("negative", Object.class))));
        registerLatents(types);
        types.put(
                "KSampler", NodeType.of(call -> sample(call, call.value("seed").asText(), call.integer("steps"))));
        types.put("KSamplerAdvanced", NodeType.of(SamplerNodes::sampleAdvanced));
        types.put(
                "RandomNoise",
                NodeType.of(call -> part("NOISE", call.value("noise_seed").asText(), 0)));
        types.put("KSamplerSelect", NodeType.of(call -> part("SAMPLER", "", 0)));
        types.put("BasicScheduler", NodeType.of(call -> part("SIGMAS", "", call.integer("steps"))));
        types.put("BasicGuider", NodeType.of(call -> NodeResult.of(call.as("conditioning", Object.class))));
        types.put("CFGGuider", NodeType.of(call -> NodeResult.of(call.as("positive", Object.class))));
        types.put("SamplerCustomAdvanced", NodeType.of(SamplerNodes::sampleCustom));
    }

    private static void registerLatents(Map<String, NodeType> types) {
        types.put("EmptyLatentImage", NodeType.of(SamplerNodes::emptyLatent));
        types.put("EmptySD3LatentImage", NodeType.of(SamplerNodes::emptyLatent));
        types.put(
                "VAEDecode",
                NodeType.of(
                        call -> NodeResult.of(call.as("samples", Latent.class).decode())));
        types.put(
                "VAEDecodeTiled",
                NodeType.of(
                        call -> NodeResult.of(call.as("samples", Latent.class).decode())));
        for (String encoder : List.of("VAEEncode", "VAEEncodeTiled", "VAEEncodeForInpaint")) {
            types.put(encoder, NodeType.of(SamplerNodes::encode));
        }
        types.put("SetLatentNoiseMask", NodeType.of(call -> {
            call.as("mask", Mask.class);
            return NodeResult.of(call.as("samples", Latent.class));
        }));
        types.put(
                "LatentUpscale",
                NodeType.of(call -> NodeResult.of(call.as("samples", Latent.class)
                        .resized(
                                Math.max(8, call.integer("width") / 8 * 8),
                                Math.max(8, call.integer("height") / 8 * 8)))));
        types.put("LatentUpscaleBy", NodeType.of(call -> {
            Latent latent = call.as("samples", Latent.class);
            double factor = call.decimal("scale_by");
            return NodeResult.of(latent.resized(scaled(latent.width(), factor), scaled(latent.height(), factor)));
        }));
        types.put(
                "RepeatLatentBatch",
                NodeType.of(
                        call -> NodeResult.of(call.as("samples", Latent.class).repeated(call.integer("amount")))));
        types.put("LatentFromBatch", passes("samples"));
        types.put(
                "ImageUpscaleWithModel",
                NodeType.of(call -> NodeResult.of(call.images("image")
                        .map(picture -> io.github.comfyeks.testing.internal.image.Scaling.scale(
                                picture, picture.width() * 4, picture.height() * 4, "bilinear")))));
    }

    /** A latent's side, in steps of 8 pixels. */
    private static int scaled(int side, double factor) {
        int cells = side / 8;
        int resized = (int) Math.max(1, Math.rint(cells * factor));
        return resized * 8;
    }

    private static NodeType passes(String input) {
        return NodeType.of(call -> NodeResult.of(call.as(input, Object.class)));
    }

    private static NodeType joins(String first, String second) {
        return NodeType.of(call -> NodeResult.of(new Conditioning(
                textOf(call.as(first, Object.class)) + " + " + textOf(call.as(second, Object.class)))));
    }

    private static String textOf(Object conditioning) {
        return conditioning instanceof Conditioning known ? known.text() : "";
    }

    private static NodeResult load(NodeCall call) {
        List<Object> outputs = new ArrayList<>();
        call.schema()
                .outputs()
                .forEach(type -> outputs.add(new Opaque(type, call.schema().classType())));
        return NodeResult.of(outputs);
    }

    private static NodeResult part(String type, String seed, int steps) {
        return NodeResult.of(new SamplerPart(type, seed, steps));
    }

    private static NodeResult emptyLatent(NodeCall call) throws NodeFailure {
        return NodeResult.of(new Latent(
                call.integer("width") / 8 * 8,
                call.integer("height") / 8 * 8,
                call.integer("batch_size"),
                null,
                null,
                ""));
    }

    private static NodeResult encode(NodeCall call) throws NodeFailure {
        Images images = call.images("pixels");
        Picture first = images.first();
        int width = Math.max(8, first.width() / 8 * 8);
        int height = Math.max(8, first.height() / 8 * 8);
        return NodeResult.of(new Latent(
                width,
                height,
                images.pictures().size(),
                images.map(picture -> picture.crop(0, 0, width, height)),
                null,
                ""));
    }

    private static NodeResult sampleAdvanced(NodeCall call) throws NodeFailure, InterruptedRunException {
        int steps = call.integer("steps");
        int end = Math.min(
                steps,
                call.value("end_at_step")
                        .bigIntegerValue()
                        .min(BigInteger.valueOf(steps))
                        .intValue());
        int start = Math.min(end, call.integer("start_at_step"));
        return sample(call, call.value("noise_seed").asText(), end - start);
    }

    private static NodeResult sample(NodeCall call, String seed, int steps)
            throws NodeFailure, InterruptedRunException {
        String prompt = textOf(call.as("positive", Object.class));
        Latent latent = call.as("latent_image", Latent.class);
        walk(call, seed, prompt, steps);
        return NodeResult.of(latent.sampled(seed, prompt));
    }

    private static NodeResult sampleCustom(NodeCall call) throws NodeFailure, InterruptedRunException {
        String seed = call.as("noise", SamplerPart.class).seed();
        String prompt = textOf(call.as("guider", Object.class));
        walk(call, seed, prompt, call.as("sigmas", SamplerPart.class).steps());
        Latent result = call.as("latent_image", Latent.class).sampled(seed, prompt);
        return NodeResult.of(result, result);
    }

    private static void walk(NodeCall call, String seed, String prompt, int steps) throws InterruptedRunException {
        Preview preview = call.previewMethod().equals("none")
                ? null
                : new Preview(
                        "JPEG",
                        ByteString.of(Png.writeJpeg(SimulatedPicture.paint(PREVIEW_SIZE, PREVIEW_SIZE, seed, prompt))));
        for (int step = 1; step <= steps; step++) {
            call.pause(call.stepTime());
            call.progress(step, steps, preview);
        }
    }
}
