package io.github.comfyeks.transport.internal;

import static io.github.comfyeks.transport.internal.HttpFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.transport.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCredentialsTest {
    private HttpFixture at;

    @BeforeEach
    void open() throws IOException {
        at = new HttpFixture();
    }

    @AfterEach
    void close() {
        at.close();
    }

    private static MockResponse.Builder redirect(String to) {
        return answer(302).setHeader("Location", to);
    }

    @Test
    void everyRequestCarriesTheCredentials() {
        at.enqueue(200, "{}");
        at.http().send(HttpCall.get("/queue"));
        RecordedRequest request = at.request();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + HttpFixture.SECRET);
        assertThat(request.getHeaders().get("X-Tenant")).isEqualTo("tenant-secret");
        assertThat(request.getHeaders().get("Origin")).isNull();
    }

    @Test
    void aRedirectToAnotherHostLosesCredentialsAndCookies() throws IOException {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            elsewhere.enqueue(answer(200).body("{}").build());
            at.enqueue(redirect("http://localhost:" + elsewhere.getPort() + "/away")
                    .addHeader("Set-Cookie", "AWSALB=pod-1; Path=/"));
            assertThat(at.http().send(HttpCall.get("/queue")).status()).isEqualTo(200);
            RecordedRequest away = taken(elsewhere);
            assertThat(away.getHeaders().names()).doesNotContain("Authorization", "X-Tenant", "Cookie");
            assertThat(away.toString()).doesNotContain(HttpFixture.SECRET);
        }
    }

    private static RecordedRequest taken(MockWebServer server) {
        try {
            return server.takeRequest();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRedirectToAnotherPortLosesTheCredentialsToo() throws IOException {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            elsewhere.enqueue(answer(200).body("{}").build());
            at.enqueue(redirect("http://127.0.0.1:" + elsewhere.getPort() + "/away"));
            at.http().send(HttpCall.get("/queue"));
            assertThat(taken(elsewhere).getHeaders().names()).doesNotContain("Authorization", "X-Tenant");
        }
    }

    @Test
    void aRedirectWithinTheServerKeepsThem() {
        at.enqueue(redirect("/other?x=1")).enqueue(200, "{}");
        at.http().send(HttpCall.get("/queue"));
        at.request();
        RecordedRequest second = at.request();
        assertThat(second.getTarget()).isEqualTo("/other?x=1");
        assertThat(second.getHeaders().get("Authorization")).isNotNull();
    }

    @Test
    void redirectsEnd() {
        for (int i = 0; i < 10; i++) {
            at.enqueue(redirect("/again"));
        }
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue"))).isInstanceOf(ProtocolException.class);
        assertThat(at.server().getRequestCount()).isEqualTo(6);
    }

    @Test
    void aWriteFollowsNoRedirect() {
        at.enqueue(redirect("/login"));
        assertThatThrownBy(() -> at.http().send(HttpCall.post("/queue").json(Map.of())))
                .hasMessageContaining("redirects to /login");
        assertThat(at.server().getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void refusedCredentialsAreAFailureOfTheirOwnAndNotTriedAgain(int status) {
        at.enqueue(status, "no");
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue")))
                .isInstanceOfSatisfying(AuthenticationException.class, e -> assertThat(e.status())
                        .isEqualTo(status));
        assertThat(at.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void noSecretIsInAnyFailure() throws IOException {
        List<Throwable> failures = new java.util.ArrayList<>();
        for (int status : new int[] {400, 401, 403, 404, 500}) {
            at.enqueue(status, "no");
            failures.add(catchThrowable(() -> at.http().send(HttpCall.get("/queue"))));
        }
        at.enqueue(200, "<html>");
        failures.add(catchThrowable(() -> at.http().send(HttpCall.get("/queue")).json()));
        at.server().close();
        failures.add(catchThrowable(() -> at.http().send(HttpCall.post("/prompt"))));
        for (Throwable failure : failures) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(HttpFixture.SECRET, "tenant-secret");
        }
    }

    @Test
    void noSecretIsInAText() {
        String basic =
                Base64.getEncoder().encodeToString("u:p4ssword".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (Credentials credentials : List.of(
                Credentials.basic("u", "p4ssword"),
                Credentials.bearer("p4ssword"),
                Credentials.header("X-Api-Key", "p4ssword"),
                Credentials.provider(() -> Credentials.bearer("p4ssword")))) {
            assertThat(credentials.toString()).doesNotContain("p4ssword", basic);
        }
        assertThat(at.http().handshake("c").toString()).doesNotContain(HttpFixture.SECRET);
        assertThat(at.http().config().toString()).doesNotContain(HttpFixture.SECRET);
    }

    @Test
    void aLineBreakInASecretIsNamedWithoutTheSecret() {
        assertThatThrownBy(() -> Credentials.bearer("p4ssword\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control character")
                .hasMessageNotContaining("p4ssword");
    }

    @Test
    void aProviderIsAskedForEachRequest() throws IOException {
        int[] asked = {0};
        Credentials changing = Credentials.provider(() -> Credentials.bearer("t" + ++asked[0]));
        assertThat(changing.headers()).containsEntry("Authorization", "Bearer t1");
        assertThat(changing.headers()).containsEntry("Authorization", "Bearer t2");
    }
}
