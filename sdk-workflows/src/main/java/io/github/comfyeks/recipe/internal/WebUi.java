package io.github.comfyeks.recipe.internal;

import io.github.comfyeks.file.GenerationParameters;
import io.github.comfyeks.file.internal.SettingsText;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.Graph;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.recipe.ParametersRecipe;
import io.github.comfyeks.schema.ObjectInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows one text of parameters. */
public final class WebUi {
    private static final Pattern LORA = Pattern.compile("<(?:lora|lyco):([^:>]+)(?::([^>:]*))?(?::[^>]*)?>");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*[x×]\\s*(\\d{1,6})");
    /** Said about a picture, but nothing that is done: hashes, versions, and the place in a batch. */
    private static final Set<String> FACTS = Set.of(
            "model hash", "vae hash", "lora hashes", "ti hashes", "hashes", "version", "batch pos", "rng", "module 1");

    private final GenerationParameters parameters;
    private final ServerFiles files;
    private final Set<String> done = new HashSet<>(FACTS);

    private WebUi(GenerationParameters parameters, ObjectInfo classes) {
        this.parameters = parameters;
        this.files = new ServerFiles(classes);
    }

    /** The workflow, and what it leaves out. */
    public static ParametersRecipe recipe(GenerationParameters parameters, ObjectInfo classes) {
        WebUi recipe = new WebUi(parameters, classes);
        Graph graph = recipe.graph();
        List<String> leftOut = new ArrayList<>();
        parameters.settings().forEach((name, value) -> {
            if (!recipe.done.contains(name.toLowerCase(Locale.ROOT))) {
                leftOut.add(name + ": " + value);
            }
        });
        return new ParametersRecipe(graph.workflow(), leftOut);
    }

    private Graph graph() {
        String model = setting("Model").orElse("model");
        CustomNode checkpoint = CustomNode.of("CheckpointLoaderSimple")
                .with("ckpt_name", files.find("CheckpointLoaderSimple", "ckpt_name", model));
        Output<?> diffusion = checkpoint.output(0);
        Output<?> clip = checkpoint.output(1);
        Output<?> vae = setting("VAE")
                .filter(name -> !Set.of("none", "automatic").contains(name.toLowerCase(Locale.ROOT)))
                .<Output<?>>map(name -> CustomNode.of("VAELoader")
                        .with("vae_name", files.find("VAELoader", "vae_name", name))
                        .output(0))
                .orElse(checkpoint.output(2));
        Matcher lora = LORA.matcher(parameters.prompt());
        while (lora.find()) {
            BigDecimal strength = decimal(lora.group(2)).orElse(BigDecimal.ONE);
            CustomNode loader = CustomNode.of("LoraLoader")
                    .with("model", diffusion)
                    .with("clip", clip)
                    .with("lora_name", files.find("LoraLoader", "lora_name", lora.group(1)))
                    .with("strength_model", strength)
                    .with("strength_clip", strength);
            diffusion = loader.output(0);
            clip = loader.output(1);
        }
        int skip = whole("Clip skip").orElse(BigInteger.ONE).intValue();
        if (skip > 1) {
            clip = CustomNode.of("CLIPSetLastLayer")
                    .with("clip", clip)
                    .with("stop_at_clip_layer", -skip)
                    .output(0);
        }
        Sampler sampler = new Sampler(
                diffusion,
                encoded(clip, LORA.matcher(parameters.prompt()).replaceAll("").strip(), "Positive prompt"),
                encoded(clip, parameters.negativePrompt(), "Negative prompt"));
        CustomNode decoded = CustomNode.of("VAEDecode")
                .with("samples", sampled(sampler, vae))
                .with("vae", vae);
        return Graph.of(
                CustomNode.of("SaveImage").with("images", decoded.output(0)).with("filename_prefix", "ComfyUI"));
    }

    private Output<?> encoded(Output<?> clip, String text, String title) {
        return CustomNode.of("CLIPTextEncode")
                .with("clip", clip)
                .with("text", withEmbeddings(text))
                .titled(title)
                .output(0);
    }

    /** ComfyUI wants to be told which words are embeddings; the web UI lists those that it used. */
    private String withEmbeddings(String text) {
        String marked = text;
        for (String name :
                SettingsText.read(parameters.setting("TI hashes").orElse("")).keySet()) {
            marked = marked.replaceAll(
                    "(?<![\\w:.-])" + Pattern.quote(name) + "(?![\\w.-])",
                    Matcher.quoteReplacement("embedding:" + name));
        }
        return marked;
    }

    private record Sampler(Output<?> model, Output<?> positive, Output<?> negative) {}

    private Output<?> sampled(Sampler sampler, Output<?> vae) {
        int[] size = size();
        CustomNode empty = CustomNode.of("EmptyLatentImage")
                .with("width", size[0])
                .with("height", size[1])
                .with("batch_size", whole("Batch size").orElse(BigInteger.ONE));
        BigInteger steps = whole("Steps").orElse(BigInteger.valueOf(20));
        Output<?> first = pass(sampler, empty.output(0), steps, BigDecimal.ONE);
        Optional<BigDecimal> factor = number("Hires upscale");
        if (factor.isEmpty()) {
            return first;
        }
        BigInteger more =
                whole("Hires steps").filter(given -> given.signum() > 0).orElse(steps);
        return pass(
                sampler,
                larger(first, vae, size, factor.get()),
                more,
                number("Denoising strength").orElse(new BigDecimal("0.7")));
    }

    private Output<?> larger(Output<?> latent, Output<?> vae, int[] size, BigDecimal factor) {
        String upscaler = setting("Hires upscaler").orElse("Latent");
        if (upscaler.toLowerCase(Locale.ROOT).startsWith("latent")) {
            return CustomNode.of("LatentUpscaleBy")
                    .with("samples", latent)
                    .with("upscale_method", SamplerNames.latentMethod(upscaler))
                    .with("scale_by", factor)
                    .output(0);
        }
        CustomNode decoded = CustomNode.of("VAEDecode").with("samples", latent).with("vae", vae);
        CustomNode model = CustomNode.of("UpscaleModelLoader")
                .with("model_name", files.find("UpscaleModelLoader", "model_name", upscaler));
        CustomNode upscaled = CustomNode.of("ImageUpscaleWithModel")
                .with("upscale_model", model.output(0))
                .with("image", decoded.output(0));
        CustomNode scaled = CustomNode.of("ImageScale")
                .with("image", upscaled.output(0))
                .with("upscale_method", "lanczos")
                .with("width", times(size[0], factor))
                .with("height", times(size[1], factor))
                .with("crop", "disabled");
        return CustomNode.of("VAEEncode")
                .with("pixels", scaled.output(0))
                .with("vae", vae)
                .output(0);
    }

    private Output<?> pass(Sampler sampler, Output<?> latent, BigInteger steps, BigDecimal denoise) {
        String name = setting("Sampler").orElse("Euler");
        return CustomNode.of("KSampler")
                .with("model", sampler.model())
                .with("positive", sampler.positive())
                .with("negative", sampler.negative())
                .with("latent_image", latent)
                .with("seed", whole("Seed").filter(seed -> seed.signum() >= 0).orElse(BigInteger.ZERO))
                .with("steps", steps)
                .with("cfg", number("CFG scale").orElse(BigDecimal.valueOf(7)))
                .with("sampler_name", SamplerNames.sampler(name))
                .with(
                        "scheduler",
                        SamplerNames.scheduler(name, setting("Schedule type").orElse("")))
                .with("denoise", denoise)
                .output(0);
    }

    private static int times(int length, BigDecimal factor) {
        int exact = factor.multiply(BigDecimal.valueOf(length)).intValue();
        return Math.max(8, exact - exact % 8);
    }

    private int[] size() {
        Matcher size = SIZE.matcher(setting("Size").orElse(""));
        return size.matches()
                ? new int[] {Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))}
                : new int[] {512, 512};
    }

    private Optional<String> setting(String name) {
        done.add(name.toLowerCase(Locale.ROOT));
        return parameters.setting(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Optional<BigDecimal> number(String name) {
        return setting(name).flatMap(WebUi::decimal);
    }

    private Optional<BigInteger> whole(String name) {
        return number(name).map(BigDecimal::toBigInteger);
    }

    /** Of a text that is no number of sensible size, nothing. */
    private static Optional<BigDecimal> decimal(@Nullable String text) {
        try {
            return text == null || text.length() > 30
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(text.strip())).filter(number -> Math.abs(number.scale()) < 30);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
