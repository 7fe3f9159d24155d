package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.DetachedException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.output.internal.OutputBinder;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.socket.internal.EventChannel;
import io.github.comfyeks.socket.internal.Message;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client id on one server: its event socket, its cookies, and the runs that it follows. Messages are given to the run
 * that they name, and to no other (E1). Thread-safe; has no lock of its own.
 */
public final class Session implements EventChannel.Listener {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** A node that never looks is asked no longer than this; the others end within the first moments. */
    private static final int MOST_INTERRUPTS = 8;

    private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(250);

    private final Http http;
    private final String clientId;
    private final ClientThreads threads;
    private final SessionDefaults defaults;
    private final OutputBinder outputs;
    private final Rejections.Choices choices;
    private final EventChannel channel;
    private final Looks looks;
    private final EndLooks endLooks;
    private final Watch watch;
    private final Interrupts interrupts;
    private final Runnable onIdle;
    /** By prompt id; more than one handle where the caller attached to what he follows already. */
    private final Map<String, List<LiveExecution>> live = new ConcurrentHashMap<>();

    private final Set<LiveExecution> wantLook = ConcurrentHashMap.newKeySet();
    private final AtomicInteger foreign = new AtomicInteger();
    private volatile @Nullable LiveExecution running;
    private volatile boolean closed;

    public Session(
            Http http,
            String clientId,
            ClientThreads threads,
            SessionDefaults defaults,
            OutputBinder outputs,
            Rejections.Choices choices,
            Runnable onIdle) {
        this.http = http;
        this.clientId = clientId;
        this.threads = threads;
        this.defaults = defaults;
        this.outputs = outputs;
        this.choices = choices;
        this.onIdle = onIdle;
        this.channel = new EventChannel(http, clientId, threads, this);
        this.looks = new Looks(http);
        this.endLooks = new EndLooks(looks, threads, this::now);
        this.interrupts = new Interrupts(http);
        this.watch = new Watch(this, channel, looks);
    }

    // ---- what callers ask ----

    /** Blocks until the server has taken the workflow, or it is known that it did not. */
    public Execution queue(Workflow workflow, QueueOptions options) {
        refuseIfClosed();
        return new Submission(this, looks, new Rejections(workflow, choices), workflow, options).submit();
    }

    /**
     * Follows a run that is on the server already.
     *
     * @param foreign whether its events go to another client id: then only the queue's changes are heard here
     */
    Execution attach(PromptId promptId, QueueOptions options, boolean foreign) {
        refuseIfClosed();
        LiveExecution run = new LiveExecution(this, promptId, null, options, foreign);
        register(run);
        if (foreign) {
            this.foreign.incrementAndGet();
        }
        run.accepted(promptId, Double.NaN, List.of());
        run.onSignal(Signal.Simple.GAP);
        channel.open();
        watch.added();
        watch.surveyNow();
        return run;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /** Lets go of every run and closes the socket. */
    public void close() {
        closed = true;
        for (LiveExecution run : runs()) {
            run.detach(new DetachedException(run.ref(), "the client was closed"));
        }
        watch.stop();
        channel.close();
    }

    public boolean isIdle() {
        return live.isEmpty();
    }

    // ---- what runs and submissions need ----

    Http http() {
        return http;
    }

    String clientId() {
        return clientId;
    }

    ClientThreads threads() {
        return threads;
    }

    SessionDefaults defaults() {
        return defaults;
    }

    OutputBinder outputs() {
        return outputs;
    }

    EventChannel channel() {
        return channel;
    }

    long now() {
        return http.config().time().nanoTime();
    }

    ExecutionRef ref(PromptId promptId) {
        return new ExecutionRef(defaults.server(), promptId, clientId, http.affinity(defaults.affinityCookies()));
    }

    String queueHint() {
        return watch.isStalled()
                ? ", and nothing runs although prompts wait: the server's worker may be dead, restart the server"
                : "";
    }

    Refusals refusals() {
        return looks.refusals();
    }

    void register(LiveExecution run) {
        live.merge(run.promptId().value(), List.of(run), Session::joined);
    }

    private static List<LiveExecution> joined(List<LiveExecution> some, List<LiveExecution> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** @return whether it was there */
    private boolean unregister(String promptId, LiveExecution run) {
        boolean[] there = {false};
        live.computeIfPresent(promptId, (id, runs) -> {
            there[0] = runs.contains(run);
            List<LiveExecution> rest =
                    runs.stream().filter(other -> other != run).toList();
            return rest.isEmpty() ? null : rest;
        });
        return there[0];
    }

    private List<LiveExecution> handles(String promptId) {
        return live.getOrDefault(promptId, List.of());
    }

    /** The server gave it an id of its own: a version before it took ours (S2). */
    void rename(LiveExecution run, PromptId sent) {
        unregister(sent.value(), run);
        register(run);
        run.onSignal(Signal.Simple.GAP);
        watch.surveyNow();
    }

    void followed(LiveExecution run) {
        if (isLive(run)) {
            if (!channel.isSubscribed()) {
                run.onSignal(Signal.Simple.GAP);
            }
            watch.added();
        }
    }

    /** Whether a live run's own events cannot come here, so that only surveys tell of it. */
    boolean hasForeign() {
        return foreign.get() > 0;
    }

    private boolean isLive(LiveExecution run) {
        return live.containsKey(run.promptId().value());
    }

    void forget(LiveExecution run) {
        if (unregister(run.promptId().value(), run) && run.isForeign()) {
            foreign.decrementAndGet();
        }
        wantLook.remove(run);
        if (live.isEmpty() && !closed) {
            onIdle.run();
        }
    }

    /** Every handle, as of now. */
    List<LiveExecution> runs() {
        return live.values().stream().flatMap(List::stream).toList();
    }

    void stateChanged(LiveExecution run, ExecutionState before, ExecutionState after) {
        log.debug("{}: {} → {}", run.promptId(), before, after);
        defaults.observer().onStateChange(run.promptId(), before, after);
    }

    /** A look is wanted then: at once, or by the watch's next rounds. */
    void wantLook(LiveExecution run, long at) {
        long now = now();
        if (at <= now) {
            wantLook.remove(run);
            run.lookIfDue(now);
        } else {
            wantLook.add(run);
            watch.added();
        }
    }

    /** Begins the looks that are due. */
    void lookWhereDue(long now) {
        for (LiveExecution run : wantLook) {
            run.lookIfDue(now);
        }
        endLooks.helpIfSlow(now);
    }

    void look(LiveExecution run, boolean withQueue) {
        if (withQueue) {
            threads.requests()
                    .execute(() -> run.looked(looks.look(run.promptId().value(), true)));
        } else {
            endLooks.add(run);
        }
    }

    /** Asks the server to end this run; blocks. */
    void interrupt(PromptId promptId) {
        boolean mayBeGone = interrupts.ask(promptId);
        if (mayBeGone) {
            handles(promptId.value()).forEach(run -> run.onSignal(Signal.Simple.DELETED_BY_US));
        }
    }

    /**
     * The same for a run that was let go: without the caller, who may be interrupted himself. Since nobody follows the run any
     * more, it is looked for afterwards, and asked again if the server has forgotten it.
     */
    void interruptLater(PromptId promptId) {
        threads.requests().execute(() -> {
            try {
                interruptUntilGone(promptId);
            } catch (ComfyException e) {
                log.warn("{}: could not be interrupted after it was let go: {}", promptId, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void interruptUntilGone(PromptId promptId) throws InterruptedException {
        for (int asked = 1; ; asked++) {
            interrupt(promptId);
            Signal seen = looks.look(promptId.value(), true);
            boolean there = seen == Signal.Simple.SEEN_RUNNING || seen == Signal.Simple.SEEN_WAITING;
            if (!there || asked == MOST_INTERRUPTS) {
                return;
            }
            http.config().time().sleep(BETWEEN_INTERRUPTS);
        }
    }

    // ---- what the socket tells ----

    @Override
    public void onSubscribed() {
        defaults.observer().onSocketOpen();
        watch.subscribed();
    }

    @Override
    public void onDown(String reason) {
        running = null;
        if (!closed) {
            defaults.observer().onSocketDown(reason);
            runs().forEach(run -> run.onSignal(Signal.Simple.GAP));
            watch.down();
        }
    }

    @Override
    public void onMessage(Message message) {
        String promptId = message.promptId();
        if (promptId == null) {
            onAnonymous(message);
            return;
        }
        List<LiveExecution> runs = live.get(promptId);
        if (runs == null) {
            watch.heard(null);
            return;
        }
        watch.heard(promptId);
        LiveExecution first = runs.get(0);
        if (message instanceof Message.Started) {
            LiveExecution before = running;
            if (before != null && !before.promptId().value().equals(promptId) && isLive(before)) {
                watch.surveySoon(); // one server runs one at a time: the other has ended, and its end was not heard
            }
        }
        running = message.isEnd() ? null : first;
        for (LiveExecution run : runs) {
            run.onMessage(message);
        }
    }

    /**
     * Status, and what names no prompt: texts, old previews and events of custom nodes are of the run that runs (E7, E9), if
     * that is ours; they go to everybody, so what comes before its start or after its end is another's.
     */
    private void onAnonymous(Message message) {
        watch.heard(null);
        if (message instanceof Message.Status status) {
            if (!live.isEmpty() && (status.queueRemaining() == 0 || hasForeign())) {
                watch.surveySoon();
            }
            return;
        }
        LiveExecution run = running;
        if (run != null
                && (message instanceof Message.Preview
                        || message instanceof Message.Text
                        || message instanceof Message.Other)) {
            handles(run.promptId().value()).forEach(each -> each.onMessage(message));
        }
    }
}
