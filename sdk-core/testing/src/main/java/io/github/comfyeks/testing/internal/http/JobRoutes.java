package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.json.Python;
import io.github.comfyeks.testing.internal.run.PromptQueue;
import io.github.comfyeks.testing.internal.run.QueueItem;
import io.github.comfyeks.testing.internal.run.QueueItem.TwinsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** {@code /api/jobs} (H5) and cancelling (H10); only under {@code /api}, not before 0.8.0. */
final class JobRoutes {
    private final Pod pod;
    private final JobViews views;
    private final List<String> statuses;

    private JobRoutes(Pod pod) {
        this.pod = pod;
        this.views = new JobViews(pod.version());
        this.statuses = pod.version().isModern()
                ? List.of("pending", "in_progress", "completed", "failed", "cancelled")
                : List.of("pending", "in_progress", "completed", "failed");
    }

    static void register(Router router, Pod pod) {
        if (!pod.version().hasJobs()) {
            return;
        }
        JobRoutes routes = new JobRoutes(pod);
        router.addOnly("GET", "/api/jobs", routes::list);
        if (pod.version().isModern()) {
            router.addOnly("POST", "/api/jobs/cancel", routes::cancelMany);
            router.addOnly(
                    "POST", "/api/jobs/{job_id}/cancel", request -> cancelled(routes.cancel(request.part("job_id"))));
        }
        router.addOnly("GET", "/api/jobs/{job_id}", routes::one);
    }

    private static Response refuse(String message) {
        return Response.json(400, Json.object().put("error", message));
    }

    private Response list(Request request) {
        List<String> wanted = Arrays.stream(request.query("status", "").split(","))
                .map(status -> status.strip().toLowerCase(Locale.ROOT))
                .filter(status -> !status.isEmpty())
                .toList();
        List<String> wrong =
                wanted.stream().filter(status -> !statuses.contains(status)).toList();
        if (!wrong.isEmpty()) {
            return refuse("Invalid status value(s): " + String.join(", ", wrong) + ". Valid values: "
                    + String.join(", ", statuses));
        }
        String sortBy = request.query("sort_by", "created_at").toLowerCase(Locale.ROOT);
        if (!Set.of("created_at", "execution_duration").contains(sortBy)) {
            return refuse("sort_by must be 'created_at' or 'execution_duration'");
        }
        String order = request.query("sort_order", "desc").toLowerCase(Locale.ROOT);
        if (!Set.of("asc", "desc").contains(order)) {
            return refuse("sort_order must be 'asc' or 'desc'");
        }
        Integer limit;
        Integer offset;
        try {
            limit = number(request.query("limit"));
        } catch (NumberFormatException e) {
            return refuse("limit must be an integer");
        }
        if (limit != null && limit <= 0) {
            return refuse("limit must be a positive integer");
        }
        try {
            offset = number(request.query("offset"));
        } catch (NumberFormatException e) {
            return refuse("offset must be an integer");
        }
        List<ObjectNode> jobs = collect(wanted.isEmpty() ? statuses : wanted, request.query("workflow_id"));
        sort(jobs, sortBy, order.equals("desc"));
        return page(jobs, limit, offset == null ? 0 : Math.max(0, offset));
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text.strip());
    }

    private List<ObjectNode> collect(List<String> wanted, @Nullable String workflowId) {
        List<ObjectNode> jobs = new ArrayList<>();
        PromptQueue.Snapshot queue = pod.queue().snapshot();
        if (wanted.contains("in_progress")) {
            queue.running().forEach(item -> jobs.add(views.ofQueue(item, "in_progress")));
        }
        if (wanted.contains("pending")) {
            queue.pending().forEach(item -> jobs.add(views.ofQueue(item, "pending")));
        }
        if (wanted.stream().anyMatch(status -> !status.equals("pending") && !status.equals("in_progress"))) {
            pod.history().forEach((id, entry) -> {
                ObjectNode job = views.ofHistory(id, entry, false);
                if (wanted.contains(job.path("status").asText())) {
                    jobs.add(job);
                }
            });
        }
        if (workflowId != null && !workflowId.isEmpty()) {
            jobs.removeIf(job -> !workflowId.equals(Json.textOrNull(job.get("workflow_id"))));
        }
        return jobs;
    }

    private static void sort(List<ObjectNode> jobs, String sortBy, boolean descending) {
        ToLongFunction<ObjectNode> key = sortBy.equals("created_at")
                ? job -> job.path("create_time").asLong()
                : job -> job.path("execution_end_time").asLong()
                        - job.path("execution_start_time").asLong();
        Comparator<ObjectNode> comparator = Comparator.comparingLong(key);
        jobs.sort(descending ? comparator.reversed() : comparator);
    }

    private static Response page(List<ObjectNode> jobs, @Nullable Integer limit, int offset) {
        int from = Math.min(offset, jobs.size());
        int to = limit == null ? jobs.size() : (int) Math.min(jobs.size(), (long) from + limit);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("jobs");
        jobs.subList(from, to).forEach(list::add);
        ObjectNode pagination = answer.putObject("pagination");
        pagination.put("offset", offset);
        pagination.put("limit", limit);
        pagination.put("total", jobs.size());
        pagination.put("has_more", offset + list.size() < jobs.size());
        return Response.json(answer);
    }

    private Response one(Request request) {
        String id = request.part("job_id");
        JsonNode entry = pod.history().find(id);
        if (entry != null) {
            return Response.json(views.ofHistory(id, entry, true));
        }
        PromptQueue.Snapshot queue = pod.queue().snapshot();
        ObjectNode job = find(queue.running(), id, "in_progress");
        if (job == null) {
            job = find(queue.pending(), id, "pending");
        }
        return job == null ? Response.json(404, Json.object().put("error", "Job not found")) : Response.json(job);
    }

    private @Nullable ObjectNode find(List<QueueItem> items, String id, String status) {
        for (QueueItem item : items) {
            if (item.promptId().equals(id)) {
                return views.ofQueue(item, status);
            }
        }
        return null;
    }

    private boolean cancel(String id) {
        try {
            return pod.queue().interrupt(id) || pod.queue().delete(id);
        } catch (TwinsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response cancelled(boolean done) {
        return Response.json(Json.object().put("cancelled", done));
    }

    private Response cancelMany(Request request) {
        JsonNode body;
        try {
            body = request.json();
        } catch (IOException e) {
            return refuse("Request body must be valid JSON");
        }
        JsonNode ids = body.path("job_ids");
        if (!ids.isArray()) {
            return refuse("job_ids must be a list");
        }
        ArrayNode invalid = Json.array();
        for (JsonNode id : ids) {
            if (!id.isTextual() || !JobIds.isValid(id.textValue())) {
                invalid.add(Python.str(id));
            }
        }
        if (!invalid.isEmpty()) {
            ObjectNode answer = Json.object();
            answer.put("error", "job_ids contains invalid id(s)");
            answer.set("invalid_ids", invalid);
            return Response.json(400, answer);
        }
        boolean any = false;
        for (JsonNode id : ids) {
            any |= cancel(id.textValue());
        }
        return cancelled(any);
    }
}
