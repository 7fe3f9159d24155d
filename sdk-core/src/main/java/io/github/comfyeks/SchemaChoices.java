package io.github.comfyeks;

import io.github.comfyeks.execution.internal.Rejections;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.server.ServerApi;
import java.util.List;

/** What an input can be, from the node's schema, to name the nearest choices in a rejection. */
final class SchemaChoices implements Rejections.Choices {
    private final ServerApi server;

    SchemaChoices(ServerApi server) {
        this.server = server;
    }

    /** Of this class as it is now: a cached schema may lack the file that was added a minute ago. */
    @Override
    public List<String> of(String classType, String input) {
        return server
                .objectInfo(classType)
                .flatMap(node -> node.input(input))
                .map(InputSchema::choices)
                .orElse(List.of())
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Override
    public List<String> classes() {
        return List.copyOf(server.objectInfo().nodes().keySet());
    }
}
