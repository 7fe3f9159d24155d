package io.github.comfyeks.model.sync;

import io.github.comfyeks.model.sync.internal.Ssm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.DuplicateDocumentContentException;

/**
 * The Systems Manager document that every node runs: it nudges the node's agent and waits until that has reached a generation. What is
 * given to it reaches the shell in environment variables only ({@code interpolationType: ENV_VAR}, agents from 3.3.2746 on), never in
 * the text of a command.
 */
public final class SyncDocument {
    /** The name under which it is looked for unless another is given. */
    public static final String NAME = "Comfyeks-SyncModels";

    private SyncDocument() {}

    /** The document as JSON, schema 2.2. */
    public static String content() {
        try (InputStream in = Objects.requireNonNull(SyncDocument.class.getResourceAsStream("sync-models.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the document cannot be read from the jar", e);
        }
    }

    /**
     * Makes the document, or makes this the default version of it if it is there with other content.
     *
     * @throws SyncException if Systems Manager refuses
     */
    public static void install(SsmClient ssm, String name) {
        Ssm.calling("make the document " + name, () -> {
            try {
                return ssm.createDocument(request -> request.name(name)
                        .documentType(DocumentType.COMMAND)
                        .documentFormat(DocumentFormat.JSON)
                        .targetType("/AWS::EC2::Instance")
                        .content(content()));
            } catch (DocumentAlreadyExistsException there) {
                return update(ssm, name);
            }
        });
    }

    private static Object update(SsmClient ssm, String name) {
        try {
            String version = ssm.updateDocument(request -> request.name(name)
                            .documentVersion("$LATEST")
                            .documentFormat(DocumentFormat.JSON)
                            .content(content()))
                    .documentDescription()
                    .documentVersion();
            return ssm.updateDocumentDefaultVersion(
                    request -> request.name(name).documentVersion(version));
        } catch (DuplicateDocumentContentException same) {
            return same;
        }
    }
}
