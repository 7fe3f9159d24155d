package io.github.comfyeks.testing.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.nodes.NodeCall;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node's call within a run. */
final class RunCall extends NodeCall {
    private static final Set<String> METHODS = Set.of("none", "auto", "latent2rgb", "taesd");

    private final GraphRun run;
    private final Steps steps;

    RunCall(GraphRun run, String nodeId, NodeSchema schema, Map<String, Object> inputs) {
        super(nodeId, schema, inputs);
        this.run = run;
        this.steps = new Steps(run, nodeId);
    }

    @Override
    public ObjectNode graph() {
        return run.graph().original();
    }

    @Override
    public ObjectNode extraData() {
        return run.item().extraDataWithSecrets();
    }

    @Override
    public Folders folders() {
        return run.services().folders();
    }

    @Override
    public Duration stepTime() {
        return run.services().pace().stepTime();
    }

    @Override
    public void pause(Duration duration) throws InterruptedRunException {
        run.services().interrupts().pause(duration);
    }

    @Override
    public void progress(long value, long max, @Nullable Preview preview) throws InterruptedRunException {
        run.services().interrupts().check();
        steps.report(value, max, preview);
    }

    @Override
    public void send(String type, JsonNode data, boolean toAll) {
        run.services().events().send(type, data, toAll ? null : run.clientId());
    }

    /** To everybody: ComfyUI names no client with it. */
    @Override
    public void sendProgressText(String text) {
        byte[] id = nodeId().getBytes(StandardCharsets.UTF_8);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(8 + id.length + content.length)
                .putInt(3)
                .putInt(id.length)
                .put(id)
                .put(content);
        run.services().events().sendBinary(message.array(), null);
    }

    @Override
    public String previewMethod() {
        String asked = Json.textOrNull(run.item().extraData().get("preview_method"));
        return asked != null
                        && METHODS.contains(asked)
                        && run.services().version().hasJobs()
                ? asked
                : run.services().pace().previewMethod();
    }

    @Override
    public String tempSuffix() {
        Random random = new Random(nodeId().hashCode());
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    /** Reports the steps of one node; from 0.33.0 on those in between at most every 100 ms (E6). */
    static final class Steps {
        private static final long INTERVAL_NANOS = 100_000_000;

        private final GraphRun run;
        private final String nodeId;
        private long lastSent;
        private long lastValue = -1;

        Steps(GraphRun run, String nodeId) {
            this.run = run;
            this.nodeId = nodeId;
        }

        void report(long value, long max, NodeCall.@Nullable Preview preview) {
            long now = System.nanoTime();
            boolean always = preview != null || lastValue < 0 || value >= max;
            if (!always && run.services().version().isModern()) {
                boolean far = max <= 0 || (value - Math.max(0, lastValue)) * 100.0 / max >= 0.5;
                if (now - lastSent < INTERVAL_NANOS || !far) {
                    return;
                }
            }
            lastSent = now;
            lastValue = value;
            run.progress().update(nodeId, value, max);
            boolean withMetadata = run.services().events().supportsPreviewMetadata(run.clientId());
            if (preview != null && withMetadata) {
                sendWithMetadata(preview);
            }
            ObjectNode data = Json.object();
            data.put("value", value);
            data.put("max", max);
            data.put("prompt_id", run.item().promptId());
            data.put("node", nodeId);
            run.send("progress", data);
            if (preview != null && !withMetadata) {
                ByteBuffer message = ByteBuffer.allocate(8 + preview.bytes().size())
                        .putInt(1)
                        .putInt(preview.format().equals("PNG") ? 2 : 1)
                        .put(preview.bytes().asByteBuffer());
                run.services().events().sendBinary(message.array(), run.clientId());
            }
        }

        private void sendWithMetadata(NodeCall.Preview preview) {
            ObjectNode data = Json.object();
            data.put("node_id", nodeId);
            data.put("prompt_id", run.item().promptId());
            data.put("display_node_id", run.graph().real(nodeId));
            data.put("parent_node_id", run.graph().parent(nodeId));
            data.put("real_node_id", run.graph().real(nodeId));
            data.put("image_type", preview.format().equals("PNG") ? "image/png" : "image/jpeg");
            byte[] json = Json.write(data).getBytes(StandardCharsets.UTF_8);
            ByteBuffer message = ByteBuffer.allocate(
                            8 + json.length + preview.bytes().size())
                    .putInt(4)
                    .putInt(json.length)
                    .put(json)
                    .put(preview.bytes().asByteBuffer());
            run.services().events().sendBinary(message.array(), run.clientId());
        }
    }
}
