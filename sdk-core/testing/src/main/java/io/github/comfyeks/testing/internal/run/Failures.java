package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.NodeFailure;
import java.util.Map;

/** The details of {@code execution_error} (E5). */
final class Failures {
    static final String OUT_OF_MEMORY_ADVICE =
            "This error means you ran out of memory on your GPU.\n\nTIPS: If the workflow"
                    + " worked before you might have accidentally set the batch_size to a large number.";

    private Failures() {}

    /** Lines in the shape of Python's, naming no file that exists. */
    static ArrayNode traceback(String classType, NodeFailure failure) {
        return Json.array()
                .add("  File \"/fake/comfyui/execution.py\", line 1, in execute\n    run(node)\n")
                .add("  File \"/fake/comfyui/nodes.py\", line 1, in " + classType + "\n    raise " + failure.type()
                        + "(...)\n");
    }

    /** {@code {name: [value]}}; what is no literal as text. */
    static ObjectNode inputs(Map<String, Object> inputs) {
        ObjectNode texts = Json.object();
        inputs.forEach((name, value) -> {
            ArrayNode list = texts.putArray(name);
            if (value instanceof JsonNode literal && !literal.isContainerNode()) {
                list.add(literal);
            } else {
                list.add(value.toString());
            }
        });
        return texts;
    }
}
