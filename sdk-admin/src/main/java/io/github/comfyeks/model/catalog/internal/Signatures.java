package io.github.comfyeks.model.catalog.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.catalog.CatalogException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ed25519 by the JDK. */
public final class Signatures {
    private static final int LENGTH = 64;

    private Signatures() {}

    /** @throws CatalogException unless the content has this signature of this key */
    public static void check(String name, byte[] content, String signatureName, byte[] signature, PublicKey key) {
        boolean right;
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(content);
            right = check.verify(
                    signature.length == LENGTH
                            ? signature
                            : Base64.getMimeDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrong(name, signatureName, e);
        }
        if (!right) {
            throw wrong(name, signatureName, null);
        }
    }

    private static CatalogException wrong(String name, String signatureName, @Nullable Exception e) {
        return new CatalogException(
                name,
                List.of(
                        signatureName
                                + " is not this key's signature of it: somebody changed the catalogue, or signed with another key"),
                e);
    }

    /** A PEM's key. */
    public static PublicKey publicKey(String name, byte[] pem) {
        String base64 = new String(pem, StandardCharsets.ISO_8859_1).replaceAll("-----[^-]*-----|\\s", "");
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new LocalFileException(
                    name + " is no Ed25519 public key in PEM, as \"openssl pkey -pubout\" writes it", e);
        }
    }
}
