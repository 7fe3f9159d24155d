package io.github.comfyeks.transport.internal;

import java.io.EOFException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A TLS handshake in which one side did not accept the other: no other attempt ends better, and nothing was sent. */
public final class TlsRefusal {
    private TlsRefusal() {}

    /**
     * The failure that says so; null if this one is of another kind, and may pass. A server's word that comes while a request
     * is still being written, as in TLS 1.3, is hidden behind the broken line.
     */
    static @Nullable Throwable in(@Nullable Throwable e) {
        if (isRefusal(e)) {
            return e;
        }
        for (Throwable hidden : e == null ? new Throwable[0] : e.getSuppressed()) {
            if (isRefusal(hidden)) {
                return hidden;
            }
        }
        return null;
    }

    /** A handshake that ends because the line ended may pass. */
    private static boolean isRefusal(@Nullable Throwable e) {
        return e instanceof SSLPeerUnverifiedException
                || (e instanceof SSLHandshakeException && !(e.getCause() instanceof EOFException));
    }

    /** What happened and what to do, in one line; null if it is no refusal. */
    public static @Nullable String describe(@Nullable Throwable e) {
        Throwable refusal = in(e);
        if (refusal == null) {
            return null;
        }
        String told = String.valueOf(refusal.getMessage()).strip().replaceAll("\\s*\\R\\s*", ", ");
        return "no secure connection: " + told
                + (told.contains("fatal alert")
                        ? "; the server refused us: does it want a client certificate?"
                        : "; the server's certificate is not trusted, or is of another host: give tls(…) its authority, or"
                                + " mend the address");
    }
}
