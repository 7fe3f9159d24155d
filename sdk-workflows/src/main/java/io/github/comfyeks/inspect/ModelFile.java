package io.github.comfyeks.inspect;

import java.util.List;
import java.util.Map;

/**
 * A model file that a workflow names. Immutable.
 *
 * @param folder the folder under ComfyUI's {@code models/}, such as {@code checkpoints}; empty if nothing tells
 * @param name the path in that folder as the workflow writes it; of embeddings without an extension
 * @param usedBy the inputs that name it
 * @param servers whether each server lists it for these inputs; a server whose classes do not tell is left out, as all are for
 *     embeddings
 */
public record ModelFile(String folder, String name, List<Place> usedBy, Map<String, Boolean> servers) {
    public ModelFile {
        usedBy = List.copyOf(usedBy);
        servers = Map.copyOf(servers);
    }

    /** The servers that lack it, by name. */
    public List<String> missingOn() {
        return servers.entrySet().stream()
                .filter(server -> !server.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
