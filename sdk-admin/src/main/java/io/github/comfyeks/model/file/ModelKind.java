package io.github.comfyeks.model.file;

/** What a model is for. */
public enum ModelKind {
    /** Diffusion model, text encoder and VAE in one file. */
    CHECKPOINT,
    /** The diffusion model alone. */
    DIFFUSION_MODEL,
    /** Small changes to another model: LoRA and its relatives. */
    LORA,
    VAE,
    TEXT_ENCODER,
    CLIP_VISION,
    CONTROLNET,
    UPSCALE_MODEL,
    IP_ADAPTER,
    /** A word's own vectors: textual inversion. */
    EMBEDDING,
    /** Not told by its tensors. */
    UNKNOWN
}
