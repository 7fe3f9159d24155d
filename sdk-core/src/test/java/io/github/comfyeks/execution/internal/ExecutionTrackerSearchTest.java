package io.github.comfyeks.execution.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.ref.ExecutionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Searches orders of signals: a true story of a run is dealt out with events lost, doubled, reordered and late, and looks
 * that fail or come at any time. Whatever the order, the tracker ends once, in the state that the story ends in, and always
 * asks for the look that gets it there.
 */
class ExecutionTrackerSearchTest {
    private static final int SEQUENCES = 40_000;
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    /** What really happened on the server. */
    enum Story {
        SUCCESS(ExecutionState.SUCCEEDED),
        FAILURE(ExecutionState.FAILED),
        INTERRUPTED(ExecutionState.INTERRUPTED),
        BLOCKED_THEN_SUCCESS(ExecutionState.SUCCEEDED);

        final ExecutionState end;

        Story(ExecutionState end) {
            this.end = end;
        }

        List<Signal> events() {
            Signal last =
                    switch (this) {
                        case SUCCESS, BLOCKED_THEN_SUCCESS -> Signal.Simple.HINT_SUCCESS;
                        case FAILURE ->
                            new Signal.HintFailure(new NodeFailure("1", "A", "E", "m", List.of(), Map.of()));
                        case INTERRUPTED -> Signal.Simple.HINT_INTERRUPTED;
                    };
            return List.of(Signal.Simple.RUNS, Signal.Simple.RUNS, Signal.Simple.RUNS, last, Signal.Simple.HINT_END);
        }

        Signal entry() {
            return switch (this) {
                case SUCCESS, BLOCKED_THEN_SUCCESS -> Entries.successEntry();
                case FAILURE -> Entries.failedEntry();
                case INTERRUPTED -> Entries.interruptedEntry();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void everyOrderOfSignalsEndsOnceAsTheServerDid(Story story) {
        Signal entry = story.entry();
        for (int seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            play(story, entry, random, seed);
        }
    }

    private static void play(Story story, Signal entry, Random random, int seed) {
        List<Signal> events = weather(story.events(), random);
        long endsAt = (1 + random.nextInt(5_000)) * MILLI;
        long historyAt = endsAt + random.nextInt(1_500) * MILLI;
        long surveyEvery = (500 + random.nextInt(9_500)) * MILLI;
        ExecutionTracker tracker = new ExecutionTracker();
        long now = 0;
        long surveyAt = surveyEvery;
        int told = 0;
        for (int step = 0; step < 200 && tracker.verdict() == null; step++) {
            long eventAt = told < events.size() ? endsAt * (told + 1) / events.size() : Long.MAX_VALUE;
            now = Math.max(now, Math.min(eventAt, Math.min(surveyAt, tracker.lookAt())));
            if (now >= eventAt) {
                tracker.on(events.get(told++), now);
            } else if (now >= tracker.lookAt()) {
                tracker.on(look(tracker.wantsQueue(now), now, endsAt, historyAt, entry, random), now);
            } else {
                surveyAt = now + surveyEvery;
                tracker.on(look(true, now, endsAt, historyAt, entry, random), now);
            }
        }
        assertThat(tracker.verdict()).as("seed %s ends", seed).isNotNull();
        assertThat(tracker.state()).as("seed %s", seed).isEqualTo(story.end);
        ExecutionState end = tracker.state();
        tracker.on(Signal.Simple.ABSENT, now);
        tracker.on(Signal.Simple.HINT_INTERRUPTED, now);
        assertThat(tracker.state()).as("seed %s stays", seed).isEqualTo(end);
    }

    /** Lost, doubled and swapped; whoever loses events knows of a gap, but for single ones. */
    private static List<Signal> weather(List<Signal> events, Random random) {
        List<Signal> heard = new ArrayList<>();
        for (Signal event : events) {
            int luck = random.nextInt(10);
            if (luck == 0) {
                heard.add(Signal.Simple.GAP);
            } else {
                heard.add(event);
                if (luck == 1) {
                    heard.add(event);
                }
            }
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(heard, random);
        }
        return heard;
    }

    private static Signal look(boolean withQueue, long now, long endsAt, long historyAt, Signal entry, Random random) {
        if (random.nextInt(5) == 0) {
            return Signal.Simple.LOOK_FAILED;
        }
        if (now >= historyAt) {
            return entry;
        }
        if (!withQueue) {
            return Signal.Simple.NOT_IN_HISTORY;
        }
        if (now < endsAt / 5) {
            return Signal.Simple.SEEN_WAITING;
        }
        return now < endsAt ? Signal.Simple.SEEN_RUNNING : Signal.Simple.ABSENT;
    }

    @Test
    void aRunThatVanishedIsAlwaysLostAndNeverBeforeTwoLooks() {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            ExecutionTracker tracker = new ExecutionTracker();
            long now = 0;
            if (random.nextBoolean()) {
                tracker.on(Signal.Simple.RUNS, now);
            }
            tracker.on(Signal.Simple.GAP, now);
            int absences = 0;
            for (int step = 0; step < 100 && tracker.verdict() == null; step++) {
                now = Math.max(now + MILLI, Math.min(tracker.lookAt(), now + random.nextInt(4_000) * MILLI));
                boolean fails = random.nextInt(3) == 0;
                absences += fails ? 0 : 1;
                tracker.on(fails ? Signal.Simple.LOOK_FAILED : Signal.Simple.ABSENT, now);
            }
            assertThat(tracker.state()).as("seed %s", seed).isEqualTo(ExecutionState.LOST);
            assertThat(absences).as("seed %s", seed).isGreaterThanOrEqualTo(2);
        }
    }
}
