package io.github.comfyeks.transport;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A private authority, and the certificates that it gives out. */
final class Certificates {
    private final HeldCertificate authority = new HeldCertificate.Builder()
            .commonName("a private authority")
            .certificateAuthority(0)
            .build();

    /** Key and trust of one side; it trusts the authority. */
    private HandshakeCertificates.Builder trusting() {
        return new HandshakeCertificates.Builder().addTrustedCertificate(authority.certificate());
    }

    private HeldCertificate signed(String host) {
        return new HeldCertificate.Builder()
                .commonName(host)
                .addSubjectAlternativeName(host)
                .signedBy(authority)
                .build();
    }

    /** A server of this name. */
    SSLContext server(String host) {
        return trusting().heldCertificate(signed(host)).build().sslContext();
    }

    /** A client that trusts the authority and has no certificate of its own. */
    HandshakeCertificates client() {
        return trusting().build();
    }

    /** A client that can show a certificate. */
    HandshakeCertificates clientWithCertificate() {
        return trusting().heldCertificate(signed("render-farm")).build();
    }

    /** The client's side with one version of TLS only. */
    static SSLContext only(String version, HandshakeCertificates side) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(version);
        context.init(
                new KeyManager[] {side.keyManager()}, new TrustManager[] {side.trustManager()}, new SecureRandom());
        return context;
    }
}
