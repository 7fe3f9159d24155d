package io.github.comfyeks.recipe;

import io.github.comfyeks.file.GenerationParameters;
import io.github.comfyeks.recipe.internal.WebUi;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowSource;
import java.util.List;

/**
 * A workflow for what AUTOMATIC1111's web UI and its kin wrote into a picture: text to image with LoRAs, embeddings, clip skip, a
 * VAE of its own and the second, larger pass ("Hires"). Immutable and safe for any number of threads.
 *
 * <p>The picture comes out alike, not equal: the two programs make noise and weigh words in different ways. Files are found among
 * the server's by name without folder and extension; one that is not there is written as it was named, so that the validator tells
 * what is missing and what is near.
 *
 * @param workflow ends in a {@code SaveImage}
 * @param leftOut what the text asks for and the workflow does not do, as {@code name: value}; empty if it does all of it
 */
public record ParametersRecipe(Workflow workflow, List<String> leftOut) implements WorkflowSource {
    public ParametersRecipe {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Follows the parameters.
     *
     * @param objectInfo the node classes of the server that it is for
     */
    public static ParametersRecipe of(GenerationParameters parameters, ObjectInfo objectInfo) {
        return WebUi.recipe(parameters, objectInfo);
    }
}
