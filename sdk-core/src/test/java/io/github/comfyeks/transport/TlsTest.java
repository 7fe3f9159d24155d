package io.github.comfyeks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS and the secure event socket, against a server with a certificate of a private authority. */
@Timeout(60)
class TlsTest {
    static final String PICTURE = """
            {"1": {"class_type": "EmptyImage", "inputs": {"width": 48, "height": 32, "batch_size": 1, "color": 255}},
             "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "castle"}}}""";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Certificates certificates = new Certificates();
    private final Told told = new Told();

    private static FakeComfyServer serving(SSLContext context) {
        return FakeComfyServer.builder().tls(context).build();
    }

    private ClientOptions.Builder options(URI server) {
        return ClientOptions.builder(server).observer(told);
    }

    private ComfyClient client(FakeComfyServer server, HandshakeCertificates own) {
        return ComfyClient.create(options(server.uri()).tls(own.sslContext()).build());
    }

    @Test
    void aRunGoesThroughTlsWithItsEventsAndFiles(@TempDir Path folder) {
        try (FakeComfyServer server = serving(certificates.server("localhost"));
                ComfyClient client = client(server, certificates.client())) {
            assertThat(server.uri().getScheme()).isEqualTo("https");
            List<ExecutionEvent> events = new ArrayList<>();
            ExecutionResult result;
            try (Execution run = client.queue(Workflow.parse(PICTURE))) {
                run.events().forEach(events::add);
                result = run.await();
            }
            assertThat(events).hasAtLeastOneElementOfType(ExecutionEvent.NodeStarted.class);
            assertThat(server.openSockets()).isEqualTo(1);
            DownloadedFile saved = result.images().get(0).writeTo(folder);
            assertThat(saved.path()).isNotEmptyFile();
        }
    }

    @Test
    void aDroppedSecureSocketComesBack() throws InterruptedException {
        try (FakeComfyServer server = serving(certificates.server("localhost"));
                ComfyClient client = client(server, certificates.client())) {
            assertThat(client.connect(PATIENCE)).isTrue();

            server.faults().dropSocketsNow();

            assertThat(told.whyDown()).isNotEmpty();
            assertThat(server.awaitOpenSockets(1, PATIENCE)).isTrue();
            assertThat(client.run(Workflow.parse(PICTURE)).images()).hasSize(1);
        }
    }

    @Test
    void anAuthorityThatIsNotTrustedIsRefusedAtOnceAndSaysSo() throws InterruptedException {
        try (FakeComfyServer server = serving(certificates.server("localhost"));
                ComfyClient client = ComfyClient.create(options(server.uri()).build())) {
            refuses(client, "certificate", "trusted");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefusedByHttpAndTheSocket() throws InterruptedException {
        try (FakeComfyServer server = serving(certificates.server("elsewhere.example"));
                ComfyClient client = client(server, certificates.client())) {
            refuses(client, "localhost");
        }
    }

    /** Nothing was sent, nothing is tried again, and both say why. */
    private void refuses(ComfyClient client, String... words) throws InterruptedException {
        ConnectionException read = catchThrowableOfType(
                ConnectionException.class, () -> client.server().systemStats());
        assertThat(read).hasMessageContainingAll(words).hasMessageContaining("GET /system_stats");
        assertThat(read.mayHaveArrived()).isFalse();
        ConnectionException submission =
                catchThrowableOfType(ConnectionException.class, () -> client.queue(Workflow.parse(PICTURE)));
        assertThat(submission).hasMessageContainingAll(words);
        assertThat(submission.mayHaveArrived()).isFalse();
        assertThat(told.retries()).isZero();
        assertThat(client.connect(PATIENCE)).isFalse();
        assertThat(told.whyDown()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientCertificateIsShownByHttpAndTheSocket(String version) throws Exception {
        HandshakeCertificates own = certificates.clientWithCertificate();
        try (FakeComfyServer server = FakeComfyServer.builder()
                        .mutualTls(certificates.server("localhost"))
                        .build();
                ComfyClient client = ComfyClient.create(options(server.uri())
                        .tls(Certificates.only(version, own))
                        .build())) {
            assertThat(client.connect(PATIENCE)).isTrue();
            assertThat(client.run(Workflow.parse(PICTURE)).images()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void withoutTheClientCertificateThatIsWantedBothSayThatTheServerRefused(String version) throws Exception {
        HandshakeCertificates own = certificates.client();
        try (FakeComfyServer server = FakeComfyServer.create();
                SmallProxy terminator = SmallProxy.mutualTls(server.port(), certificates.server("localhost"));
                ComfyClient client = ComfyClient.create(options(URI.create("https://localhost:" + terminator.port()))
                        .tls(Certificates.only(version, own))
                        .build())) {
            refuses(client, "client certificate");
            assertThat(terminator.requests()).isEmpty();
        }
    }

    @Test
    void aSubmissionWhoseAnswerIsLostRunsOnceThroughTls() {
        try (FakeComfyServer server = serving(certificates.server("localhost"));
                ComfyClient client = client(server, certificates.client())) {
            server.faults().loseSubmissionAnswers(1);

            assertThat(client.run(Workflow.parse(PICTURE)).images()).hasSize(1);

            assertThat(server.runs()).hasSize(1);
            assertThat(server.submissions()).hasSize(1);
        }
    }
}
