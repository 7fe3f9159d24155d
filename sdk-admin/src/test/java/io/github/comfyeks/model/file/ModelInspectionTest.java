package io.github.comfyeks.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelInspectionTest {
    @TempDir
    private Path folder;

    private ModelInspection inspect(Drawn file) throws IOException {
        return ModelInspection.of(SafetensorsHeader.of(file.writeTo(folder.resolve("a.safetensors"))));
    }

    @ParameterizedTest
    @CsvSource({
        "LORA, lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight",
        "LORA, transformer.transformer_blocks.0.attn.to_q.lora_A.weight",
        "LORA, diffusion_model.blocks.0.self_attn.q.lora_down.weight",
        "LORA, lora_unet_mid_block_attentions_0_proj_in.hada_w1_a",
        "DIFFUSION_MODEL, double_blocks.0.img_attn.proj.weight",
        "DIFFUSION_MODEL, model.diffusion_model.joint_blocks.0.context_block.attn.qkv.weight",
        "DIFFUSION_MODEL, blocks.0.cross_attn.k.weight",
        "VAE, decoder.conv_in.weight",
        "VAE, first_stage_model.encoder.conv_in.weight",
        "TEXT_ENCODER, text_model.encoder.layers.0.self_attn.k_proj.weight",
        "TEXT_ENCODER, encoder.block.0.layer.0.SelfAttention.q.weight",
        "TEXT_ENCODER, model.layers.0.self_attn.q_proj.weight",
        "CLIP_VISION, vision_model.encoder.layers.0.self_attn.k_proj.weight",
        "CONTROLNET, control_model.input_hint_block.0.weight",
        "CONTROLNET, controlnet_cond_embedding.conv_in.weight",
        "UPSCALE_MODEL, model.0.weight",
        "UPSCALE_MODEL, body.0.rdb1.conv1.weight",
        "IP_ADAPTER, image_proj.proj.weight",
        "EMBEDDING, emb_params",
        "EMBEDDING, clip_g",
        "UNKNOWN, something.else"
    })
    void tensorsTellWhatAModelIsFor(ModelKind kind, String tensor) throws IOException {
        assertThat(inspect(new Drawn().tensor(tensor, 2, 2)).kind()).isEqualTo(kind);
    }

    @Test
    void aCheckpointHasMoreThanItsDiffusionModel() throws IOException {
        ModelInspection found = inspect(new Drawn()
                .tensor("model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight", 10, 2048)
                .tensor("conditioner.embedders.0.transformer.text_model.x", 5)
                .tensor("first_stage_model.decoder.conv_in.weight", 3));
        assertThat(found.kind()).isEqualTo(ModelKind.CHECKPOINT);
        assertThat(found.base()).isEqualTo("SDXL");
        assertThat(found.tensors()).isEqualTo(3);
        assertThat(found.parameters()).isEqualTo(20_488);
        assertThat(found.dtypes()).containsExactly(Map.entry("F16", 20_488L));
    }

    @ParameterizedTest
    @CsvSource({
        "SD1, 768, model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
        "SD2, 1024, model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_v.weight",
        "SDXL, 2048, lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_k.lora_down.weight",
        "SD1, 768, lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_v.lora_down.weight",
        "SDXL, 8, lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight",
        "Flux, 8, lora_unet_double_blocks_0_img_attn_proj.lora_down.weight",
        "Flux, 8, model.diffusion_model.double_blocks.0.img_attn.proj.weight",
        "Chroma, 8, distilled_guidance_layer.in_proj.weight",
        "SD3, 8, model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight",
        "Wan, 8, diffusion_model.blocks.0.cross_attn.k.lora_down.weight",
        "Qwen-Image, 8, transformer_blocks.0.img_mod.1.weight"
    })
    void tensorsTellTheBaseModel(String base, long width, String tensor) throws IOException {
        // beside it what makes a diffusion model of any
        assertThat(inspect(new Drawn().tensor(tensor, 4, width).tensor("model.diffusion_model.x", 1))
                        .base())
                .isEqualTo(base);
    }

    @Test
    void otherwiseTheMakersWordCounts() throws IOException {
        ModelInspection found = inspect(new Drawn()
                .metadata(Map.of("modelspec.architecture", "stable-diffusion-xl-v1-base/lora", "other", "x"))
                .tensor("lora_unet_x.lora_up.weight", 2, 2));
        assertThat(found.base()).isEqualTo("SDXL");
        assertThat(found.claims()).containsOnlyKeys("modelspec.architecture");
        assertThat(inspect(new Drawn()
                                .metadata(Map.of("ss_base_model_version", "flux1"))
                                .tensor("lora_unet_x.lora_up.weight", 2, 2))
                        .base())
                .isEqualTo("Flux");
    }

    @Test
    void triggerWordsAreTheMakersThenTheMostFrequent() throws IOException {
        ModelInspection found = inspect(new Drawn()
                .metadata(Map.of(
                        "modelspec.trigger_phrase",
                        "castle of dawn",
                        "ss_tag_frequency",
                        "{\"10_a\":{\"castle\":3,\"tree\":1},\"5_b\":{\"tree\":9}}"))
                .tensor("lora_unet_x.lora_up.weight", 2, 2));
        assertThat(found.triggerWords()).containsExactly("castle of dawn", "tree", "castle");
    }

    @ParameterizedTest
    @CsvSource({
        "loras/a.safetensors, SAFETENSORS",
        "a.SFT, SAFETENSORS",
        "a.gguf, GGUF",
        "x/a.ckpt, PICKLE",
        "a.PT, PICKLE",
        "a.bin, PICKLE",
        "a.pth, PICKLE",
        "a.yaml, OTHER",
        "noname, OTHER"
    })
    void picklesAreToldByTheirName(String name, ModelFormat format) {
        assertThat(ModelFormat.of(name)).isEqualTo(format);
        assertThat(format.isUnsafe()).isEqualTo(format == ModelFormat.PICKLE);
    }
}
