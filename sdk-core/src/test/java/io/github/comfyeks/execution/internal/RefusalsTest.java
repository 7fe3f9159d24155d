package io.github.comfyeks.execution.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final AuthenticationException refused = new AuthenticationException(401, "status 401");
    private final AuthenticationException latest = new AuthenticationException(403, "status 403");

    private final Refusals refusals = new Refusals(Duration.ofSeconds(30));

    @Test
    void lastOnceEveryLookWasRefusedForAsLongAsThePatience() {
        refusals.failed(refused, 0);
        refusals.failed(refused, 29 * SECOND);
        assertThat(refusals.lasting(0, 60 * SECOND)).isNull();
        refusals.failed(latest, 30 * SECOND);
        assertThat(refusals.lasting(0, 30 * SECOND)).isSameAs(latest);
    }

    @Test
    void areForgottenAtTheFirstAnswer() {
        refusals.failed(refused, 0);
        refusals.answered();
        refusals.failed(refused, 31 * SECOND);
        assertThat(refusals.lasting(0, 31 * SECOND)).isNull();
    }

    @Test
    void areForgottenWhenNobodyAnswers() {
        refusals.failed(refused, 0);
        refusals.failed(new ConnectionException("gone", false, null), 10 * SECOND);
        refusals.failed(refused, 31 * SECOND);
        assertThat(refusals.lasting(0, 31 * SECOND)).isNull();
    }

    @Test
    void doNotEndARunWhoseEventsCome() {
        refusals.failed(refused, 0);
        refusals.failed(refused, 40 * SECOND);
        assertThat(refusals.lasting(20 * SECOND, 40 * SECOND)).isNull();
        assertThat(refusals.lasting(20 * SECOND, 50 * SECOND)).isSameAs(refused);
    }

    @Test
    void needTwoLooksApartEvenWithoutPatience() {
        Refusals hasty = new Refusals(Duration.ZERO);
        hasty.failed(refused, 0);
        assertThat(hasty.lasting(0, 10 * SECOND)).isNull();
        hasty.failed(refused, 2 * SECOND);
        assertThat(hasty.lasting(0, 10 * SECOND)).isSameAs(refused);
    }
}
