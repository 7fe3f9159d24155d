package io.github.comfyeks.testing.internal.run;

import io.github.comfyeks.testing.internal.schema.InputSpec;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import org.jspecify.annotations.Nullable;

/** Answers what the order of execution asks about nodes. */
record NodeFacts(DynamicGraph graph, RunServices services, NodeCache cache) implements ExecutionOrder.Nodes {
    private @Nullable NodeSchema schema(String nodeId) {
        return services.schemas().find(graph.classType(nodeId));
    }

    @Override
    public boolean isCached(String nodeId) {
        return cache.get(nodeId) != null;
    }

    @Override
    public boolean isOutput(String nodeId) {
        NodeSchema schema = schema(nodeId);
        return schema != null && schema.isOutputNode();
    }

    @Override
    public boolean isAsync(String nodeId) {
        return services.types().find(graph.classType(nodeId)).async();
    }

    @Override
    public boolean isLazy(String nodeId, String input) {
        NodeSchema schema = schema(nodeId);
        InputSpec spec = schema == null ? null : schema.input(input);
        return spec != null && spec.isLazy();
    }
}
