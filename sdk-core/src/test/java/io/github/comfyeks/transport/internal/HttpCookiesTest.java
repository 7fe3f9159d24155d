package io.github.comfyeks.transport.internal;

import static io.github.comfyeks.transport.internal.HttpFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpCookiesTest {
    private HttpFixture at;

    @BeforeEach
    void open() throws IOException {
        at = new HttpFixture();
    }

    @AfterEach
    void close() {
        at.close();
    }

    private @Nullable String sentCookie() {
        at.enqueue(200, "{}");
        at.http().send(HttpCall.get("/queue"));
        return at.request().getHeaders().get("Cookie");
    }

    private void answered(String... setCookies) {
        var answer = answer(200);
        for (String cookie : setCookies) {
            answer.addHeader("Set-Cookie", cookie);
        }
        at.enqueue(answer);
        at.http().send(HttpCall.get("/queue"));
        at.request();
    }

    @Test
    void theNewestAffinityIsSentByHttpAndByTheHandshake() {
        answered("AWSALB=1; Path=/", "AWSALBCORS=1; Path=/");
        answered("AWSALB=2; Path=/", "AWSALBCORS=2; Path=/");
        assertThat(sentCookie()).contains("AWSALB=2", "AWSALBCORS=2").doesNotContain("=1");
        assertThat(at.http().handshake("c").headers().get("Cookie"))
                .contains("AWSALB=2", "AWSALBCORS=2")
                .doesNotContain("=1");
    }

    @Test
    void aFailedAnswerSetsAffinityToo() {
        at.enqueue(answer(404).addHeader("Set-Cookie", "AWSALB=9; Path=/"));
        at.http().send(HttpCall.get("/queue").accept(404));
        at.request();
        assertThat(sentCookie()).isEqualTo("AWSALB=9");
    }

    @Test
    void whatTheHandshakeSetHoldsForHttp() {
        answered("AWSALB=1; Path=/");
        at.http().adoptCookies(List.of("AWSALB=3; Path=/", "not a cookie"));
        assertThat(sentCookie()).isEqualTo("AWSALB=3");
    }

    @Test
    void anExpiredCookieIsDropped() {
        answered("AWSALB=1; Path=/");
        answered("AWSALB=gone; Path=/; Max-Age=0");
        assertThat(sentCookie()).isNull();
    }

    @Test
    void onlyCookiesThatPinAPodAreAffinity() {
        answered("AWSALB=1; Path=/", "session=secret; Path=/");
        assertThat(at.http().affinity(List.of("AWSALB"))).isEqualTo(Map.of("AWSALB", "1"));
    }

    @Test
    void anAffinityOfItsOwnIsNotMixedWithTheOthers() {
        answered("AWSALB=1; Path=/");
        Http own = at.http().withAffinity(Map.of("AWSALB", "7"));
        at.enqueue(200, "{}");
        own.send(HttpCall.get("/queue"));
        assertThat(at.request().getHeaders().get("Cookie")).isEqualTo("AWSALB=7");
        assertThat(sentCookie()).isEqualTo("AWSALB=1");
    }

    @Test
    void theHandshakeGoesToTheSocketsRouteWithTheCredentials() {
        Http.Handshake handshake = at.http().handshake("a b&c");
        assertThat(handshake.uri().toString())
                .isEqualTo("ws://127.0.0.1:" + at.server().getPort() + "/ws?clientId=a%20b%26c");
        assertThat(handshake.headers()).containsEntry("Authorization", "Bearer " + HttpFixture.SECRET);
        assertThat(handshake.headers()).doesNotContainKey("Origin");
    }

    @Test
    void aCookieOfAnotherDomainIsNotTaken() {
        answered("AWSALB=1; Path=/; Domain=evil.example", "other=1; Path=/; Domain=com");
        assertThat(sentCookie()).isNull();
    }

    @Test
    void aCookieOfAPathIsSentBelowItOnly() {
        answered("there=1; Path=/queue", "elsewhere=1; Path=/que");
        assertThat(sentCookie()).isEqualTo("there=1");
    }

    @Test
    void aCookieWhoseDateIsWrittenOddlyIsNotDropped() {
        answered(
                "wrongday=1; Expires=Wed, 01 Jan 2092 00:00:00 GMT; Path=/",
                "noday=1; expires=1-Jan-2092 00:00:00 UTC; Path=/",
                "nodate=1; Expires=soon; Path=/",
                "past=1; Expires=Wed, 02 Jan 2002 00:00:00 GMT; Path=/");
        assertThat(String.valueOf(sentCookie()).split("; "))
                .containsExactlyInAnyOrder("wrongday=1", "noday=1", "nodate=1");
    }

    @Test
    void aCookieForTlsAloneStaysHereUnsent() {
        answered(
                "AWSALBCORS=1; Path=/; SameSite=None; Secure",
                "AWSALB=1; Expires=Fri, 04 Dec 2099 09:40:58 GMT; Path=/");
        assertThat(sentCookie()).isEqualTo("AWSALB=1");
    }
}
