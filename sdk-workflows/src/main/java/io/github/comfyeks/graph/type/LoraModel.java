package io.github.comfyeks.graph.type;

/** {@code LORA_MODEL}: a trained LoRA. */
public interface LoraModel {}
