package io.github.comfyeks.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node of a run gave out for people to see: ComfyUI's {@code outputs[node]} of {@code /history} and {@code output}
 * of the event {@code executed}. Immutable; a value.
 *
 * @param nodeId the node; of an expanded node an id such as {@code 5.0.0.1} (E13)
 * @param files every listed file, whatever the key it stands under, in order
 * @param texts what the node listed as text, without a file
 * @param data everything as it came, files and texts too: null, Boolean, Number, String, List or Map by key
 */
public record NodeOutput(String nodeId, List<OutputFile> files, List<String> texts, Map<String, Object> data) {
    public NodeOutput {
        files = List.copyOf(files);
        texts = List.copyOf(texts);
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** Reads what a node gave out, as plain data. Its files know no server, so that they cannot be downloaded. */
    public static NodeOutput of(String nodeId, Map<String, Object> data) {
        return OutputReader.read(nodeId, data);
    }

    /** The files of this kind, in order. */
    public List<OutputFile> files(MediaKind kind) {
        return files.stream().filter(file -> file.kind().equals(kind)).toList();
    }

    /** The pictures, in order; shorthand for {@code files(MediaKind.IMAGE)}. */
    public List<OutputFile> images() {
        return files(MediaKind.IMAGE);
    }
}
