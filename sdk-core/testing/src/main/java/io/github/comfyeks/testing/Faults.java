package io.github.comfyeks.testing;

import io.github.comfyeks.testing.internal.FakeServer;
import io.github.comfyeks.testing.internal.fault.FaultPlan;
import io.github.comfyeks.testing.internal.fault.FaultPlan.Count;
import io.github.comfyeks.testing.internal.fault.FaultPlan.Flag;
import io.github.comfyeks.testing.internal.fault.FaultPlan.Frames;
import java.time.Duration;

/**
 * The fault switches of a server: each strikes from the moment it is switched on, and each works together with each other.
 * {@link #clear} ends them all. Shares are drawn from a seeded random, counts strike exactly so often.
 *
 * <p>Safe for use by several threads.
 */
public final class Faults {
    private final FakeServer server;
    private final FaultPlan plan;

    Faults(FakeServer server) {
        this.server = server;
        this.plan = server.faults();
    }

    /** Switches everything off. What already happened stays: a dead worker needs {@link FakeComfyServer#restartEmpty()}. */
    public Faults clear() {
        server.dropSocketsEvery(null);
        plan.clear();
        return this;
    }

    private Faults frames(java.util.function.UnaryOperator<Frames> change) {
        plan.changeFrames(change);
        return this;
    }

    /** Cuts each event socket without a close frame once it has been sent {@code events} messages; 0 is off. */
    public Faults dropSocketAfterEvents(int events) {
        return frames(f -> f.with(Count.DROP_AFTER, notNegative(events)));
    }

    /** Cuts all event sockets without a close frame, each time this long after the last. */
    public Faults dropSocketsEvery(Duration period) {
        server.dropSocketsEvery(period);
        return this;
    }

    /** Cuts all event sockets now, once. */
    public Faults dropSocketsNow() {
        server.dropSockets();
        return this;
    }

    /**
     * Makes the handler of the next {@code times} sockets that end do so only when another socket has taken the client id. It
     * then removes that socket's entry, and the new socket goes silent while it stays open (E2). A third socket works.
     */
    public Faults endOldHandlersLate(int times) {
        plan.lateEnds(notNegative(times));
        return this;
    }

    /** Cuts the {@code event}-th message of each socket in the middle of its frame, and the line with it; 0 is off. */
    public Faults cutFrame(int event) {
        return frames(f -> f.with(Count.CUT_AT, notNegative(event)));
    }

    /** Sends nothing more to any event socket, old or new, while they stay open and HTTP goes on. */
    public Faults goSilent() {
        return frames(f -> f.with(Flag.SILENT));
    }

    /** Lets each event socket go silent after {@code events} messages; 0 is off. */
    public Faults goSilentAfterEvents(int events) {
        return frames(f -> f.with(Count.SILENT_AFTER, notNegative(events)));
    }

    /** Splits each message into frames of at most {@code bytes}, with a ping between the first two; 0 is off. */
    public Faults fragmentFrames(int bytes) {
        return frames(f -> f.with(Count.FRAGMENT_SIZE, notNegative(bytes)));
    }

    /** Sends, before each {@code execution_start}, an event of an unknown type with {@code bytes} of text; 0 is off. */
    public Faults oversizedFrames(int bytes) {
        return frames(f -> f.with(Count.OVERSIZE, notNegative(bytes)));
    }

    /** Sends each event twice. */
    public Faults duplicateEvents() {
        return frames(f -> f.with(Flag.DUPLICATE));
    }

    /** Swaps each pair of neighbouring events; one that stays alone comes 20 ms late. */
    public Faults reorderEvents() {
        return frames(f -> f.with(Flag.REORDER));
    }

    /** Sends, before each event, one of a type that no client knows, with odd data; every fifth is a binary message. */
    public Faults unknownEvents() {
        return frames(f -> f.with(Flag.UNKNOWN));
    }

    /**
     * Lets the server die at the end of the next run, after {@code execution_success} and before the history entry, and come
     * back empty.
     */
    public Faults dieBeforeHistory() {
        plan.deathsBeforeHistory(1);
        return this;
    }

    /** Lets history entries appear this much later than everything else about the end of a run. */
    public Faults delayHistory(Duration delay) {
        plan.history(false, delay);
        return this;
    }

    /** Lets history entries never appear. */
    public Faults loseHistory() {
        plan.history(true, Duration.ZERO);
        return this;
    }

    /** Answers this share (0 to 1) of all requests with 502 in HTML, as a proxy does; they never reach the server. */
    public Faults badGateway(double share) {
        plan.badGateway(share);
        return this;
    }

    /** The same for exactly the next {@code times} requests. */
    public Faults badGatewayTimes(int times) {
        plan.badGatewayTimes(notNegative(times));
        return this;
    }

    /** Answers this share (0 to 1) of all requests with 503 and {@code Retry-After} in whole seconds. */
    public Faults serviceUnavailable(double share, Duration retryAfter) {
        plan.unavailable(share, retryAfter);
        return this;
    }

    /** The same for exactly the next {@code times} requests. */
    public Faults serviceUnavailableTimes(int times, Duration retryAfter) {
        plan.unavailableTimes(notNegative(times), retryAfter);
        return this;
    }

    /** Answers the next {@code times} requests with 401, as an image does that guards its port while it boots. */
    public Faults unauthorizedWhileBooting(int times) {
        plan.unauthorized(notNegative(times));
        return this;
    }

    /** Queues the next {@code times} submissions, but cuts the connection instead of answering. */
    public Faults loseSubmissionAnswers(int times) {
        plan.lostAnswers(notNegative(times));
        return this;
    }

    /** Answers the next {@code times} interrupts and forgets them, as a server does that is just taking the prompt from its queue. */
    public Faults loseInterrupts(int times) {
        plan.lostInterrupts(notNegative(times));
        return this;
    }

    /** Writes bodies slowly: so many bytes, then a pause of this length, and so on; 0 bytes is off. */
    public Faults slowBodies(int bytes, Duration pause) {
        plan.slowBodies(notNegative(bytes), pause);
        return this;
    }

    /**
     * Puts a load balancer with two pods in front (P1): each answer sets {@code AWSALB} and {@code AWSALBCORS} anew. Whoever
     * sends neither, once the first was given out, reaches another pod with a queue and a history of its own.
     */
    public Faults affinityCookies() {
        plan.affinity(true);
        return this;
    }

    /** Kills the worker: every route goes on answering, nothing runs any more until a restart (S14). */
    public Faults killWorker() {
        server.killWorker();
        return this;
    }

    private static int notNegative(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("must not be negative: " + value);
        }
        return value;
    }
}
