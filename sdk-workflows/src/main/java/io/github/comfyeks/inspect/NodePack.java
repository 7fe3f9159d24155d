package io.github.comfyeks.inspect;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Node classes that are installed together, as the servers' {@code python_module} tells. Immutable.
 *
 * @param name {@link #COMFYUI}, {@link #PARTNER}, the folder under {@code custom_nodes}, or {@link #UNKNOWN}
 * @param classes the classes that the workflow uses, by name, and how many nodes are of each
 */
public record NodePack(String name, Map<String, Integer> classes) {
    /** ComfyUI's own nodes. */
    public static final String COMFYUI = "ComfyUI";

    /** ComfyUI's nodes that call paid services. */
    public static final String PARTNER = "ComfyUI partner nodes";

    /** Classes that no given server has. */
    public static final String UNKNOWN = "unknown";

    public NodePack {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    }
}
