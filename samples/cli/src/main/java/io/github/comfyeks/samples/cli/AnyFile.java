package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.convert.WorkflowConverter;
import io.github.comfyeks.edit.EditableWorkflow;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.recipe.ParametersRecipe;
import io.github.comfyeks.schema.ObjectInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A workflow from a file of any kind. Node classes are asked for only where the file needs them. */
final class AnyFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AnyFile() {}

    /** The prompt of the file; else its editor's format, converted; else a workflow of a web UI's parameters. */
    static EditableWorkflow read(Path file, Supplier<ObjectInfo> classes) {
        WorkflowFile found = WorkflowFile.read(file);
        if (found.promptData().isEmpty() && found.uiWorkflow().isPresent()) {
            return EditableWorkflow.read(file, classes.get());
        }
        if (isParametersOnly(found)) {
            ObjectInfo known = classes.get();
            return EditableWorkflow.of(
                    ParametersRecipe.of(found.parameters().orElseThrow(), known).workflow(), known);
        }
        return EditableWorkflow.read(file);
    }

    /** The same as plain data, as a server would be sent it; a prompt may be however wrong. */
    static Map<String, @Nullable Object> prompt(Path file, ObjectInfo classes) {
        WorkflowFile found = WorkflowFile.read(file);
        if (found.promptData().isPresent()) {
            return found.promptData().get();
        }
        if (found.uiWorkflow().isEmpty()) {
            return plain(read(file, () -> classes).toJson());
        }
        return new LinkedHashMap<>(WorkflowConverter.strict()
                .toApi(found.uiWorkflow().get(), classes)
                .prompt());
    }

    private static Map<String, @Nullable Object> plain(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a workflow that is no JSON", e);
        }
    }

    private static boolean isParametersOnly(WorkflowFile found) {
        return found.promptData().isEmpty()
                && found.uiWorkflow().isEmpty()
                && found.parameters().isPresent();
    }
}
