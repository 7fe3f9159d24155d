package io.github.comfyeks.testing.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Models;
import io.github.comfyeks.testing.internal.run.Pace;
import io.github.comfyeks.testing.internal.version.Version;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a fake server is set up.
 *
 * @param port the port, or 0 for a free one
 * @param objectInfo the node classes
 * @param paused whether the worker starts paused
 * @param maxUploadSize bytes of a request body
 * @param tls key and trust of the port, or null for plain HTTP
 * @param clientCertificates whether clients must show a certificate that is trusted
 */
public record ServerConfig(
        Version version,
        int port,
        ObjectNode objectInfo,
        Models models,
        Pace pace,
        boolean paused,
        long seed,
        long maxUploadSize,
        @Nullable SSLContext tls,
        boolean clientCertificates) {}
