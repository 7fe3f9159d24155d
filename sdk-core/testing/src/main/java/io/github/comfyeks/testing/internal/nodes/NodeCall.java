package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.image.Images;
import io.github.comfyeks.testing.internal.json.Python;
import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One execution of a node: its inputs, and what it may do to the world. Used by the run's thread alone. */
public abstract class NodeCall {
    private final String nodeId;
    private final NodeSchema schema;
    private final Map<String, Object> inputs;

    protected NodeCall(String nodeId, NodeSchema schema, Map<String, Object> inputs) {
        this.nodeId = nodeId;
        this.schema = schema;
        this.inputs = inputs;
    }

    public String nodeId() {
        return nodeId;
    }

    public NodeSchema schema() {
        return schema;
    }

    public Set<String> inputNames() {
        return inputs.keySet();
    }

    /** The value of an input, or null if it is not there: a {@link JsonNode} for a literal, else what the other node made. */
    public @Nullable Object input(String name) {
        return inputs.get(name);
    }

    private Object required(String name) throws NodeFailure {
        Object value = inputs.get(name);
        if (value == null) {
            throw NodeFailure.missingArgument(schema.classType(), name);
        }
        return value;
    }

    private JsonNode literal(String name) throws NodeFailure {
        if (required(name) instanceof JsonNode node) {
            return node;
        }
        throw new NodeFailure("TypeError", name + " is no literal");
    }

    public int integer(String name) throws NodeFailure {
        return literal(name).intValue();
    }

    public JsonNode value(String name) throws NodeFailure {
        return literal(name);
    }

    public double decimal(String name) throws NodeFailure {
        return literal(name).doubleValue();
    }

    public boolean flag(String name) throws NodeFailure {
        return Python.truthy(literal(name));
    }

    public String text(String name) throws NodeFailure {
        return Python.str(literal(name));
    }

    public Images images(String name) throws NodeFailure {
        return as(name, Images.class);
    }

    public <T> T as(String name, Class<T> type) throws NodeFailure {
        Object value = required(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new NodeFailure(
                "AttributeError",
                name + " is no " + type.getSimpleName() + " but "
                        + value.getClass().getSimpleName());
    }

    /** The graph that was submitted, as it goes into a picture. */
    public abstract ObjectNode graph();

    /** {@code extra_data} with everything in it. */
    public abstract ObjectNode extraData();

    public abstract Folders folders();

    /** How long a sampler's step takes. */
    public abstract Duration stepTime();

    /** Waits without looking whether somebody asked for an interrupt. */
    public abstract void pause(Duration duration) throws InterruptedRunException;

    /** Reports a step, with a preview or without; sees interrupts. */
    public abstract void progress(long value, long max, @Nullable Preview preview) throws InterruptedRunException;

    /** Sends an event as custom nodes do. */
    public abstract void send(String type, JsonNode data, boolean toAll);

    /** Sends a type 3 frame: a text about this node (E9). */
    public abstract void sendProgressText(String text);

    /** The preview method of this run: {@code none}, {@code auto}, {@code latent2rgb}, {@code taesd}. */
    public abstract String previewMethod();

    /** The five letters in the name of this node's temporary files. */
    public abstract String tempSuffix();

    /**
     * A picture on its way to a client.
     *
     * @param format {@code JPEG} or {@code PNG}
     */
    public record Preview(String format, ByteString bytes) {}
}
