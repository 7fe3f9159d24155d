package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.run.QueueItem;
import io.github.comfyeks.testing.internal.version.Version;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A queued prompt or a history entry as {@code /api/jobs} shows it (H5). */
final class JobViews {
    private static final Set<String> OLD_MEDIA = Set.of("images", "video", "audio");
    private static final Set<String> MEDIA = Set.of("images", "video", "audio", "3d", "text");

    private final Version version;

    JobViews(Version version) {
        this.version = version;
    }

    ObjectNode ofQueue(QueueItem item, String status) {
        ObjectNode job = Json.object();
        job.put("id", item.promptId());
        job.put("status", status);
        job.set("priority", item.number());
        setIfThere(job, "create_time", item.extraData().get("create_time"));
        job.put("outputs_count", 0);
        if (version.isModern()) {
            job.put("previewable_outputs_count", 0);
        }
        setIfThere(job, "workflow_id", workflowId(item.extraData()));
        return job;
    }

    ObjectNode ofHistory(String promptId, JsonNode entry, boolean whole) {
        JsonNode extraData = entry.path("prompt").path(3);
        JsonNode status = entry.path("status");
        ObjectNode job = Json.object();
        job.put("id", promptId);
        job.put("status", statusOf(status));
        job.set("priority", entry.path("prompt").path(0));
        setIfThere(job, "create_time", extraData.get("create_time"));
        for (JsonNode message : status.path("messages")) {
            addMessage(job, message.path(0).asText(), message.path(1));
        }
        summarize(job, entry.path("outputs"));
        setIfThere(job, "workflow_id", workflowId(extraData));
        if (whole) {
            job.set("outputs", entry.path("outputs"));
            job.set("execution_status", status);
            ObjectNode workflow = job.putObject("workflow");
            workflow.set("prompt", entry.path("prompt").path(2));
            workflow.set("extra_data", extraData);
        }
        return job;
    }

    private static void setIfThere(ObjectNode job, String name, @Nullable JsonNode value) {
        if (value != null && !value.isNull() && !value.isMissingNode()) {
            job.set(name, value);
        }
    }

    /** A workflow that is no object makes the real code fail, for this job and for the whole list (H5). */
    private static @Nullable JsonNode workflowId(JsonNode extraData) {
        JsonNode info = extraData.get("extra_pnginfo");
        if (info == null) {
            return null;
        }
        if (!info.isObject()) {
            throw new IllegalArgumentException("extra_pnginfo is no object");
        }
        JsonNode workflow = info.get("workflow");
        if (workflow == null) {
            return null;
        }
        if (!workflow.isObject()) {
            throw new IllegalArgumentException("workflow is no object");
        }
        return workflow.get("id");
    }

    private String statusOf(JsonNode status) {
        if (!status.path("status_str").asText().equals("error")) {
            return "completed";
        }
        boolean interrupted = false;
        for (JsonNode message : status.path("messages")) {
            interrupted |= message.path(0).asText().equals("execution_interrupted");
        }
        return interrupted && version.isModern() ? "cancelled" : "failed";
    }

    private static void addMessage(ObjectNode job, String type, JsonNode data) {
        switch (type) {
            case "execution_start" -> job.set("execution_start_time", data.path("timestamp"));
            case "execution_success", "execution_error", "execution_interrupted" -> {
                job.set("execution_end_time", data.path("timestamp"));
                if (type.equals("execution_error")) {
                    job.set("execution_error", data);
                }
            }
            default -> {
                // what was cached is not shown
            }
        }
    }

    private void summarize(ObjectNode job, JsonNode outputs) {
        int count = 0;
        int previewable = 0;
        ObjectNode best = null;
        ObjectNode second = null;
        ObjectNode text = null;
        for (Map.Entry<String, JsonNode> node : outputs.properties()) {
            for (Map.Entry<String, JsonNode> media : node.getValue().properties()) {
                if (media.getKey().equals("animated") || !media.getValue().isArray()) {
                    continue;
                }
                for (JsonNode item : media.getValue()) {
                    if (!item.isObject()) {
                        if (media.getKey().equals("text") && text == null && version.isModern()) {
                            text = preview(Json.object().put("content", item.asText()), node.getKey(), "text");
                        }
                        continue;
                    }
                    count++;
                    if (!(version.isModern() ? MEDIA : OLD_MEDIA).contains(media.getKey())) {
                        continue;
                    }
                    previewable++;
                    if (item.path("type").asText().equals("output")) {
                        best = best == null ? preview(item, node.getKey(), media.getKey()) : best;
                    } else if (second == null) {
                        second = preview(item, node.getKey(), media.getKey());
                    }
                }
            }
        }
        job.put("outputs_count", count);
        if (version.isModern()) {
            job.put("previewable_outputs_count", previewable);
        }
        setIfThere(job, "preview_output", best != null ? best : second != null ? second : text);
    }

    private static ObjectNode preview(JsonNode item, String nodeId, String mediaType) {
        ObjectNode preview = item.deepCopy();
        preview.put("nodeId", nodeId);
        preview.put("mediaType", mediaType);
        return preview;
    }
}
