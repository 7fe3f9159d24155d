package io.github.comfyeks.faults;

import io.github.comfyeks.testing.FakeComfyServer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** One fault, and what it can do to a run at the worst. */
enum Weather {
    DROP_AFTER_EVENTS(Harm.EVENTS, server -> server.faults().dropSocketAfterEvents(25)),
    DROP_EVERY(Harm.EVENTS, server -> server.faults().dropSocketsEvery(Duration.ofMillis(150))),
    LATE_END_OF_OLD_SOCKET(
            Harm.EVENTS, server -> server.faults().endOldHandlersLate(2).dropSocketAfterEvents(40)),
    CUT_FRAME(Harm.EVENTS, server -> server.faults().cutFrame(20)),
    SILENT(Harm.EVENTS, server -> server.faults().goSilent()),
    SILENT_AFTER_EVENTS(Harm.EVENTS, server -> server.faults().goSilentAfterEvents(30)),
    FRAGMENTED(Harm.NONE, server -> server.faults().fragmentFrames(16)),
    OVERSIZED(Harm.NONE, server -> server.faults().oversizedFrames(300_000)),
    DUPLICATED(Harm.NONE, server -> server.faults().duplicateEvents()),
    REORDERED(Harm.NONE, server -> server.faults().reorderEvents()),
    UNKNOWN_EVENTS(Harm.NONE, server -> server.faults().unknownEvents()),
    DIES_BEFORE_HISTORY(Harm.RUNS, server -> server.faults().dieBeforeHistory()),
    HISTORY_LATE(Harm.NONE, server -> server.faults().delayHistory(Duration.ofMillis(400))),
    HISTORY_LOST(Harm.HISTORY, server -> server.faults().loseHistory()),
    BAD_GATEWAY(Harm.NONE, server -> server.faults().badGateway(0.05)),
    UNAVAILABLE(Harm.NONE, server -> server.faults().serviceUnavailable(0.02, Duration.ofSeconds(1))),
    UNAUTHORIZED_AT_BOOT(Harm.REFUSED, server -> server.faults().unauthorizedWhileBooting(2)),
    ANSWERS_LOST(Harm.NONE, server -> server.faults().loseSubmissionAnswers(5)),
    SLOW_BODIES(Harm.NONE, server -> server.faults().slowBodies(4_096, Duration.ofMillis(2))),
    AFFINITY(Harm.NONE, server -> server.faults().affinityCookies()),
    RESTART(Harm.RUNS, server -> {}) {
        @Override
        void whileRunning(FakeComfyServer server) {
            server.restartEmpty();
        }
    },
    DEAD_WORKER(Harm.DEAD, server -> server.faults().killWorker());

    /** What a run may suffer. */
    enum Harm {
        /** Nothing: it succeeds. */
        NONE,
        /** Its events may be missed: it succeeds, by history. */
        EVENTS,
        /** Its history entry is gone: it succeeds if all events were heard, else it is lost. */
        HISTORY,
        /** It may vanish from the server. */
        RUNS,
        /** A submission may be refused. */
        REFUSED,
        /** Nothing runs any more. */
        DEAD
    }

    final Harm harm;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<FakeComfyServer> begin;

    Weather(Harm harm, Consumer<FakeComfyServer> begin) {
        this.harm = harm;
        this.begin = begin;
    }

    void begin(FakeComfyServer server) {
        begin.accept(server);
    }

    /** Once half of the runs have been submitted. */
    void whileRunning(FakeComfyServer server) {}

    /** The right ends of runs under these faults together. */
    static Set<End> rightEnds(Set<Weather> together) {
        Set<Harm> harms = EnumSet.noneOf(Harm.class);
        together.forEach(weather -> harms.add(weather.harm));
        Set<End> ends = EnumSet.noneOf(End.class);
        if (harms.contains(Harm.DEAD)) {
            ends.add(End.QUEUED_LIMIT);
            if (harms.contains(Harm.RUNS)) {
                ends.addAll(Set.of(End.LOST, End.SUCCEEDED)); // the restart revives the worker
            }
        } else {
            ends.add(End.SUCCEEDED);
        }
        if (harms.contains(Harm.RUNS) || (harms.contains(Harm.HISTORY) && harms.contains(Harm.EVENTS))) {
            ends.add(End.LOST);
        }
        if (harms.contains(Harm.HISTORY) && together.stream().anyMatch(Weather::mayHideAnEvent)) {
            ends.add(End.LOST);
        }
        if (harms.contains(Harm.REFUSED)) {
            ends.add(End.REFUSED);
        }
        return ends;
    }

    /** Faults of HTTP and of a load balancer can keep a socket away for a while, or a submission's first events. */
    private boolean mayHideAnEvent() {
        return switch (this) {
            case BAD_GATEWAY, UNAVAILABLE, UNAUTHORIZED_AT_BOOT, ANSWERS_LOST, AFFINITY, REORDERED -> true;
            default -> false;
        };
    }
}
