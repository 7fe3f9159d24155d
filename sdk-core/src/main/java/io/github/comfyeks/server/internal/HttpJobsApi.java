package io.github.comfyeks.server.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.Job;
import io.github.comfyeks.server.JobPage;
import io.github.comfyeks.server.JobQuery;
import io.github.comfyeks.server.JobStatus;
import io.github.comfyeks.server.JobsApi;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import io.github.comfyeks.transport.internal.HttpReply;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The jobs API over HTTP (H5, H10). */
public final class HttpJobsApi implements JobsApi {
    private final Http http;
    private final UnaryOperator<NodeOutput> bound;

    /** @param bound makes the files of an output downloadable */
    public HttpJobsApi(Http http, UnaryOperator<NodeOutput> bound) {
        this.http = http;
        this.bound = bound;
    }

    @Override
    public boolean isSupported() {
        // of a job that is not there: the list may be long, and one odd prompt breaks it for all
        HttpReply reply = http.send(
                HttpCall.get("/api/jobs/{id}", PromptId.random().value()).accept(404, 405));
        return isByTheRoute(reply);
    }

    /** A 404 of the route itself says so in JSON; of a server without the route it has no such body. */
    private static boolean isByTheRoute(HttpReply reply) {
        return reply.status() == 200 || (reply.status() == 404 && reply.text().contains("\"error\""));
    }

    @Override
    public JobPage list(JobQuery query) {
        HttpCall call = HttpCall.get("/api/jobs")
                .query("workflow_id", query.workflowId().orElse(null))
                .query("sort_by", query.sortBy().value())
                .query("sort_order", query.ascending() ? "asc" : "desc")
                .accept(404, 405);
        if (!query.statuses().isEmpty()) {
            call.query("status", query.statuses().stream().map(JobStatus::value).collect(Collectors.joining(",")));
        }
        query.limit().ifPresent(limit -> call.query("limit", limit));
        if (query.offset() > 0) {
            call.query("offset", query.offset());
        }
        HttpReply reply = send(call);
        if (reply.status() != 200) {
            throw absent("the jobs API", Versions.JOBS, "ask server() for queue and history instead", call);
        }
        return JobsParser.page(reply.bytes(), bound);
    }

    private HttpReply send(HttpCall call) {
        try {
            return http.send(call);
        } catch (HttpStatusException e) {
            if (e.status() != 500) {
                throw e;
            }
            throw new HttpStatusException(
                    500,
                    e.body(),
                    e.retryAfter(),
                    e.getMessage()
                            + "; one prompt with a null extra_pnginfo, or with a workflow that is no object, breaks"
                            + " the jobs API: ask server() for queue and history instead, or delete that prompt there");
        }
    }

    @Override
    public Optional<Job> find(PromptId id) {
        HttpCall call = HttpCall.get("/api/jobs/{id}", Segments.of("a prompt id", id.value()))
                .accept(404, 405);
        HttpReply reply = send(call);
        if (!isByTheRoute(reply)) {
            throw absent("the jobs API", Versions.JOBS, "ask server() for queue and history instead", call);
        }
        return reply.status() == 404 ? Optional.empty() : Optional.of(JobsParser.job(reply.bytes(), bound));
    }

    @Override
    public boolean cancel(PromptId id) {
        return cancel(HttpCall.post("/api/jobs/{id}/cancel", Segments.of("a prompt id", id.value())));
    }

    @Override
    public boolean cancel(Collection<PromptId> ids) {
        return cancel(HttpCall.post("/api/jobs/cancel")
                .json(Map.of("job_ids", ids.stream().map(PromptId::value).toList())));
    }

    private boolean cancel(HttpCall call) {
        HttpReply reply = http.send(call.accept(404, 405).repeatable());
        if (reply.status() != 200) {
            throw absent(
                    "a way to cancel jobs",
                    Versions.JOBS_CANCEL,
                    "call server().deletePending(ids) and server().interrupt(id) instead",
                    call);
        }
        return reply.json().path("cancelled").asBoolean();
    }

    private UnsupportedByServerException absent(String what, String since, String instead, HttpCall call) {
        return new UnsupportedByServerException(Versions.named(version()) + " does not have " + what + ", ComfyUI "
                + since + " has: update the server, or " + instead + " [" + call.label() + "]");
    }

    private String version() {
        try {
            return SystemStatsParser.read(
                            http.send(HttpCall.get("/system_stats")).bytes())
                    .version();
        } catch (ComfyException e) {
            return ""; // it is only for the message
        }
    }
}
