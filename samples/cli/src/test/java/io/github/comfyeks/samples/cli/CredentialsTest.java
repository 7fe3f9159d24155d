package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a server that lets nobody in, and remembers how each one asked. */
@Timeout(60)
class CredentialsTest {
    private static final Map<String, String> TOKEN = Map.of("COMFYEKS_TOKEN", " very-secret ");

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final HttpServer server = start();

    private HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void refuse() {
        server.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")) + " "
                    + exchange.getRequestHeaders().getFirst("X-Team"));
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theTokenAndTheHeadersGoWithEachRequest() {
        Cli.run(TOKEN, "status", "--server", uri(), "--header", "X-Team: castle")
                .failed(3, "403");

        assertThat(asked).containsExactly("Bearer very-secret castle");
    }

    @Test
    void aReferenceIsFollowedWithTheSameCredentials() {
        Cli.run(TOKEN, "attach", uri() + "#prompt=1&client=2", "--header", "X-Team: castle")
                .failed(3, "403");

        assertThat(asked).containsExactly("Bearer very-secret castle");
    }

    @Test
    void withoutATokenNoneIsSent() {
        Cli.run(Map.of("COMFYEKS_TOKEN", " "), "status", "--server", uri()).failed(3, "403");

        assertThat(asked).containsExactly("null null");
    }

    private String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
