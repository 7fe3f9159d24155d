package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.comfyeks.testing.internal.image.Images;
import io.github.comfyeks.testing.internal.image.Mask;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.SimulatedPicture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each node class does. A class that is only known by its schema is stood in for: a simulated picture for each IMAGE, a
 * placeholder for everything else. Safe for use by several threads.
 */
public final class NodeTypes {
    private static final Map<String, NodeType> BUILT_IN = builtIn();
    private static final NodeType STAND_IN = NodeType.of(NodeTypes::standIn);

    private final Map<String, NodeType> scripted = new ConcurrentHashMap<>();

    private static Map<String, NodeType> builtIn() {
        Map<String, NodeType> types = new HashMap<>();
        ImageNodes.register(types);
        FileNodes.register(types);
        TextNodes.register(types);
        SamplerNodes.register(types);
        ProbeNodes.register(types);
        return Map.copyOf(types);
    }

    /** How the class behaves. */
    public NodeType find(String classType) {
        NodeType type = scripted.get(classType);
        return type != null ? type : BUILT_IN.getOrDefault(classType, STAND_IN);
    }

    /** Puts a script in the place of a class's own behaviour. */
    public void script(String classType, NodeCode code) {
        scripted.put(classType, NodeType.of(code));
    }

    /** Runs the class as it would run without a script. */
    public NodeResult runUnscripted(NodeCall call) throws NodeFailure, Interrupts.InterruptedRunException {
        return BUILT_IN.getOrDefault(call.schema().classType(), STAND_IN).code().run(call);
    }

    /** A placeholder for each output. */
    public NodeResult placeholders(NodeCall call) {
        return standIn(call);
    }

    private static NodeResult standIn(NodeCall call) {
        List<Object> outputs = new ArrayList<>();
        for (String type : call.schema().outputs()) {
            outputs.add(placeholder(type, call));
        }
        return NodeResult.of(outputs);
    }

    private static Object placeholder(String type, NodeCall call) {
        JsonNode seed = call.input("seed") instanceof JsonNode node ? node : LongNode.valueOf(0);
        return switch (type) {
            case "IMAGE" ->
                Images.of(SimulatedPicture.paint(
                        512, 512, seed.asText(), call.schema().classType()));
            case "MASK" -> new Mask(Images.of(Picture.filled(64, 64, 0)));
            case "LATENT" ->
                new Values.Latent(
                        512, 512, 1, null, seed.asText(), call.schema().classType());
            case "CONDITIONING" -> new Values.Conditioning(call.schema().classType());
            case "STRING" -> TextNode.valueOf("simulated " + call.schema().classType());
            case "INT" -> LongNode.valueOf(0);
            case "FLOAT" -> DoubleNode.valueOf(0);
            case "BOOLEAN" -> BooleanNode.FALSE;
            default -> new Values.Opaque(type, call.schema().classType());
        };
    }
}
