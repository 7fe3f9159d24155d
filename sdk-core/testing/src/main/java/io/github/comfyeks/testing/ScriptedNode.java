package io.github.comfyeks.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.nodes.NodeCall;
import io.github.comfyeks.testing.internal.nodes.NodeCode;
import io.github.comfyeks.testing.internal.nodes.NodeFailure;
import io.github.comfyeks.testing.internal.nodes.NodeResult;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs a script as a node. */
final class ScriptedNode implements NodeCode {
    private final NodeTypes types;
    private final FakeNode script;

    ScriptedNode(NodeTypes types, FakeNode script) {
        this.types = types;
        this.script = script;
    }

    @Override
    public NodeResult run(NodeCall call) throws NodeFailure, InterruptedRunException {
        Execution execution = new Execution(call);
        try {
            script.run(execution);
        } catch (NodeFailure | InterruptedRunException e) {
            throw e;
        } catch (Exception e) {
            throw new NodeFailure("RuntimeError", String.valueOf(e.getMessage()));
        }
        return execution.result();
    }

    private final class Execution implements FakeNodeRun {
        private final NodeCall call;
        private @Nullable NodeResult result;
        private @Nullable ObjectNode shown;

        Execution(NodeCall call) {
            this.call = call;
        }

        NodeResult result() throws NodeFailure, InterruptedRunException {
            NodeResult outcome = result == null ? types.placeholders(call) : result;
            return shown == null ? outcome : outcome.withUi(shown);
        }

        @Override
        public String nodeId() {
            return call.nodeId();
        }

        @Override
        public String input(String name) {
            return call.input(name) instanceof JsonNode literal ? Json.write(literal) : "null";
        }

        @Override
        public void pause(Duration duration) throws InterruptedRunException {
            call.pause(duration);
        }

        @Override
        public void progress(int value, int max) throws InterruptedRunException {
            call.progress(value, max, null);
        }

        @Override
        public void send(String type, String json) throws Exception {
            call.send(type, Json.parse(json), false);
        }

        @Override
        public void runNormally() throws Exception {
            result = types.runUnscripted(call);
        }

        @Override
        public void show(String json) throws Exception {
            if (!(Json.parse(json) instanceof ObjectNode object)) {
                throw new IllegalArgumentException("UI output must be a JSON object");
            }
            shown = object;
        }

        @Override
        public void fail(String exceptionType, String message) throws NodeFailure {
            throw new NodeFailure(exceptionType, message);
        }
    }
}
