package castle;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.workflow.Workflow;
import java.net.URI;

/** What a game would do: one picture from a server. */
final class Castle {
    private static final String GRAPH = """
            {"1": {"class_type": "EmptyImage", "inputs": {"width": 48, "height": 32, "batch_size": 1, "color": 3368601}},
             "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "castle"}}}""";

    private Castle() {}

    static byte[] paint(URI server) {
        try (ComfyClient client = ComfyClient.create(server)) {
            ExecutionResult result = client.run(Workflow.parse(GRAPH));
            return result.images().get(0).bytes();
        }
    }
}
