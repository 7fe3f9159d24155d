package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which group a node is drawn in: what it is for, by what it gives; of a node from a subgraph, that subgraph.
 *
 * @param title above the group
 * @param color of the group
 * @param isEarly whether its sources stand in the first column, not beside what takes from them
 */
record Stage(String title, String color, boolean isEarly) {
    private static final Stage MODELS = new Stage("Models", "#3f789e", true);
    private static final Stage PROMPTS = new Stage("Prompts", "#8A8", false);
    private static final Stage INPUTS = new Stage("Inputs", "#b58b2a", false);
    private static final Stage SAMPLING = new Stage("Sampling", "#b8a", false);
    private static final Stage PROCESSING = new Stage("Processing", "#88A", false);
    private static final Stage OUTPUT = new Stage("Output", "#A88", false);

    private static final Set<String> MODEL_TYPES = Set.of(
            "MODEL",
            "CLIP",
            "VAE",
            "CLIP_VISION",
            "CONTROL_NET",
            "STYLE_MODEL",
            "UPSCALE_MODEL",
            "LATENT_UPSCALE_MODEL",
            "MODEL_PATCH",
            "LORA_MODEL",
            "GLIGEN",
            "AUDIO_ENCODER");
    private static final Set<String> SAMPLING_TYPES = Set.of("SAMPLER", "SIGMAS", "GUIDER", "NOISE");

    static Stage of(WorkflowNode node, @Nullable NodeSchema schema) {
        int colon = node.id().indexOf(':');
        if (colon > 0) {
            return new Stage("Subgraph " + node.id().substring(0, colon), "#444", false);
        }
        if (schema == null) {
            return PROCESSING;
        }
        List<String> given = schema.outputs().stream().map(OutputSchema::type).toList();
        if (schema.outputNode()) {
            return OUTPUT;
        }
        if (!given.isEmpty() && MODEL_TYPES.containsAll(given)) {
            return MODELS;
        }
        if (given.contains("CONDITIONING")) {
            return PROMPTS;
        }
        boolean samples = given.contains("LATENT")
                && schema.inputs().stream().map(InputSchema::type).anyMatch(Set.of("MODEL", "GUIDER")::contains);
        if (samples || (!given.isEmpty() && SAMPLING_TYPES.containsAll(given))) {
            return SAMPLING;
        }
        return node.links().isEmpty() ? INPUTS : PROCESSING;
    }
}
