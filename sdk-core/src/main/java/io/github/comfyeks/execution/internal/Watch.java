package io.github.comfyeks.execution.internal;

import io.github.comfyeks.socket.internal.EventChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no run depends on an event that does not come. While runs are live it makes its rounds on the timer:
 * begins the looks that are due, checks limits, and surveys all runs — every few seconds as long as events come, often
 * while there is no socket or its silence is suspect (E2). A socket that did not tell of an end that a survey found is
 * opened anew. With nothing live there are no rounds.
 */
final class Watch {
    private static final Duration ROUND = Duration.ofMillis(25);
    private static final long LIMITS = Duration.ofMillis(100).toNanos();

    /** Of the socket, until the first survey; doubled while surveys find nothing new. */
    private static final long SILENCE = Duration.ofSeconds(2).toNanos();

    private static final long STEADY = Duration.ofSeconds(10).toNanos();
    private static final long SOON = Duration.ofMillis(250).toNanos();
    private static final long FAST = Duration.ofMillis(250).toNanos();
    private static final long FAST_MOST = Duration.ofSeconds(2).toNanos();

    /** An end that a survey found may have its events still on their way for so long. */
    private static final long GRACE = Duration.ofSeconds(1).toNanos();

    private final Session session;
    private final EventChannel channel;
    private final Survey survey;
    private final AtomicBoolean surveying = new AtomicBoolean();
    private final ReentrantLock starting = new ReentrantLock();
    private @Nullable ScheduledFuture<?> rounds;

    /** Runs whose end was found before it was heard of, and when. */
    private final Map<String, Long> unannounced = new ConcurrentHashMap<>();

    private volatile boolean trusted = true;
    private volatile long heardAt;
    private volatile long surveyedAt;
    private volatile long surveyWantedAt = ExecutionTracker.NEVER;
    private volatile long pause = FAST;
    private volatile long silence = SILENCE;
    private long limitsAt;

    Watch(Session session, EventChannel channel, Looks looks) {
        this.session = session;
        this.channel = channel;
        this.survey = new Survey(
                looks,
                session.threads(),
                channel::isSubscribed,
                session.defaults().observer(),
                session::now);
        this.heardAt = session.now();
        this.surveyedAt = heardAt;
    }

    /** A run is live. */
    void added() {
        if (rounds != null) {
            return;
        }
        starting.lock();
        try {
            if (rounds == null) {
                long now = session.now();
                heardAt = now;
                surveyedAt = now;
                silence = SILENCE;
                rounds = session.threads().every(ROUND.toMillis(), this::round);
            }
        } finally {
            starting.unlock();
        }
    }

    void stop() {
        starting.lock();
        try {
            if (rounds != null) {
                rounds.cancel(false);
                rounds = null;
            }
        } finally {
            starting.unlock();
        }
    }

    /** A message came; of this live run, if it names one. */
    void heard(@Nullable String promptId) {
        heardAt = session.now();
        if (promptId != null) {
            trusted = true;
            silence = SILENCE;
        }
    }

    void subscribed() {
        trusted = true;
        surveyNow();
    }

    void down() {
        pause = FAST;
        surveyNow();
    }

    void surveyNow() {
        surveyWantedAt = session.now();
    }

    void surveySoon() {
        surveyWantedAt = Math.min(surveyWantedAt, session.now() + SOON);
    }

    boolean isStalled() {
        return survey.isStalled();
    }

    private void round() {
        if (session.isIdle()) {
            stop();
            if (session.isIdle()) {
                return;
            }
            added(); // a run came in between
        }
        long now = session.now();
        session.lookWhereDue(now);
        if (now - limitsAt >= LIMITS) {
            limitsAt = now;
            session.runs().forEach(run -> {
                run.checkLimits();
                run.repeatInterrupt(now);
            });
        }
        suspect(now);
        if (isSurveyDue(now) && surveying.compareAndSet(false, true)) {
            surveyWantedAt = ExecutionTracker.NEVER;
            survey(now);
        }
    }

    private boolean isSurveyDue(long now) {
        if (surveyWantedAt <= now) {
            return true;
        }
        long since = now - surveyedAt;
        if (!channel.isSubscribed() || !trusted) {
            return since >= pause;
        }
        if (session.hasForeign()) {
            return since >= FAST_MOST;
        }
        return since >= STEADY || (now - heardAt >= SILENCE && since >= silence);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a survey's future never fails
    private void survey(long start) {
        List<LiveExecution> untold = session.runs().stream()
                .filter(run -> run.isAccepted() && !run.isEndHinted())
                .toList();
        if (untold.isEmpty()) {
            surveyedAt = start;
            surveying.set(false);
            return;
        }
        survey.run(untold).thenAccept(found -> {
            long now = session.now();
            pause = found.changed() ? FAST : Math.min(FAST_MOST, pause + pause / 2);
            pause = Math.max(pause, 4 * (now - start)); // a slow server is not asked all the time
            silence = found.changed() ? SILENCE : Math.min(STEADY, silence * 2);
            for (LiveExecution run : found.unannounced()) {
                if (channel.isSubscribed()) {
                    unannounced.put(run.promptId().value(), now);
                }
            }
            surveyedAt = now;
            surveying.set(false);
        });
    }

    /** Whether events of an end that a survey found came at all; if not, the socket is opened anew. */
    private void suspect(long now) {
        if (unannounced.isEmpty()) {
            return;
        }
        boolean overdue = unannounced.values().stream().anyMatch(found -> now - found >= GRACE);
        if (!overdue) {
            return;
        }
        unannounced.clear();
        if (channel.isSubscribed() && now - heardAt >= GRACE) {
            trusted = false;
            pause = FAST;
            String why = "runs ended and the socket did not tell";
            session.defaults().observer().onSocketSuspect(why);
            channel.reopen(why);
        }
    }
}
