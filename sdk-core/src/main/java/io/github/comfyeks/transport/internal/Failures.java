package io.github.comfyeks.transport.internal;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Failures of HTTP as exceptions of the SDK: what, where, what next. */
final class Failures {
    /** A day, in seconds: beyond every budget, and far from overflowing. */
    private static final long LONGEST_WAIT = 86_400;

    private Failures() {}

    static ComfyException ofIo(String label, HttpConfig config, Duration limit, IOException e, boolean mayHaveArrived) {
        String where = " [" + label + " at " + config.server() + "]";
        if (e instanceof Deadlines.ClosedException) {
            return new ConnectionException("the client is closed; nothing was sent" + where, false, e);
        }
        if (e instanceof SocketTimeoutException && !mayHaveArrived) {
            return new LimitReachedException(
                    Limit.CONNECT,
                    "no connection within the connect limit of " + config.connectLimit()
                            + "; is the address right, and does a firewall or security group let us through?" + where,
                    null,
                    e);
        }
        if (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            return new ConnectionException("the thread was interrupted during a request" + where, mayHaveArrived, e);
        }
        if (e instanceof InterruptedIOException) {
            return new LimitReachedException(
                    Limit.REQUEST,
                    "no answer within the request limit of " + (limit.isZero() ? config.requestLimit() : limit) + where,
                    null,
                    e);
        }
        if (e instanceof Dialer.ProxyRefusal proxy) {
            return proxy.status == 407
                    ? new AuthenticationException(407, proxy.getMessage() + where)
                    : new ConnectionException(
                            proxy.getMessage() + "; may it connect to that host and port?" + where, false, e);
        }
        if (e instanceof UnknownHostException) {
            return new ConnectionException(
                    "the host " + (config.proxy() == null ? config.server().getHost() : "of the proxy")
                            + " is unknown; check the address and the DNS" + where,
                    false,
                    e);
        }
        String refusal = TlsRefusal.describe(e);
        if (refusal != null) {
            return new ConnectionException(refusal + where, false, e);
        }
        if (e instanceof SSLException) {
            return new ConnectionException(
                    "no secure connection: " + e.getMessage()
                            + "; does the server speak TLS on this port, and is its certificate trusted?" + where,
                    mayHaveArrived,
                    e);
        }
        if (!mayHaveArrived && e instanceof SocketException && !(e instanceof ConnectException) && isSecure(config)) {
            return new ConnectionException(
                    "no secure connection: " + e.getMessage()
                            + "; does the server speak TLS on this port, and does it want a client certificate?"
                            + where,
                    false,
                    e);
        }
        return new ConnectionException(
                mayHaveArrived
                        ? "the connection broke before the whole answer was there: " + e.getMessage() + where
                        : "cannot connect: " + e.getMessage()
                                + (config.proxy() == null
                                        ? "; is ComfyUI running there?"
                                        : "; is the proxy running at "
                                                + config.proxy().address() + "?")
                                + where,
                mayHaveArrived,
                e);
    }

    private static boolean isSecure(HttpConfig config) {
        return config.server().getScheme().equals("https");
    }

    static ComfyException ofStatus(String label, URI server, HttpReply reply) {
        int status = reply.status();
        String body = reply.text();
        String where = " [" + label + " at " + server + "]";
        if (status == 407) {
            return new AuthenticationException(
                    status, "status 407: the proxy wants a login, or another one; check the proxyCredentials" + where);
        }
        if (status == 401) {
            return new AuthenticationException(
                    status, "status 401: the server wants other credentials; check the token or password" + where);
        }
        if (status == 403) {
            return new AuthenticationException(
                    status,
                    "status 403: the server refuses this; check the credentials, and that nothing adds an Origin header"
                            + where);
        }
        String what = "status " + status + " with " + Excerpts.describe(body);
        String hint =
                switch (status) {
                    case 404 -> "; does the address lead to ComfyUI, and does its version have this route?";
                    case 413 -> "; the server's limit is set by its option --max-upload-size";
                    case 429, 502, 503, 504 -> "; a proxy or the server is overloaded or starting, try again later";
                    case 301, 302, 303, 307, 308 ->
                        "; it redirects to " + reply.header("Location").orElse("nowhere")
                                + ", give that address instead";
                    default -> "";
                };
        return new HttpStatusException(status, Excerpts.of(body), retryAfter(reply), what + hint + where);
    }

    private static Duration retryAfter(HttpReply reply) {
        String asked = reply.header("Retry-After").map(String::strip).orElse("");
        boolean isSeconds = !asked.isEmpty() && asked.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isSeconds) {
            return Duration.ZERO; // also the form with a date: proxies before ComfyUI do not send it
        }
        return Duration.ofSeconds(asked.length() > 5 ? LONGEST_WAIT : Math.min(Long.parseLong(asked), LONGEST_WAIT));
    }
}
