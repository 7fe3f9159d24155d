package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.SavedRun;
import io.github.comfyeks.execution.SavedRun.SavedFile;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a run to disk: its files, then {@code run.json}, which is there only if all of them are. */
public final class RunRecords {
    private RunRecords() {}

    /** @param serverVersion as the server tells it; empty if unknown */
    public static SavedRun save(
            ExecutionResult result, Optional<Workflow> workflow, String serverVersion, Path folder) {
        List<SavedFile> files = new ArrayList<>();
        for (OutputFile file : result.files()) {
            DownloadedFile saved = file.writeTo(folder);
            files.add(new SavedFile(
                    file.nodeId(),
                    file.filename(),
                    file.subfolder(),
                    file.type(),
                    saved.path(),
                    saved.bytes(),
                    saved.sha256(),
                    saved.mediaType()));
        }
        Path record = folder.resolve("run.json");
        write(record, Json.writePretty(record(result, workflow, serverVersion, folder, files)));
        return new SavedRun(record, files);
    }

    private static Map<String, @Nullable Object> record(
            ExecutionResult result,
            Optional<Workflow> workflow,
            String serverVersion,
            Path folder,
            List<SavedFile> files) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("promptId", result.promptId().value());
        record.put("server", result.ref().server().toString());
        record.put("serverVersion", serverVersion);
        record.put("submittedAt", result.submittedAt().toString());
        record.put("startedAt", result.startedAt().map(Object::toString).orElse(null));
        record.put("endedAt", result.endedAt().map(Object::toString).orElse(null));
        record.put("confirmedByHistory", result.confirmed());
        Map<String, Double> seconds = new LinkedHashMap<>();
        result.nodeTimes().forEach((node, time) -> seconds.put(node, time.toNanos() / 1e9));
        record.put("nodeSeconds", seconds);
        record.put("cachedNodes", result.cachedNodes());
        record.put("seeds", workflow.map(RunRecords::seeds).orElse(List.of()));
        record.put("outputs", files.stream().map(file -> output(file, folder)).toList());
        record.put("workflow", workflow.map(graph -> plain(graph)).orElse(null));
        return record;
    }

    private static List<Map<String, Object>> seeds(Workflow workflow) {
        return workflow.seeds().stream()
                .map(seed ->
                        Map.<String, Object>of("node", seed.nodeId(), "input", seed.input(), "value", seed.value()))
                .toList();
    }

    private static Map<String, Object> output(SavedFile file, Path folder) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("node", file.node());
        output.put("filename", file.name());
        output.put("subfolder", file.subfolder());
        output.put("type", file.type());
        output.put("file", folder.toAbsolutePath().relativize(file.path()).toString());
        output.put("bytes", file.bytes());
        output.put("sha256", file.sha256());
        output.put("mediaType", file.mediaType());
        return output;
    }

    private static @Nullable Object plain(Workflow workflow) {
        try {
            return Json.plain(Json.tree(workflow.toJson()));
        } catch (IOException e) {
            throw new IllegalStateException("a workflow wrote what it cannot read", e);
        }
    }

    private static void write(Path file, String text) {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LocalFileException(
                    "the run record " + file + " could not be written: " + e.getMessage()
                            + "; is the folder writable, and is there room on the disk?",
                    e);
        }
    }
}
