package io.github.comfyeks.file;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.file.internal.Outcome;
import io.github.comfyeks.file.internal.Reading;
import io.github.comfyeks.workflow.Workflow;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file of any kind holds of a workflow: JSON, or a picture, video, sound, model or mesh that ComfyUI saved. The kind is
 * found by content, never by name. Immutable and safe for any number of threads.
 *
 * <p>A file has a {@link #prompt()}, which can be queued; a {@link #uiWorkflow()}, which {@code WorkflowConverter} makes a prompt
 * of; or {@link #parameters()} of another program; at least one of them. ComfyUI writes the first two into what it saves.
 *
 * <p>Files are not trusted: lengths are not believed, what is inflated is limited, nesting too, and media data is passed over
 * without reading it. If a file is wrong, cut or hostile behind what was looked for, then the finding counts and {@link #problems()}
 * says what is wrong; with nothing found, that is the error.
 */
public final class WorkflowFile {
    private final Outcome outcome;

    private WorkflowFile(Outcome outcome) {
        this.outcome = outcome;
    }

    /**
     * Reads a file with the default limits.
     *
     * @throws LocalFileException if it is missing, a folder, or cannot be read
     * @throws WorkflowInvalidException if there is nothing of a workflow in it: says what was found where, or what else is there
     */
    public static WorkflowFile read(Path file) {
        return read(file, ReadLimits.defaults());
    }

    /** As {@link #read(Path)}, with other limits. */
    public static WorkflowFile read(Path file, ReadLimits limits) {
        return new WorkflowFile(Reading.of(file, limits));
    }

    /**
     * Reads a stream with the default limits, forward and only as far as needed. It stays open, at no certain place.
     *
     * @throws LocalFileException if the stream fails
     * @throws WorkflowInvalidException if there is nothing of a workflow in it
     */
    public static WorkflowFile read(InputStream in) {
        return read(in, ReadLimits.defaults());
    }

    /** As {@link #read(InputStream)}, with other limits. */
    public static WorkflowFile read(InputStream in, ReadLimits limits) {
        return new WorkflowFile(Reading.of(in, limits));
    }

    /**
     * Reads a file in memory with the default limits.
     *
     * @throws WorkflowInvalidException if there is nothing of a workflow in it
     */
    public static WorkflowFile read(byte[] bytes) {
        return read(bytes, ReadLimits.defaults());
    }

    /** As {@link #read(byte[])}, with other limits. */
    public static WorkflowFile read(byte[] bytes, ReadLimits limits) {
        return new WorkflowFile(Reading.of(bytes, limits));
    }

    /** What the file is. */
    public FileFormat format() {
        return outcome.format();
    }

    /** The prompt, ready to queue; brings the {@link #uiWorkflow()} along. Empty if there is none, or none that is valid. */
    public Optional<Workflow> prompt() {
        return Optional.ofNullable(outcome.prompt());
    }

    /** The prompt as plain data, valid or not: node id → class and inputs. Unmodifiable. */
    public Optional<Map<String, @Nullable Object>> promptData() {
        return Optional.ofNullable(outcome.promptData());
    }

    /** The editor's workflow as plain data, of any version. Unmodifiable; NaN is a Double. */
    public Optional<Map<String, @Nullable Object>> uiWorkflow() {
        return Optional.ofNullable(outcome.uiWorkflow());
    }

    /** What AUTOMATIC1111's web UI or its kin wrote. */
    public Optional<GenerationParameters> parameters() {
        return Optional.ofNullable(outcome.parameters());
    }

    /** The name of each piece of metadata that was met, with its place; the first fifty. Empty for JSON. */
    public List<String> metadata() {
        return outcome.metadata();
    }

    /** What is wrong with the file beside what was found, or with the prompt. Mostly empty. */
    public List<String> problems() {
        return outcome.problems();
    }

    /**
     * The prompt, or why there is none.
     *
     * @throws WorkflowInvalidException if there is no valid prompt: says what is there instead
     */
    public Workflow workflow() {
        Workflow prompt = outcome.prompt();
        if (prompt != null) {
            return prompt;
        }
        List<String> why = new ArrayList<>(outcome.problems());
        if (outcome.uiWorkflow() != null) {
            why.add("it holds the editor's workflow and no valid prompt; convert it with WorkflowConverter");
        } else if (outcome.promptData() == null) {
            why.add("it holds parameters of AUTOMATIC1111's web UI and no workflow; build one of them");
        }
        throw new WorkflowInvalidException(outcome.source(), why, null);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        prompt().ifPresent(prompt -> parts.add("a prompt of " + prompt.nodes().size() + " nodes"));
        if (parts.isEmpty() && outcome.promptData() != null) {
            parts.add("an invalid prompt");
        }
        uiWorkflow().ifPresent(workflow -> parts.add("the editor's workflow"));
        parameters().ifPresent(parameters -> parts.add("parameters"));
        return outcome.source() + ": " + format() + " with " + String.join(", ", parts);
    }
}
