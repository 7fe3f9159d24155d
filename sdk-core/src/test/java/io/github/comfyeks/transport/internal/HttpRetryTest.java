package io.github.comfyeks.transport.internal;

import static io.github.comfyeks.transport.internal.HttpFixture.answer;
import static io.github.comfyeks.transport.internal.HttpFixture.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.transport.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRetryTest {
    private HttpFixture at;

    @BeforeEach
    void open() throws IOException {
        at = new HttpFixture();
    }

    @AfterEach
    void close() {
        at.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aReadIsRepeatedAfterAStatusThatMayPass(int status) {
        at.enqueue(status, "<html>").enqueue(200, "{\"a\": 1}");
        assertThat(at.http().send(HttpCall.get("/queue")).json().path("a").asInt())
                .isEqualTo(1);
        assertThat(at.time().sleeps()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500})
    void aReadIsNotRepeatedAfterAnother(int status) {
        at.enqueue(status, "no");
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue")))
                .isInstanceOfSatisfying(
                        HttpStatusException.class, e -> assertThat(e.status()).isEqualTo(status));
        assertThat(at.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void aReadIsRepeatedAfterABrokenConnectionAndAShortBody() {
        at.enqueue(answer(200).onResponseStart(new SocketEffect.CloseSocket()))
                .enqueue(cut(answer(200).body("{\"a\""), 100))
                .enqueue(200, "{\"a\": 1}");
        assertThat(at.http().send(HttpCall.get("/queue")).json().path("a").asInt())
                .isEqualTo(1);
    }

    @Test
    void aStreamedReadIsRepeatedWhenItBreaksOnTheWay() {
        at.enqueue(cut(answer(200).body("{\"a\""), 100)).enqueue(200, "{\"a\": 1}");
        int a = at.http().read(HttpCall.get("/queue"), body -> Json.tree(body.readAllBytes())
                .path("a")
                .asInt());
        assertThat(a).isEqualTo(1);
    }

    @Test
    void retryAfterIsHonoured() {
        at.enqueue(answer(503).setHeader("Retry-After", "7")).enqueue(200, "{}");
        at.http().send(HttpCall.get("/queue"));
        assertThat(at.time().sleeps()).containsExactly(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wed, 21 Oct 2026 07:28:00 GMT", "-5", "soon", ""})
    void aRetryAfterThatIsNoNumberOfSecondsIsOursToChoose(String value) {
        at.enqueue(answer(503).setHeader("Retry-After", value)).enqueue(200, "{}");
        at.http().send(HttpCall.get("/queue"));
        assertThat(at.time().sleeps()).singleElement().satisfies(wait -> assertThat(wait)
                .isLessThanOrEqualTo(Duration.ofMillis(100)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "9223372036854775807"})
    void aRetryAfterBeyondTheBudgetEndsItAtOnce(String value) {
        at.enqueue(answer(503).setHeader("Retry-After", value));
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue"))).isInstanceOf(HttpStatusException.class);
        assertThat(at.time().sleeps()).isEmpty();
    }

    @Test
    void theBudgetOfTimeEndsTheAttempts() {
        for (int i = 0; i < 500; i++) {
            at.enqueue(503, "");
        }
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue"))).isInstanceOf(HttpStatusException.class);
        assertThat(Duration.ofNanos(at.time().nanoTime()))
                .isBetween(Duration.ofSeconds(20), RetryPolicy.standard().budget());
        assertThat(at.time().sleeps()).allSatisfy(wait -> assertThat(wait)
                .isLessThanOrEqualTo(RetryPolicy.standard().maxDelay()));
    }

    @Test
    void withoutABudgetNothingIsRepeated() throws IOException {
        try (HttpFixture impatient = new HttpFixture(RetryPolicy.none())) {
            impatient.enqueue(503, "");
            assertThatThrownBy(() -> impatient.http().send(HttpCall.get("/queue")))
                    .isInstanceOf(HttpStatusException.class);
        }
    }

    @Test
    void aWriteIsNeverRepeatedBySilence() {
        at.enqueue(503, "").enqueue(answer(200).onResponseStart(new SocketEffect.CloseSocket()));
        assertThatThrownBy(() -> at.http().send(HttpCall.post("/prompt").json(Map.of())))
                .isInstanceOf(HttpStatusException.class);
        assertThatThrownBy(() -> at.http().send(HttpCall.post("/prompt").json(Map.of())))
                .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveArrived())
                        .isTrue());
        assertThat(at.server().getRequestCount()).isEqualTo(2);
        assertThat(at.time().sleeps()).isEmpty();
    }

    @Test
    void notEvenWhenTheServerAsksForItAtOnce() {
        at.enqueue(answer(503).setHeader("Retry-After", "0")).enqueue(200, "{}");
        assertThatThrownBy(() -> at.http().send(HttpCall.post("/prompt").json(Map.of())))
                .isInstanceOf(HttpStatusException.class);
        assertThat(at.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void aWriteToNobodyDefinitelyDidNotArrive() {
        at.server().close();
        assertThatThrownBy(() -> at.http().send(HttpCall.post("/prompt").json(Map.of())))
                .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveArrived())
                        .isFalse())
                .hasMessageContaining("is ComfyUI running there?");
    }

    @Test
    void aPageUnderStatus200IsNoAnswer() {
        at.enqueue(200, "<html><head><title>Sign in</title></head>").enqueue(200, "");
        HttpReply page = at.http().send(HttpCall.get("/queue"));
        assertThat(page.looksLikeJson()).isFalse();
        assertThatThrownBy(page::json)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("an HTML page titled \"Sign in\"")
                .hasMessageContaining("GET /queue");
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue")).json())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("an empty body");
    }

    @Test
    void aStreamedPageIsNoAnswerAndNotRepeated() {
        at.enqueue(200, "<html>");
        assertThatThrownBy(() -> at.http().read(HttpCall.get("/queue"), body -> Json.tree(body.readAllBytes())))
                .isInstanceOf(ProtocolException.class);
        assertThat(at.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void anInterruptedThreadTriesNoMoreAndStaysInterrupted() {
        at.enqueue(503, "").enqueue(200, "{}");
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> at.http().send(HttpCall.get("/queue")));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOfAny(HttpStatusException.class, ConnectionException.class);
    }

    @Test
    void argumentsArePathSegmentsWhateverIsInThem() {
        at.enqueue(200, "{}");
        at.http().send(HttpCall.get("/history/{id}", "a/../b?c#d e").query("q", "ü&="));
        assertThat(at.request().getTarget()).isEqualTo("/history/a%2F..%2Fb%3Fc%23d%20e?q=%C3%BC%26%3D");
    }
}
