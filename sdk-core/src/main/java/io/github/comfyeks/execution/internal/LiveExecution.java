package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.DetachedException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.error.NodeError;
import io.github.comfyeks.execution.EventStream;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionListener;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.LetGo;
import io.github.comfyeks.execution.Progress;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.execution.internal.Completion.Outcome;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.socket.internal.Message;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one run. Its lock guards the tracker, the progress and the consumers; it is held for moments, never over
 * I/O or a caller's code. Signals come from the socket's reader and from looks on request threads.
 */
final class LiveExecution implements Execution {
    private static final long REPEAT_INTERRUPT = Duration.ofSeconds(2).toNanos();

    private final Session session;
    private final @Nullable Workflow workflow;
    private final QueueOptions options;
    private final boolean foreign;
    private final LimitCheck limits;
    private final Instant submittedAt = Instant.now();

    private final ReentrantLock lock = new ReentrantLock();
    private final Completion completion = new Completion(lock);
    private final ExecutionTracker tracker = new ExecutionTracker();
    private final RunProgress progress;
    private final Consumers consumers;
    private final Map<String, NodeOutput> eventOutputs = new LinkedHashMap<>(2);
    private List<NodeError> nodeErrors = List.of();
    private int position = -1;
    private boolean looking;
    /** The verdict is there, and is being told: the observer first, then whoever waits. */
    private boolean decided;

    private long lastSignOfLife;
    private volatile PromptId promptId;
    private volatile double number = Double.NaN;
    private volatile boolean accepted;
    private volatile boolean endHinted;
    private volatile long interruptAskedAt = ExecutionTracker.NEVER;

    LiveExecution(
            Session session, PromptId promptId, @Nullable Workflow workflow, QueueOptions options, boolean foreign) {
        this.session = session;
        this.promptId = promptId;
        this.workflow = workflow;
        this.options = options;
        this.foreign = foreign;
        this.progress = new RunProgress(workflow);
        this.consumers = new Consumers(session.threads().listeners());
        this.lastSignOfLife = session.now();
        this.limits =
                new LimitCheck(options.limits().orElse(session.defaults().limits()), options.letGo(), lastSignOfLife);
        options.listener().ifPresent(consumers::listen);
        consumers.hold();
    }

    // ---- what the session tells ----

    /** The server took it, perhaps under an id of its own making. */
    void accepted(PromptId id, double number, List<NodeError> objections) {
        this.promptId = id;
        this.number = number;
        this.accepted = true;
        lock.lock();
        try {
            nodeErrors = List.copyOf(objections);
            consumers.release(new ExecutionEvent.Queued(number));
        } finally {
            lock.unlock();
        }
    }

    /** A message of the socket that names this run, or is known to be of it. */
    void onMessage(Message message) {
        update(() -> {
            long now = session.now();
            Signal signal = MessageHandler.apply(
                    message, progress, consumers, eventOutputs, session.outputs()::bind, now, this::snapshot);
            if (signal != null) {
                lastSignOfLife = now;
                tracker.on(signal, now);
            }
        });
    }

    void onSignal(Signal signal) {
        update(() -> {
            long now = session.now();
            if (signal == Signal.Simple.SEEN_WAITING) {
                lastSignOfLife = now; // seen running is none: the node may hang
            }
            tracker.on(signal, now);
        });
    }

    void onPosition(int seen) {
        lock.lock();
        try {
            if (!completion.isDone() && seen != position) {
                position = seen;
                lastSignOfLife = session.now();
                if (consumers.any()) {
                    consumers.publish(new ExecutionEvent.Position(seen));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Feeds the tracker under the lock, then does outside of it what follows. */
    private void update(Runnable feed) {
        ExecutionState before;
        ExecutionState after;
        long lookAt = ExecutionTracker.NEVER;
        Outcome end = null;
        lock.lock();
        try {
            if (decided || completion.isDone()) {
                return;
            }
            before = tracker.state();
            feed.run();
            after = tracker.state();
            endHinted = after.isTerminal() || tracker.isEndHinted();
            if (before == ExecutionState.QUEUED && after == ExecutionState.RUNNING) {
                consumers.publish(new ExecutionEvent.Started());
            }
            Verdict verdict = tracker.verdict();
            if (verdict != null) {
                end = decide(verdict);
                decided = true;
            } else if (!looking) {
                lookAt = tracker.lookAt();
            }
        } finally {
            lock.unlock();
        }
        if (before != after) {
            session.stateChanged(this, before, after);
        }
        if (end != null) {
            conclude(end, after);
        } else if (lookAt != ExecutionTracker.NEVER) {
            session.wantLook(this, lookAt);
        }
    }

    /** Begins a look if one is due and none is under way; its signal comes back by {@link #looked}. */
    void lookIfDue(long now) {
        boolean withQueue;
        lock.lock();
        try {
            if (completion.isDone() || looking || tracker.lookAt() > now) {
                return;
            }
            looking = true;
            withQueue = tracker.wantsQueue(now);
        } finally {
            lock.unlock();
        }
        session.look(this, withQueue);
    }

    /** The look is done; its signal may ask for another. */
    void looked(Signal signal) {
        lock.lock();
        try {
            looking = false;
        } finally {
            lock.unlock();
        }
        onSignal(signal);
    }

    /** Whether the server has said that it has it: before that, not to be seen on the server means nothing. */
    boolean isAccepted() {
        return accepted;
    }

    /** Whether any event or look has shown that the server has it. */
    boolean isKnownToServer() {
        return accepted || completion.isDone() || state() != ExecutionState.QUEUED;
    }

    /** Whether its end was told of or it has ended: then it has looks of its own. */
    boolean isEndHinted() {
        return endHinted;
    }

    // ---- the end ----

    /** With the lock. */
    private Outcome decide(Verdict verdict) {
        long now = session.now();
        progress.ended(now);
        return Outcomes.of(verdict, ref(), workflow, eventOutputs, progress, submittedAt, session.outputs());
    }

    private void conclude(Outcome end, ExecutionState state) {
        lock.lock();
        try {
            end(end, new ExecutionEvent.Ended(state));
        } finally {
            lock.unlock();
        }
        session.forget(this);
        completion.settle(session.threads());
    }

    /** With the lock. */
    private void end(Outcome how, ExecutionEvent last) {
        completion.end(how);
        consumers.publish(last);
    }

    /** Lets go: waiting ends with this failure, the server is asked to stop only if the options say so. */
    void detach(ComfyException why) {
        Outcome letGo = new Outcome(null, why);
        lock.lock();
        try {
            if (decided || completion.isDone()) {
                return;
            }
            consumers.release(null);
            end(letGo, new ExecutionEvent.Detached(String.valueOf(why.getMessage())));
        } finally {
            lock.unlock();
        }
        session.forget(this);
        askToStop();
        completion.settle(session.threads());
    }

    /** Lets the run go once one of its limits is reached, or the server refuses every look. */
    void checkLimits() {
        ComfyException reached;
        lock.lock();
        try {
            reached = completion.isDone()
                    ? null
                    : limits.reached(tracker.state(), lastSignOfLife, session.now(), session, this::ref);
        } finally {
            lock.unlock();
        }
        if (reached != null) {
            detach(reached);
        }
    }

    // ---- what the caller asks ----

    @Override
    public PromptId promptId() {
        return promptId;
    }

    /** Whether its events go to another client id. */
    boolean isForeign() {
        return foreign;
    }

    double number() {
        return number;
    }

    @Override
    public ExecutionRef ref() {
        return session.ref(promptId);
    }

    @Override
    public Optional<Workflow> workflow() {
        return Optional.ofNullable(workflow);
    }

    @Override
    public ExecutionState state() {
        lock.lock();
        try {
            return tracker.state();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Progress progress() {
        lock.lock();
        try {
            return snapshot();
        } finally {
            lock.unlock();
        }
    }

    private Progress snapshot() {
        ExecutionState state = tracker.state();
        return progress.snapshot(
                state == ExecutionState.SUCCEEDED,
                state == ExecutionState.QUEUED && position >= 0 ? OptionalInt.of(position) : OptionalInt.empty());
    }

    @Override
    public List<NodeError> nodeErrors() {
        lock.lock();
        try {
            return nodeErrors;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ExecutionResult await() {
        return await(Long.MAX_VALUE, Duration.ZERO);
    }

    @Override
    public ExecutionResult await(Duration limit) {
        return await(limit.toNanos(), limit);
    }

    private ExecutionResult await(long nanos, Duration limit) {
        Outcome end;
        try {
            end = completion.await(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            askToStop();
            throw interruptedWait();
        }
        if (end == null) {
            askToStop();
            throw new LimitReachedException(
                    Limit.AWAIT,
                    "the run has not ended within the " + limit + " that await was given; wait again, or attach to it"
                            + " later [run " + promptId + ", " + state() + "]",
                    ref(),
                    null);
        }
        return end.get();
    }

    /** Whoever stops waiting lets go, if the options say so. */
    private void askToStop() {
        if (options.letGo() == LetGo.INTERRUPT) {
            session.interruptLater(promptId);
        }
    }

    private DetachedException interruptedWait() {
        return new DetachedException(ref(), "the thread was interrupted while it waited for the run");
    }

    @Override
    public CompletableFuture<ExecutionResult> result() {
        return completion.future(() -> detach(new DetachedException(ref(), "the run's future was cancelled")));
    }

    @Override
    public EventStream events() {
        lock.lock();
        try {
            return consumers.stream(this::interruptedWait);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void listen(ExecutionListener listener) {
        lock.lock();
        try {
            consumers.listen(listener);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean interrupt() {
        if (completion.isDone()) {
            return false;
        }
        session.interrupt(promptId);
        interruptAskedAt = session.now();
        return true;
    }

    /**
     * A server forgets an interrupt that comes while it takes the run from the queue, and one that a node swallowed: the wish
     * is told again as long as the run goes on.
     */
    void repeatInterrupt(long now) {
        if (interruptAskedAt != ExecutionTracker.NEVER && now - interruptAskedAt >= REPEAT_INTERRUPT && !endHinted) {
            interruptAskedAt = now;
            session.interruptLater(promptId);
        }
    }

    @Override
    public void close() {
        detach(new DetachedException(ref(), "the run's handle was closed"));
    }

    @Override
    public String toString() {
        return "Execution[" + promptId + ", " + state() + "]";
    }
}
