package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class ModelLockTest extends StoreTestBase {
    private static final Duration EXPIRY = Duration.ofMinutes(10);

    /** Stands still until it is set. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private final SetClock clock = new SetClock();

    @Test
    void onlyOneHasIt() {
        try (ModelLock held = store.lock("ann", EXPIRY, clock)) {
            held.check();
            assertThatThrownBy(() -> store.lock("bob", EXPIRY, clock))
                    .isInstanceOfSatisfying(LockedException.class, e -> {
                        assertThat(e.owner()).isEqualTo("ann");
                        assertThat(e.until()).isEqualTo(held.until());
                    })
                    .hasMessageContaining("s3://models/.comfyeks/lock: ann has the lock until 2026-01-01T00:10:00Z");
        }
        try (ModelLock next = store.lock("bob", EXPIRY, clock)) {
            assertThat(next.owner()).isEqualTo("bob");
        }
    }

    @Test
    void aRenewedOneLastsLonger() {
        try (ModelLock held = store.lock("ann", EXPIRY, clock)) {
            clock.pass(Duration.ofMinutes(9));
            held.renew();
            clock.pass(Duration.ofMinutes(9));
            held.check();
            assertThatThrownBy(() -> store.lock("bob", EXPIRY, clock)).isInstanceOf(LockedException.class);
        }
    }

    @Test
    void anExpiredOneIsTakenOverAMinuteLater() {
        ModelLock taken;
        try (ModelLock dead = store.lock("ann", EXPIRY, clock)) {
            clock.pass(EXPIRY);
            assertThatThrownBy(dead::check).isInstanceOf(LockedException.class).hasMessageContaining("expired");
            assertThatThrownBy(() -> store.lock("bob", EXPIRY, clock)).isInstanceOf(LockedException.class);
            clock.pass(Duration.ofMinutes(1));
            taken = store.lock("bob", EXPIRY, clock);
            assertThatThrownBy(dead::renew).isInstanceOfSatisfying(LockedException.class, e -> assertThat(e.owner())
                    .isEqualTo("bob"));
        }
        try (taken) {
            taken.renew();
            taken.check();
        }
    }

    @Test
    void whatIsNoLockIsNamed() {
        s3.putObject(request -> request.bucket("models").key(".comfyeks/lock"), RequestBody.fromString("hello"));
        assertThatThrownBy(() -> store.lock("ann", EXPIRY, clock))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is no lock of ours");
    }
}
