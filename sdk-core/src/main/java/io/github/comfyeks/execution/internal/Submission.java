package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.DetachedException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.error.NodeError;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.error.WorkflowRejectedException;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.transport.RetryPolicy;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import io.github.comfyeks.transport.internal.HttpReply;
import io.github.comfyeks.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Brings one workflow to the server exactly once. The socket is there first, the run is known under our own id before it is
 * sent, and after an answer that was lost the server is asked, twice, whether it has the prompt before it is sent again: no
 * server refuses a duplicate, and one can end it (S14). Used once, by one thread.
 */
final class Submission {
    /** Between the two looks after an answer that was lost: a request may still be on its way through a proxy. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final int MOST_ATTEMPTS = 5;

    private enum Presence {
        THERE,
        NOT_THERE,
        UNKNOWN
    }

    private final Session session;
    private final Looks looks;
    private final Rejections rejections;
    private final Workflow workflow;
    private final QueueOptions options;
    private final PromptId id = PromptId.random();
    private final TimeSource time;
    private final RetryPolicy retry;
    private final long end;
    private final LiveExecution run;

    Submission(Session session, Looks looks, Rejections rejections, Workflow workflow, QueueOptions options) {
        this.session = session;
        this.looks = looks;
        this.rejections = rejections;
        this.workflow = workflow;
        this.options = options;
        this.time = session.http().config().time();
        this.retry = session.http().config().retry();
        this.end = time.nanoTime() + retry.budget().toNanos();
        this.run = new LiveExecution(session, id, workflow, options, false);
    }

    LiveExecution submit() {
        session.register(run);
        try {
            session.channel().ensureOpen(session.defaults().socketPatience());
            send();
            session.followed(run);
            return run;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandoned(new DetachedException(
                    run.ref(), "the thread was interrupted while it submitted the workflow, which may have arrived"));
        } catch (ComfyException e) {
            throw abandoned(e);
        } catch (RuntimeException | Error e) {
            session.forget(run);
            throw e;
        }
    }

    private <E extends ComfyException> E abandoned(E why) {
        session.forget(run);
        run.detach(why);
        return why;
    }

    private void send() throws InterruptedException {
        byte[] body = body();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpReply reply = session.http()
                        .send(HttpCall.post("/prompt").json(body).accept(400).once());
                answered(reply);
                return;
            } catch (ConnectionException | LimitReachedException | HttpStatusException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                boolean again = mayHaveArrived(e) ? !isThereAfterAll(e) : isWorthAnother(e);
                if (!again) {
                    return;
                }
                if (attempt == MOST_ATTEMPTS || isOver()) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    private static boolean mayHaveArrived(ComfyException e) {
        if (e instanceof ConnectionException lost) {
            return lost.mayHaveArrived();
        }
        if (e instanceof LimitReachedException late) {
            return late.limit() != Limit.CONNECT;
        }
        return e instanceof HttpStatusException http && http.status() >= 500;
    }

    /** Definitely not sent: another attempt harms nobody. */
    private boolean isWorthAnother(ComfyException e) {
        boolean passing = Http.isTransient(e) || e instanceof LimitReachedException;
        if (!passing || isOver()) {
            throw e;
        }
        return true;
    }

    private boolean isOver() {
        return time.nanoTime() >= end;
    }

    private void pause(int attempt, ComfyException e) throws InterruptedException {
        long cap = Math.min(retry.maxDelay().toMillis(), retry.firstDelay().toMillis() << attempt);
        long asked = e instanceof HttpStatusException http ? http.retryAfter().toMillis() : 0;
        Duration delay =
                Duration.ofMillis(Math.max(asked, ThreadLocalRandom.current().nextLong(cap + 1)));
        session.defaults().observer().onRetry("POST /prompt", attempt, delay, String.valueOf(e.getMessage()));
        time.sleep(delay);
    }

    /** Whether the server has the prompt although its answer was lost; if it is unknown, that is the error. */
    private boolean isThereAfterAll(ComfyException lost) throws InterruptedException {
        int notThere = 0;
        while (notThere < 2) {
            switch (presence()) {
                case THERE -> {
                    run.accepted(id, Double.NaN, List.of());
                    run.onSignal(Signal.Simple.GAP);
                    return true;
                }
                case NOT_THERE -> notThere++;
                case UNKNOWN -> {
                    if (isOver()) {
                        throw mayHaveArrived("and whether it has arrived could not be found out", lost);
                    }
                }
            }
            time.sleep(BETWEEN_LOOKS);
        }
        if (run.isKnownToServer()) {
            run.accepted(id, Double.NaN, List.of());
            return true;
        }
        if (lost instanceof HttpStatusException http && http.status() == 500) {
            throw lost; // the server itself choked on it, and will again (S10)
        }
        if (options.number().isPresent()) {
            throw mayHaveArrived(
                    "and the server does not show it; with a number given it is not sent again, because a second prompt of"
                            + " that number can end the server's worker",
                    lost);
        }
        return false;
    }

    private Presence presence() {
        if (run.isKnownToServer()) {
            return Presence.THERE;
        }
        Signal seen = looks.look(id.value(), true);
        if (seen == Signal.Simple.LOOK_FAILED) {
            return Presence.UNKNOWN;
        }
        return seen == Signal.Simple.ABSENT ? Presence.NOT_THERE : Presence.THERE;
    }

    private ConnectionException mayHaveArrived(String what, ComfyException cause) {
        return new ConnectionException(
                "the answer to the submission was lost, " + what + "; attach to " + id
                        + " later to learn its fate [POST /prompt]",
                true,
                run.ref(),
                cause);
    }

    private void answered(HttpReply reply) {
        if (reply.status() == 400) {
            throw rejections.rejection(reply.json());
        }
        Map<String, Object> answer = reply.object();
        Object givenId = answer.get("prompt_id");
        if (givenId == null) {
            throw new ProtocolException(
                    "the answer to a submission has no prompt_id; is this a ComfyUI server? [POST /prompt]", null);
        }
        PromptId given = PromptId.of(givenId.toString());
        boolean objected = answer.get("node_errors") instanceof Map<?, ?> errors && !errors.isEmpty();
        List<NodeError> objections = objected ? rejections.nodeErrors(reply.json()) : List.of();
        run.accepted(given, answer.get("number") instanceof Number number ? number.doubleValue() : 0, objections);
        if (!given.equals(id)) {
            session.rename(run, id);
        }
        if (!objections.isEmpty() && !options.acceptPartial()) {
            throw takenBack(given, objections);
        }
    }

    private WorkflowRejectedException takenBack(PromptId given, List<NodeError> objections) {
        WorkflowRejectedException rejection = new WorkflowRejectedException(
                "node_errors", "some outputs are invalid, and the rest was taken back", objections);
        try {
            session.interrupt(given);
        } catch (ComfyException e) {
            rejection.addSuppressed(e); // the rest runs, and nobody follows it
        }
        return rejection;
    }

    /** The workflow's own JSON is made once and copied; the few other fields come before it. */
    private byte[] body() {
        Map<String, Object> fields = new LinkedHashMap<>();
        options.number().ifPresent(number -> fields.put("number", number));
        if (options.front()) {
            fields.put("front", true);
        }
        if (!options.targets().isEmpty()) {
            fields.put("partial_execution_targets", options.targets());
        }
        Map<String, Object> extra = new LinkedHashMap<>(options.extraData());
        workflow.uiWorkflow().ifPresent(ui -> extra.merge("extra_pnginfo", Map.of("workflow", ui), Submission::merged));
        if (!extra.isEmpty()) {
            fields.put("extra_data", extra);
        }
        String graph = workflow.toJson();
        StringBuilder body = new StringBuilder(graph.length() + 200);
        body.append("{\"client_id\":").append(Json.write(session.clientId()));
        body.append(",\"prompt_id\":\"").append(id).append('"');
        fields.forEach(
                (name, value) -> body.append(",\"").append(name).append("\":").append(Json.write(value)));
        body.append(",\"prompt\":").append(graph).append('}');
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Object merged(Object given, Object added) {
        if (given instanceof Map<?, ?> before && added instanceof Map<?, ?> after) {
            Map<Object, @Nullable Object> both = new LinkedHashMap<>(after);
            both.putAll(before);
            return both;
        }
        return given;
    }
}
