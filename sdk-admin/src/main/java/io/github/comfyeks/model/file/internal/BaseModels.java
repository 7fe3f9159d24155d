package io.github.comfyeks.model.file.internal;

import io.github.comfyeks.model.file.ModelKind;
import io.github.comfyeks.model.file.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which family of diffusion models a file belongs to. */
public final class BaseModels {
    private record Sign(String base, Pattern pattern) {}

    /** Layers that only this family has, whichever way the file writes dots. The first that fits. */
    private static final List<Sign> NAMES = List.of(
            sign("Chroma", ".*distilled_guidance_layer[._].*"),
            sign("HunyuanVideo", ".*txt_in[._]individual_token_refiner[._].*"),
            sign("Flux", ".*double_blocks[._]\\d+[._]img_attn[._].*"),
            sign("Flux", ".*single_transformer_blocks[._]\\d+[._](attn|proj_mlp)[._].*"),
            sign("SD3", ".*joint_blocks[._]\\d+[._].*"),
            sign("AuraFlow", ".*double_layers[._]\\d+[._].*"),
            sign("Qwen-Image", ".*transformer_blocks[._]\\d+[._]img_mod[._].*"),
            sign("LTX-Video", ".*transformer_blocks[._]\\d+[._]scale_shift_table"),
            sign("Lumina 2", ".*cap_embedder[._].*"),
            sign("Wan", ".*blocks[._]\\d+[._]cross_attn[._](k|norm_k)[._].*"),
            sign("SDXL refiner", "conditioner\\.embedders\\.0\\.model\\..*"),
            sign("SDXL", "(conditioner\\.embedders\\.1\\..*|lora_te2_.*|clip_g)"));

    /** Words of makers, as {@code modelspec.architecture} and kohya's trainer write them. */
    private static final List<Sign> WORDS = List.of(
            sign("SDXL", ".*(sdxl|stable-diffusion-xl).*"),
            sign("SD3", ".*(sd3|stable-diffusion-(v)?3).*"),
            sign("Flux", ".*flux.*"),
            sign("SD2", ".*(sd_v2|stable-diffusion-v2).*"),
            sign("SD1", ".*(sd_v1|stable-diffusion-v1|sd_1\\.5).*"));

    /** The text's vectors that the UNet reads have the length of its family's encoder. */
    private static final Pattern READS_TEXT = Pattern.compile(
            ".*attn2[._]to_[kv](\\.lora_down|\\.lora_A|_lora\\.down|\\.lora\\.down)?(\\.default)?\\.weight");

    private static final Map<Long, String> TEXT_LENGTHS =
            Map.of(768L, "SD1", 1024L, "SD2", 1280L, "SDXL refiner", 2048L, "SDXL");
    private static final Set<ModelKind> OF_DIFFUSION = Set.of(
            ModelKind.CHECKPOINT,
            ModelKind.DIFFUSION_MODEL,
            ModelKind.LORA,
            ModelKind.CONTROLNET,
            ModelKind.IP_ADAPTER,
            ModelKind.EMBEDDING);

    private BaseModels() {}

    private static Sign sign(String base, String pattern) {
        return new Sign(base, Pattern.compile(pattern));
    }

    /** By the tensors, else by the maker's word; empty if neither tells. */
    public static String of(Map<String, Tensor> tensors, ModelKind kind, Map<String, String> claims) {
        Optional<String> proved = OF_DIFFUSION.contains(kind) ? byTensors(tensors) : Optional.empty();
        return proved.or(() -> byWord(claims)).orElse("");
    }

    private static Optional<String> byTensors(Map<String, Tensor> tensors) {
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            List<Long> shape = tensor.getValue().shape();
            if (shape.size() >= 2 && READS_TEXT.matcher(tensor.getKey()).matches()) {
                String base = TEXT_LENGTHS.get(shape.get(1));
                if (base != null) {
                    return Optional.of(base);
                }
            }
        }
        return NAMES.stream()
                .filter(sign -> tensors.keySet().stream()
                        .anyMatch(name -> sign.pattern.matcher(name).matches()))
                .map(Sign::base)
                .findFirst();
    }

    private static Optional<String> byWord(Map<String, String> claims) {
        String words = (claims.getOrDefault("modelspec.architecture", "") + " "
                        + claims.getOrDefault("ss_base_model_version", ""))
                .toLowerCase(Locale.ROOT);
        return WORDS.stream()
                .filter(sign -> sign.pattern.matcher(words).matches())
                .map(Sign::base)
                .findFirst();
    }
}
