package io.github.comfyeks.transport.internal;

import java.io.EOFException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A TLS handshake in which one side did not accept the other: no other attempt ends better, and nothing was sent. */
public final class TlsRefusal {
    private TlsRefusal() {}

    /** A handshake that ends because the line ended may pass, and is none. */
    static boolean is(@Nullable Throwable e) {
        return e instanceof SSLPeerUnverifiedException
                || (e instanceof SSLHandshakeException && !(e.getCause() instanceof EOFException));
    }

    /** What happened and what to do, in one line; null if it is no refusal. */
    public static @Nullable String describe(@Nullable Throwable e) {
        if (e == null || !is(e)) {
            return null;
        }
        String told = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", ", ");
        return "no secure connection: " + told
                + (told.contains("fatal alert")
                        ? "; the server refused us: does it want a client certificate?"
                        : "; the server's certificate is not trusted, or is of another host: give tls(…) its authority, or"
                                + " mend the address");
    }
}
