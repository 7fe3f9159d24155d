package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.json.Python;
import java.util.List;

/**
 * A prompt that was accepted, as {@code /queue} and {@code /history} show it. Nothing in it is changed after it was queued.
 *
 * @param secrets what only the nodes may see ({@code api_key_comfy_org}, {@code auth_token_comfy_org})
 * @param secretsShown whether {@code /queue} shows them all the same (0.3.64, S6)
 */
public record QueueItem(
        JsonNode number,
        String promptId,
        ObjectNode graph,
        ObjectNode extraData,
        List<String> outputs,
        ObjectNode secrets,
        boolean secretsShown) {

    /** {@code [number, prompt_id, graph, extra_data, outputs]} for the history. */
    public ArrayNode toHistory() {
        return toJson(extraData);
    }

    /** The same for the queue. */
    public ArrayNode toQueue() {
        return toJson(secretsShown ? extraDataWithSecrets() : extraData);
    }

    private ArrayNode toJson(ObjectNode extra) {
        return Json.array().add(number).add(promptId).add(graph).add(extra).add(Json.array(outputs));
    }

    /** What the nodes are given. */
    public ObjectNode extraDataWithSecrets() {
        ObjectNode all = extraData.deepCopy();
        all.setAll(secrets);
        return all;
    }

    /**
     * Whether this one comes first: by number, then by id. Python compares the graphs of twins that have both in common and
     * fails, because dictionaries have no order (S14).
     */
    boolean before(QueueItem other) throws TwinsException {
        if (!Python.equal(number, other.number)) {
            return Python.less(number, other.number);
        }
        if (!promptId.equals(other.promptId)) {
            return promptId.compareTo(other.promptId) < 0;
        }
        if (!graph.equals(other.graph) || !extraData.equals(other.extraData)) {
            throw new TwinsException();
        }
        return String.join(",", outputs).compareTo(String.join(",", other.outputs)) < 0;
    }

    /** Two prompts with the same number and the same id were compared. */
    public static final class TwinsException extends Exception {
        private static final long serialVersionUID = 1L;

        TwinsException() {
            super("'<' not supported between instances of 'dict' and 'dict'");
        }
    }
}
