package io.github.comfyeks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.upload.UploadedFile;
import io.github.comfyeks.workflow.Workflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way through a proxy, with and without a login, for HTTP and the event socket. */
@Timeout(60)
class ProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOGIN = "Basic YXJ0aXN0OnMzY3JldA=="; // artist:s3cret

    /** How the server is spoken to. */
    enum Scheme {
        HTTP,
        HTTPS
    }

    /** Of a name that this machine cannot resolve: where a proxy is the way out, often only it knows the names. */
    private static final String HOST = "comfy.only-the-proxy-knows.invalid";

    private final Certificates certificates = new Certificates();
    private final HandshakeCertificates own = certificates.client();
    private final Told told = new Told();
    private final FakeComfyServer plain = FakeComfyServer.create();
    private final FakeComfyServer secure =
            FakeComfyServer.builder().tls(certificates.server(HOST)).build();
    private SmallProxy proxy = SmallProxy.forward(plain.port());

    @AfterEach
    void close() {
        proxy.close();
        plain.close();
        secure.close();
    }

    private ClientOptions.Builder through(Scheme scheme) {
        if (scheme == Scheme.HTTPS) {
            proxy.close();
            proxy = SmallProxy.forward(secure.port());
        }
        return ClientOptions.builder(URI.create(scheme == Scheme.HTTPS ? "https://" + HOST : "http://" + HOST))
                .tls(own.sslContext())
                .credentials(Credentials.bearer("for-the-server"))
                .observer(told)
                .proxy(proxy.proxy());
    }

    private static Workflow picture() {
        return Workflow.parse(TlsTest.PICTURE);
    }

    @ParameterizedTest
    @EnumSource
    void aWholeRunGoesThroughTheProxyWithItsSocket(Scheme scheme, @TempDir Path folder) throws IOException {
        Path photo = Files.write(folder.resolve("photo.png"), new byte[200_000]);
        try (ComfyClient client = ComfyClient.create(through(scheme).build())) {
            assertThat(client.connect(PATIENCE)).isTrue();
            UploadedFile uploaded = client.uploads().image(photo);
            assertThat(uploaded.name()).isEqualTo("photo.png");
            assertThat(client.run(picture()).images().get(0).writeTo(folder).path())
                    .isNotEmptyFile();
        }
        String tunnel = "CONNECT " + HOST + (scheme == Scheme.HTTPS ? ":443" : ":80") + " HTTP/1.1";
        if (scheme == Scheme.HTTPS) {
            assertThat(proxy.requests()).containsOnly(tunnel);
            assertThat(String.join("\n", proxy.heads())).doesNotContain("for-the-server");
        } else {
            assertThat(proxy.requests())
                    .containsOnlyOnce(tunnel)
                    .contains("POST http://" + HOST + "/prompt HTTP/1.1")
                    .contains("POST http://" + HOST + "/upload/image HTTP/1.1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatWantsALoginGetsItForHttpAndTheSocket(Scheme scheme, @TempDir Path folder) throws IOException {
        Path photo = Files.write(folder.resolve("photo.png"), new byte[200_000]);
        ClientOptions options = through(scheme)
                .proxyCredentials(Credentials.basic("artist", "s3cret"))
                .build();
        proxy.wanting(LOGIN);
        try (ComfyClient client = ComfyClient.create(options)) {
            assertThat(client.connect(PATIENCE)).isTrue();
            assertThat(client.uploads().image(photo).name()).isEqualTo("photo.png");
            assertThat(client.run(picture()).images()).hasSize(1);
        }
        FakeComfyServer server = scheme == Scheme.HTTPS ? secure : plain;
        assertThat(server.runs()).hasSize(1);
        assertThat(told.retries()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheLoginThatIsWantedBothSaySo(Scheme scheme) throws InterruptedException {
        ClientOptions options = through(scheme).build();
        proxy.wanting(LOGIN);
        try (ComfyClient client = ComfyClient.create(options)) {
            refused(client);
            assertThat(told.whyDown()).contains("407", "give proxyCredentials");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongLoginIsRefusedAndNeverTold(Scheme scheme) throws InterruptedException {
        ClientOptions options = through(scheme)
                .proxyCredentials(Credentials.basic("artist", "wrong"))
                .build();
        proxy.wanting(LOGIN);
        try (ComfyClient client = ComfyClient.create(options)) {
            refused(client);
            assertThat(told.whyDown())
                    .contains("407", "check the proxyCredentials")
                    .doesNotContain("wrong", "Basic");
        }
    }

    private void refused(ComfyClient client) {
        AuthenticationException read = catchThrowableOfType(
                AuthenticationException.class, () -> client.server().systemStats());
        assertThat(read).hasMessageContaining("proxy").hasMessageContaining("proxyCredentials");
        assertThat(read.status()).isEqualTo(407);
        assertThatThrownBy(() -> client.queue(picture())).isInstanceOf(AuthenticationException.class);
        assertThat(told.retries()).isZero();
        assertThat(client.connect(PATIENCE)).isFalse();
    }

    @Test
    void theCertificateIsCheckedBehindTheProxyToo() throws InterruptedException {
        try (SmallProxy astray = SmallProxy.forward(secure.port());
                ComfyClient client = ComfyClient.create(ClientOptions.builder(URI.create("https://another.invalid"))
                        .tls(own.sslContext())
                        .observer(told)
                        .proxy(astray.proxy())
                        .build())) {
            ConnectionException refused = catchThrowableOfType(
                    ConnectionException.class, () -> client.server().systemStats());
            assertThat(refused).hasMessageContaining("another.invalid");
            assertThat(client.connect(PATIENCE)).isFalse();
            assertThat(told.whyDown()).contains("another.invalid");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNoServerThatIsNotThere() throws Exception {
        int free;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = unused.getLocalPort();
        }
        ClientOptions options = through(Scheme.HTTP)
                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), free)))
                .retry(RetryPolicy.none())
                .build();
        try (ComfyClient client = ComfyClient.create(options)) {
            ConnectionException refused = catchThrowableOfType(
                    ConnectionException.class, () -> client.server().systemStats());
            assertThat(refused).hasMessageContaining(String.valueOf(free)).hasMessageContaining("is the proxy running");
            assertThat(refused.mayHaveArrived()).isFalse();
            assertThat(client.connect(PATIENCE)).isFalse();
        }
    }

    @Test
    void theProxyOfTheJvmIsTakenByTheSocketToo() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(uri.getHost().equals(HOST) ? proxy.proxy() : Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
        try (ComfyClient client = ComfyClient.create(URI.create("http://" + HOST))) {
            assertThat(client.connect(PATIENCE)).isTrue();
            assertThat(client.run(picture()).images()).hasSize(1);
        } finally {
            ProxySelector.setDefault(before);
        }
        assertThat(proxy.requests()).contains("CONNECT " + HOST + ":80 HTTP/1.1");
    }
}
