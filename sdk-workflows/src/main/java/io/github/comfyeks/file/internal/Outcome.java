package io.github.comfyeks.file.internal;

import io.github.comfyeks.file.FileFormat;
import io.github.comfyeks.file.GenerationParameters;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a file gave. */
public record Outcome(
        String source,
        FileFormat format,
        @Nullable Workflow prompt,
        @Nullable Map<String, @Nullable Object> promptData,
        @Nullable Map<String, @Nullable Object> uiWorkflow,
        @Nullable GenerationParameters parameters,
        List<String> metadata,
        List<String> problems) {}
