package io.github.comfyeks.output;

import java.util.*;

public record NodeOutput(String nodeId, List<OutputFile> files, List<String> texts) {
    public static NodeOutput of(String nodeId, Map<String, Object> raw) {
        List<OutputFile> f = new ArrayList<>();
        if (raw.get("images") instanceof List<?> l) {
            for (Object o : l) {
                Map<?, ?> m = (Map<?, ?>) o;
                f.add(new OutputFile(
                        "" + m.get("filename"), "" + m.get("subfolder"), "" + m.get("type"), MediaKind.IMAGE, null));
            }
        }
        return new NodeOutput(nodeId, f, List.of());
    }
}
