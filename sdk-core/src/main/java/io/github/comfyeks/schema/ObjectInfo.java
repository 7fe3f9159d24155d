package io.github.comfyeks.schema;

import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.JsonStream;
import io.github.comfyeks.internal.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All node classes that a server knows, as it knew them at one moment: {@code GET /object_info}. Custom nodes and model files
 * that are added later need another look. Immutable and safe for any number of threads.
 */
public final class ObjectInfo {
    private final Map<String, NodeSchema> nodes;

    private ObjectInfo(Map<String, NodeSchema> nodes) {
        this.nodes = Collections.unmodifiableMap(nodes);
    }

    /** Of these classes; the last of several with one name counts. */
    public static ObjectInfo of(Collection<NodeSchema> nodes) {
        Map<String, NodeSchema> byClass = new LinkedHashMap<>();
        nodes.forEach(node -> byClass.put(node.classType(), node));
        return new ObjectInfo(byClass);
    }

    /**
     * Reads the JSON of {@code /object_info} or of a file with it, in UTF-8, class by class. Closes the stream.
     *
     * @throws ProtocolException if it is no such JSON
     * @throws IOException if the stream breaks
     */
    public static ObjectInfo read(InputStream in) throws IOException {
        Map<String, NodeSchema> nodes = new LinkedHashMap<>();
        JsonStream.eachField(in, "GET /object_info", (classType, raw) -> {
            if (raw instanceof Map<?, ?>) {
                nodes.put(classType, NodeSchema.of(classType, Plain.map(raw)));
            }
        });
        return new ObjectInfo(nodes);
    }

    /** The classes by name, in the server's order. */
    public Map<String, NodeSchema> nodes() {
        return nodes;
    }

    /** The class with this name. */
    public Optional<NodeSchema> find(String classType) {
        return Optional.ofNullable(nodes.get(classType));
    }

    /** The names most like this one, the most alike first: for messages. */
    public List<String> nearest(String classType, int count) {
        return Nearest.to(classType, nodes.keySet(), count);
    }

    /** How many classes there are. */
    @Override
    public String toString() {
        return "ObjectInfo[" + nodes.size() + " classes]";
    }
}
