package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.internal.JsonStream;
import io.github.comfyeks.internal.NodeFailures;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.Job;
import io.github.comfyeks.server.JobPage;
import io.github.comfyeks.server.JobStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the jobs API (H5). */
public final class JobsParser {
    private static final String LABEL = "GET /api/jobs";

    private JobsParser() {}

    /** The jobs list as a queue; jobs that have ended are left out, whatever the filter was. */
    public static QueueIds queue(byte[] body) {
        return Unreadable.read(body, JsonToken.START_OBJECT, LABEL, json -> {
            List<String> running = new ArrayList<>();
            List<QueueIds.Waiting> pending = new ArrayList<>();
            if (!(JsonStream.object(json).get("jobs") instanceof List<?> jobs)) {
                throw Unreadable.unexpected("an object without jobs", LABEL, null);
            }
            for (Object element : jobs) {
                if (element instanceof Map<?, ?> job && job.get("id") instanceof String id) {
                    switch (String.valueOf(job.get("status"))) {
                        case "pending" -> pending.add(new QueueIds.Waiting(Values.number(job, "priority"), id));
                        case "completed", "failed", "cancelled" -> {}
                        default -> running.add(id);
                    }
                }
            }
            return QueueIds.of(running, pending);
        });
    }

    /** The jobs list for users; a job without id is left out. */
    static JobPage page(byte[] body, UnaryOperator<NodeOutput> bound) {
        Map<String, Object> page =
                Unreadable.read(body, JsonToken.START_OBJECT, LABEL, json -> JsonStream.object(json));
        if (!(page.get("jobs") instanceof List<?> list)) {
            throw Unreadable.unexpected("an object without jobs", LABEL, null);
        }
        List<Job> jobs = new ArrayList<>();
        for (Object element : list) {
            Map<String, Object> job = Values.map(element);
            if (!Values.text(job, "id").isEmpty()) {
                jobs.add(job(job, bound));
            }
        }
        Map<String, Object> pagination = Values.map(page.get("pagination"));
        return new JobPage(
                jobs,
                (int) Values.whole(pagination, "offset"),
                pagination.containsKey("total") ? (int) Values.whole(pagination, "total") : jobs.size(),
                Boolean.TRUE.equals(pagination.get("has_more")));
    }

    /** One job, with what only a single one has. */
    static Job job(byte[] body, UnaryOperator<NodeOutput> bound) {
        String label = LABEL + "/{id}";
        Map<String, Object> job = Unreadable.read(body, JsonToken.START_OBJECT, label, json -> JsonStream.object(json));
        if (Values.text(job, "id").isEmpty()) {
            throw Unreadable.unexpected("an object without id", label, null);
        }
        return job(job, bound);
    }

    private static Job job(Map<String, Object> job, UnaryOperator<NodeOutput> bound) {
        Map<String, NodeOutput> outputs = new LinkedHashMap<>();
        Values.map(job.get("outputs"))
                .forEach((node, output) -> outputs.put(node, bound.apply(NodeOutput.of(node, Values.map(output)))));
        Map<String, Object> failure = Values.map(job.get("execution_error"));
        Map<String, Object> workflow = Values.map(job.get("workflow"));
        return new Job(
                PromptId.of(Values.text(job, "id")),
                new JobStatus(Values.text(job, "status")),
                Values.number(job, "priority"),
                Values.time(job.get("create_time")),
                Values.time(job.get("execution_start_time")),
                Values.time(job.get("execution_end_time")),
                Values.optionalText(job, "workflow_id"),
                failure.isEmpty() ? Optional.empty() : Optional.of(NodeFailures.of(failure)),
                (int) Values.whole(job, "outputs_count"),
                Values.map(job.get("preview_output")),
                Collections.unmodifiableMap(outputs),
                HistoryParser.Status.messages(
                        Values.map(job.get("execution_status")).get("messages")),
                Values.map(workflow.get("prompt")),
                Values.map(workflow.get("extra_data")));
    }
}
