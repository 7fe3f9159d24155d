package io.github.comfyeks.model.file.internal;

import io.github.comfyeks.model.file.ModelKind;
import io.github.comfyeks.model.file.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a model is for, told by the names of its tensors; the first that fits. */
public final class Kinds {
    private record Sign(ModelKind kind, Pattern name) {}

    private static final Pattern DIFFUSION_IN_CHECKPOINT = Pattern.compile("model\\.diffusion_model\\..*");
    private static final Pattern REST_OF_CHECKPOINT =
            Pattern.compile("(first_stage_model|cond_stage_model|conditioner|text_encoders|vae)\\..*");

    private static final List<Sign> SIGNS = List.of(
            sign(ModelKind.LORA, ".*[._](lora_(up|down|A|B)|hada_w1_a|lokr_w1(_a)?|oft_blocks|dora_scale)([._].*)?"),
            sign(ModelKind.LORA, ".*\\.lora\\.(up|down)\\.weight"),
            sign(ModelKind.IP_ADAPTER, "(image_proj|ip_adapter)\\..*"),
            sign(
                    ModelKind.CONTROLNET,
                    "(control_model\\..*|(.*\\.)?(input_hint_block|zero_convs)\\.\\d.*|controlnet_(cond_embedding|down_blocks|mid_block|blocks|x_embedder)\\b.*)"),
            sign(ModelKind.EMBEDDING, "(emb_params|string_to_param(\\..*)?)"),
            sign(ModelKind.CLIP_VISION, "(vision_model|visual)\\.(.*layers|transformer)\\..*"),
            sign(
                    ModelKind.DIFFUSION_MODEL,
                    "(model\\.diffusion_model\\.)?(double_blocks|joint_blocks|double_layers|transformer_blocks|single_transformer_blocks|input_blocks|down_blocks|cap_embedder)\\b.*"),
            sign(ModelKind.DIFFUSION_MODEL, "model\\.diffusion_model\\..*"),
            sign(ModelKind.DIFFUSION_MODEL, "blocks\\.\\d+\\.cross_attn\\..*"),
            sign(
                    ModelKind.VAE,
                    "(first_stage_model\\.)?(decoder|encoder)\\.(conv_in|conv1|conv_out|up_blocks|up|mid)\\b.*"),
            sign(
                    ModelKind.TEXT_ENCODER,
                    "(.*\\.)?(text_model\\.encoder\\.layers|transformer\\.resblocks|encoder\\.block\\.\\d+\\.layer|layers\\.\\d+\\.self_attn)\\..*"),
            sign(
                    ModelKind.UPSCALE_MODEL,
                    "((params|params_ema)\\.)?(conv_first|RRDB_trunk|body\\.\\d+\\.rdb1|layers\\.\\d+\\.residual_group|model\\.\\d+\\.(sub\\.\\d+\\.)?(weight|RDB1))\\b.*"));

    private Kinds() {}

    private static Sign sign(ModelKind kind, String name) {
        return new Sign(kind, Pattern.compile(name));
    }

    /** The kind of a model with these tensors. */
    public static ModelKind of(Map<String, Tensor> tensors) {
        Collection<String> names = tensors.keySet();
        if (any(names, DIFFUSION_IN_CHECKPOINT) && any(names, REST_OF_CHECKPOINT)) {
            return ModelKind.CHECKPOINT;
        }
        if (!names.isEmpty() && List.of("clip_l", "clip_g", "t5xxl").containsAll(names)) {
            return ModelKind.EMBEDDING; // SDXL's and later ones: the encoder's name is the only one
        }
        return SIGNS.stream()
                .filter(sign -> any(names, sign.name))
                .map(Sign::kind)
                .findFirst()
                .orElse(ModelKind.UNKNOWN);
    }

    private static boolean any(Collection<String> names, Pattern pattern) {
        return names.stream().anyMatch(name -> pattern.matcher(name).matches());
    }
}
