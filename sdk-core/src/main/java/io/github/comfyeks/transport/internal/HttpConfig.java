package io.github.comfyeks.transport.internal;

import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.transport.Credentials;
import io.github.comfyeks.transport.RetryPolicy;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * All that decides how one server is reached.
 *
 * @param server scheme, host, port and an optional path prefix; no query, no user information
 * @param headers sent with every request and handshake, to the server's origin only
 * @param connectLimit for TCP and TLS together
 * @param requestLimit for one request, bodies that are streamed aside
 */
public record HttpConfig(
        URI server,
        Credentials credentials,
        Map<String, String> headers,
        @Nullable SSLContext sslContext,
        @Nullable Proxy proxy,
        @Nullable Credentials proxyCredentials,
        Duration connectLimit,
        Duration requestLimit,
        RetryPolicy retry,
        ComfyObserver observer,
        TimeSource time) {}
