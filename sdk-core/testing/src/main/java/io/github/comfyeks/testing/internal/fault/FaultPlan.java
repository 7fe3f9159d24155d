package io.github.comfyeks.testing.internal.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state of all fault switches of one server. Each is independent of the others; a reader asks for one at the moment it
 * matters. Safe for use by several threads.
 */
public final class FaultPlan {
    /** What is done to the frames of each event socket; 0 and false are off. */
    public enum Count {
        DROP_AFTER,
        CUT_AT,
        SILENT_AFTER,
        FRAGMENT_SIZE,
        OVERSIZE
    }

    /** Switches about frames that are on or off. */
    public enum Flag {
        SILENT,
        DUPLICATE,
        REORDER,
        UNKNOWN
    }

    /** The switches about frames as of one moment. A count that is not there is off. */
    public record Frames(Map<Count, Integer> counts, Set<Flag> flags) {
        static final Frames NONE = new Frames(Map.of(), Set.of());

        public Frames with(Count count, int value) {
            Map<Count, Integer> changed = new EnumMap<>(Count.class);
            changed.putAll(counts);
            changed.put(count, value);
            return new Frames(changed, flags);
        }

        public Frames with(Flag flag) {
            Set<Flag> changed = EnumSet.of(flag);
            changed.addAll(flags);
            return new Frames(counts, changed);
        }

        public int count(Count count) {
            return counts.getOrDefault(count, 0);
        }

        public boolean is(Flag flag) {
            return flags.contains(flag);
        }
    }

    /** What becomes of history entries. */
    public record HistoryFault(boolean lost, Duration delay) {
        static final HistoryFault NONE = new HistoryFault(false, Duration.ZERO);
    }

    /** How fast bodies are written; 0 bytes is off. */
    public record SlowBodies(int bytes, Duration period) {
        static final SlowBodies NONE = new SlowBodies(0, Duration.ZERO);
    }

    private volatile Frames frames = Frames.NONE;
    private volatile HistoryFault history = HistoryFault.NONE;
    private volatile SlowBodies slowBodies = SlowBodies.NONE;
    private volatile double badGatewayShare;
    private volatile double unavailableShare;
    private volatile Duration retryAfter = Duration.ofSeconds(1);
    private volatile boolean affinity;
    private volatile @Nullable Duration dropEvery;
    private final AtomicInteger badGateways = new AtomicInteger();
    private final AtomicInteger unavailables = new AtomicInteger();
    private final AtomicInteger unauthorized = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final AtomicInteger lostInterrupts = new AtomicInteger();
    private final AtomicInteger lateEnds = new AtomicInteger();
    private final AtomicInteger deaths = new AtomicInteger();
    private final Random random;

    public FaultPlan(long seed) {
        this.random = new Random(seed);
    }

    /** Switches everything off. */
    public void clear() {
        frames = Frames.NONE;
        history = HistoryFault.NONE;
        slowBodies = SlowBodies.NONE;
        badGatewayShare = 0;
        unavailableShare = 0;
        affinity = false;
        dropEvery = null;
        for (AtomicInteger counter : new AtomicInteger[] {
            badGateways, unavailables, unauthorized, lostAnswers, lostInterrupts, lateEnds, deaths
        }) {
            counter.set(0);
        }
    }

    public Frames frames() {
        return frames;
    }

    /** Changes the switches about frames; two changes at once both count. */
    public synchronized void changeFrames(UnaryOperator<Frames> change) {
        frames = change.apply(frames);
    }

    public HistoryFault history() {
        return history;
    }

    public void history(boolean lost, Duration delay) {
        history = new HistoryFault(lost, delay);
    }

    public SlowBodies slowBodies() {
        return slowBodies;
    }

    public void slowBodies(int bytes, Duration period) {
        slowBodies = new SlowBodies(bytes, period);
    }

    public @Nullable Duration dropEvery() {
        return dropEvery;
    }

    public void dropEvery(@Nullable Duration value) {
        dropEvery = value;
    }

    public boolean affinity() {
        return affinity;
    }

    public void affinity(boolean value) {
        affinity = value;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    public void badGateway(double share) {
        badGatewayShare = checked(share);
    }

    public void badGatewayTimes(int times) {
        badGateways.set(times);
    }

    public void unavailable(double share, Duration after) {
        retryAfter = after;
        unavailableShare = checked(share);
    }

    public void unavailableTimes(int times, Duration after) {
        retryAfter = after;
        unavailables.set(times);
    }

    public void unauthorized(int times) {
        unauthorized.set(times);
    }

    public void lostAnswers(int times) {
        lostAnswers.set(times);
    }

    public void lostInterrupts(int times) {
        lostInterrupts.set(times);
    }

    public void lateEnds(int times) {
        lateEnds.set(times);
    }

    public void deathsBeforeHistory(int times) {
        deaths.set(times);
    }

    private static double checked(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is between 0 and 1, but was " + share);
        }
        return share;
    }

    /** Whether this request gets a 502. */
    public boolean takeBadGateway() {
        return take(badGateways) || draw(badGatewayShare);
    }

    /** Whether this request gets a 503. */
    public boolean takeUnavailable() {
        return take(unavailables) || draw(unavailableShare);
    }

    /** Whether this request gets a 401. */
    public boolean takeUnauthorized() {
        return take(unauthorized);
    }

    /** Whether the answer of this submission gets lost. */
    public boolean takeLostAnswer() {
        return take(lostAnswers);
    }

    /** Whether this interrupt is answered and forgotten. */
    public boolean takeLostInterrupt() {
        return take(lostInterrupts);
    }

    /** Whether the handler of a socket that ends now does so late. */
    public boolean takeLateEnd() {
        return take(lateEnds);
    }

    /** Whether the server dies at the end of this run. */
    public boolean takeDeathBeforeHistory() {
        return take(deaths);
    }

    private static boolean take(AtomicInteger counter) {
        return counter.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private boolean draw(double share) {
        if (share <= 0) {
            return false;
        }
        synchronized (random) {
            return random.nextDouble() < share;
        }
    }
}
