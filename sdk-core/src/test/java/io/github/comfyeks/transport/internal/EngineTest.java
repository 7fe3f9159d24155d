package io.github.comfyeks.transport.internal;

import static io.github.comfyeks.transport.internal.HttpFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One request and its answer, in the forms that HTTP/1.1 allows and in those that it does not. */
class EngineTest {
    private HttpFixture at;

    @BeforeEach
    void open() throws IOException {
        at = new HttpFixture();
    }

    @AfterEach
    void close() {
        at.close();
    }

    private String get() {
        return at.http().send(HttpCall.get("/queue")).text();
    }

    @Test
    void oneConnectionServesOneRequestAfterAnother() {
        at.enqueue(200, "1").enqueue(200, "2").enqueue(404, "3").enqueue(200, "4");
        get();
        get();
        at.http().send(HttpCall.get("/queue").accept(404));
        get();
        RecordedRequest last = at.request();
        for (int i = 0; i < 3; i++) {
            last = at.request();
        }
        assertThat(last.getConnectionIndex()).isZero();
        assertThat(last.getExchangeIndex()).isEqualTo(3);
    }

    @Test
    void aConnectionWhoseAnswerWasNotReadToItsEndIsNotUsedAgain() throws IOException {
        at.enqueue(200, "x".repeat(100_000)).enqueue(200, "second");
        try (Http.Streamed half = at.http().stream(HttpCall.get("/view"))) {
            assertThat(half.body().read()).isEqualTo('x');
        }
        assertThat(get()).isEqualTo("second");
    }

    @Test
    void chunkedAnswersAreRead() {
        at.enqueue(answer(200).chunkedBody("a long body in pieces", 4));
        assertThat(get()).isEqualTo("a long body in pieces");
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsRead() {
        at.enqueue(answer(200)
                .body("until the end")
                .removeHeader("Content-Length")
                .onResponseEnd(new SocketEffect.CloseSocket()));
        assertThat(get()).isEqualTo("until the end");
    }

    @Test
    void aZippedAnswerIsUnzipped() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
        }
        at.enqueue(answer(200).setHeader("Content-Encoding", "gzip").body(new Buffer().write(zipped.toByteArray())));
        assertThat(get()).isEqualTo("{\"a\": 1}");
        assertThat(at.request().getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
    }

    @Test
    void answersWithoutABodyAreTheirHeadAlone() {
        at.enqueue(answer(200).setHeader("Content-Length", 12_345))
                .enqueue(answer(204))
                .enqueue(200, "x");
        assertThat(at.http().send(HttpCall.head("/view")).header("Content-Length"))
                .contains("12345");
        assertThat(at.http().send(HttpCall.post("/free")).bytes()).isEmpty();
        assertThat(get()).isEqualTo("x");
    }

    @Test
    void anAnswerThatHasNoBodyIsNotWaitedForEvenIfItDoesNotSaySo() {
        at.enqueue(answer(204).removeHeader("Content-Length")).enqueue(200, "x");
        assertThat(at.http().send(HttpCall.delete("/userdata/{file}", "a")).bytes())
                .isEmpty();
        assertThat(get()).isEqualTo("x");
        at.request();
        assertThat(at.request().getExchangeIndex()).isEqualTo(1);
    }

    @Test
    void aWriteWithoutABodySaysSo() {
        at.enqueue(200, "");
        at.http().send(HttpCall.post("/interrupt"));
        assertThat(at.request().getHeaders().get("Content-Length")).isEqualTo("0");
    }

    @Test
    void anInterimAnswerIsPassedOver() throws Exception {
        try (RawServer server =
                new RawServer("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            assertThat(server.client().send(HttpCall.get("/queue")).text()).isEqualTo("ok");
        }
    }

    @Test
    void whatIsNoHttpIsABrokenConnection() throws Exception {
        try (RawServer server = new RawServer("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n")) {
            assertThatThrownBy(
                            () -> server.client().send(HttpCall.post("/prompt").json(Map.of())))
                    .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveArrived())
                            .isTrue());
        }
    }

    @Test
    void anAnswerThatDripsIsEndedByTheLimitOfTheWholeCall() {
        at.enqueue(answer(200).body("x".repeat(1_000)).throttleBody(1, 40, TimeUnit.MILLISECONDS));
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue").once().limit(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        LimitReachedException.class, e -> assertThat(e.limit()).isEqualTo(Limit.REQUEST));
    }

    @Test
    void aServerThatNeverAnswersIsEndedByTheLimit() {
        at.enqueue(answer(200).onResponseStart(SocketEffect.Stall.INSTANCE));
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue").once().limit(Duration.ofMillis(200))))
                .isInstanceOf(LimitReachedException.class)
                .hasMessageContaining("PT0.2S");
    }

    @Test
    void aBodyThatIsRefusedHalfWayIsTheServersAnswer() throws Exception {
        String refusal = "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large";
        try (RawServer server = new RawServer(refusal)) {
            assertThatThrownBy(() -> server.client()
                            .send(HttpCall.post("/upload/image")
                                    .body(HttpBody.of("application/octet-stream", new byte[32 << 20]))))
                    .isInstanceOfSatisfying(HttpStatusException.class, e -> assertThat(e.status())
                            .isEqualTo(413));
        }
    }

    @Test
    void aRequestAfterTheClosingSaysSoAtOnceAndSendsNothing() {
        at.http().close();
        assertThatThrownBy(() -> at.http().send(HttpCall.get("/queue")))
                .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveArrived())
                        .isFalse())
                .hasMessageContaining("the client is closed");
        assertThat(at.time().sleeps()).as("no other attempt").isEmpty();
        assertThat(at.server().getRequestCount()).isZero();
    }

    @Test
    void anAnswerThatIsBeingReadOutlivesTheClosing() throws IOException {
        at.enqueue(200, "x".repeat(300_000));
        try (Http.Streamed answer = at.http().stream(HttpCall.get("/view"))) {
            at.http().close();
            assertThat(answer.body().readAllBytes()).hasSize(300_000);
        }
    }

    /** Answers whatever comes first with these bytes, reads no more, and hangs up once the client has. */
    private static final class RawServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0);
        private final Http http;

        RawServer(String answer) throws IOException {
            Thread serving = new Thread(() -> serve(answer.getBytes(StandardCharsets.ISO_8859_1)), "raw-server");
            serving.setDaemon(true);
            serving.start();
            http = HttpFixture.http(listening.getLocalPort());
        }

        Http client() {
            return http;
        }

        private void serve(byte[] answer) {
            try (Socket socket = listening.accept()) {
                byte[] request = new byte[4_096];
                if (socket.getInputStream().read(request) > 0) {
                    socket.getOutputStream().write(answer);
                    socket.getOutputStream().flush();
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes(); // until the client is done
                }
            } catch (IOException e) {
                return; // the client hung up first
            }
        }

        @Override
        public void close() throws IOException {
            http.close();
            listening.close();
        }
    }
}
