package io.github.comfyeks.file.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.file.FileFormat;
import io.github.comfyeks.file.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one file: which format, what it holds, and what of it is a workflow. */
public final class Reading {
    private Reading() {}

    /** See {@link io.github.comfyeks.file.WorkflowFile#read(Path, ReadLimits)}. */
    public static Outcome of(Path path, ReadLimits limits) {
        if (Files.isDirectory(path)) {
            throw new LocalFileException(path + " is a folder; give the file with the workflow", null);
        }
        try (Source file = Source.of(path, limits)) {
            return read(path.toString(), file);
        } catch (NoSuchFileException e) {
            throw new LocalFileException(
                    "there is no file " + path + " (looked in " + path.toAbsolutePath() + "); mend the path", e);
        } catch (IOException e) {
            throw new LocalFileException("the file " + path + " cannot be read: " + e + "; look at its permissions", e);
        }
    }

    /** The same of a stream, which stays open. */
    public static Outcome of(InputStream in, ReadLimits limits) {
        return of("the stream", Source.of(in, limits));
    }

    /** The same of bytes. */
    public static Outcome of(byte[] bytes, ReadLimits limits) {
        return of("the bytes", Source.of(bytes, limits));
    }

    private static Outcome of(String name, Source file) {
        try {
            return read(name, file);
        } catch (IOException e) {
            throw new LocalFileException(name + " cannot be read: " + e + "; see the cause", e);
        }
    }

    private static Outcome read(String name, Source file) throws IOException {
        Kind kind;
        try {
            kind = Kind.of(file);
        } catch (FileFault e) {
            throw new WorkflowInvalidException(name, List.of(e.getMessage()), null);
        }
        Format reader = kind.reader();
        return reader == null ? json(name, file) : metadata(name, kind.format(), reader, file);
    }

    private static Outcome metadata(String name, FileFormat format, Format reader, Source file) throws IOException {
        Found found = new Found(file.limits().metadataBytes());
        try {
            reader.read(file, found);
        } catch (FileFault e) {
            found.problem(e.getMessage()); // what came before it may be all that is wanted
        }
        Assembly assembly = new Assembly(found);
        assembly.texts();
        if (assembly.isEmpty()) {
            List<String> problems = new ArrayList<>(found.problems());
            problems.add("no workflow in this " + format + " file" + elsewhere(found));
            throw new WorkflowInvalidException(name, problems, null);
        }
        return assembly.outcome(name, format);
    }

    /** What is there instead. */
    private static String elsewhere(Found found) {
        if (!found.listed().isEmpty()) {
            return ": its metadata is " + String.join(", ", found.listed()) + "; give a file that ComfyUI saved";
        }
        return found.problems().isEmpty()
                ? ": it has no metadata; was it saved with metadata switched off, or by another program?"
                : " up to there";
    }

    private static Outcome json(String name, Source file) throws IOException {
        Found found = new Found(file.limits().metadataBytes());
        Object data;
        try {
            data = JsonText.strict(JsonText.decode(file.rest("the JSON")));
        } catch (FileFault e) {
            throw new WorkflowInvalidException(name, List.of(e.getMessage() + "; mend the file"), null);
        }
        Map<String, @Nullable Object> root = Assembly.map(data);
        if (root == null) {
            throw new WorkflowInvalidException(
                    name,
                    List.of("a workflow is a JSON object, this is " + (data instanceof List ? "a list" : "a value")
                            + "; export it from ComfyUI"),
                    null);
        }
        Assembly assembly = new Assembly(found);
        assembly.data(root, "the JSON");
        if (assembly.isEmpty()) {
            List<String> problems = new ArrayList<>(found.problems());
            problems.add(
                    "no workflow in this JSON: it has neither the editor's list of nodes, nor nodes with a class_type, nor"
                            + " the key prompt or workflow; its keys are " + Assembly.keys(root)
                            + ". Export a workflow from ComfyUI");
            throw new WorkflowInvalidException(name, problems, null);
        }
        return assembly.outcome(name, assembly.jsonFormat(root));
    }
}
