package io.github.comfyeks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault alone over 200 runs, each pair over 20; with {@code -Pfaults} each pair over 200. The seed is printed with a
 * failure and can be given by {@code -Dcomfyeks.faults.seed}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultSuiteTest {
    private static final int ALONE = 200;
    private static final int IN_PAIRS = Integer.getInteger("comfyeks.faults.pairs", 20);
    private static final long SEED = Long.getLong("comfyeks.faults.seed", 42L);

    @ParameterizedTest
    @EnumSource(Weather.class)
    void everyRunEndsRightUnderOneFault(Weather weather) throws InterruptedException, ExecutionException {
        new FaultCase(EnumSet.of(weather), ALONE, SEED).check();
    }

    static List<Set<Weather>> pairs() {
        List<Set<Weather>> pairs = new ArrayList<>();
        for (Weather first : Weather.values()) {
            for (Weather second : Weather.values()) {
                if (first.compareTo(second) < 0) {
                    pairs.add(EnumSet.of(first, second));
                }
            }
        }
        return pairs;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void everyRunEndsRightUnderTwoFaults(Set<Weather> weather) throws InterruptedException, ExecutionException {
        new FaultCase(weather, IN_PAIRS, SEED).check();
    }

    @Test
    void theTableNamesARightEndForEveryFaultAndPair() {
        assertThat(pairs())
                .allSatisfy(
                        pair -> assertThat(Weather.rightEnds(pair)).isNotEmpty().doesNotContain(End.OTHER));
    }
}
