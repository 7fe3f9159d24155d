package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.transport.Credentials;
import io.github.comfyeks.transport.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server, and who we are; shared by the commands that talk to one. */
final class ServerOptions {
    private static final String HERE = "http://127.0.0.1:8188";

    @Option(
            names = {"-s", "--server"},
            paramLabel = "URL",
            description = "The ComfyUI server. Default: COMFYEKS_SERVER, else " + HERE)
    private @Nullable String server;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A header for every request. A bearer token is better kept in COMFYEKS_TOKEN.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long the server is asked again while it cannot be reached; 0s: not at all. Default: 30s;"
                    + " doctor: 0s")
    private @Nullable Duration retryFor;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** Whether the user chose a server, rather than to take the one that may run here. */
    boolean isNamed() {
        return server != null || !environment("COMFYEKS_SERVER").isEmpty();
    }

    URI uri() {
        String variable = environment("COMFYEKS_SERVER");
        String text = server != null ? server : variable.isEmpty() ? HERE : variable;
        try {
            return URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            String from = server != null ? "--server " : "COMFYEKS_SERVER=";
            throw new IllegalArgumentException(from + text + " is no address such as " + HERE, e);
        }
    }

    private String environment(String name) {
        Comfyeks command = (Comfyeks) Objects.requireNonNull(spec).root().userObject();
        return command.environment().getOrDefault(name, "").strip();
    }

    ComfyClient client() {
        return client(uri());
    }

    /** A client for a server that is known otherwise, with the same credentials. */
    ComfyClient client(URI uri) {
        return client(uri, ComfyObserver.NONE, RetryPolicy.standard());
    }

    /** @param retry unless the user chose another */
    ComfyClient client(URI uri, ComfyObserver observer, RetryPolicy retry) {
        RetryPolicy standard = RetryPolicy.standard();
        ClientOptions.Builder options = ClientOptions.builder(uri)
                .observer(observer)
                .retry(
                        retryFor == null
                                ? retry
                                : new RetryPolicy(retryFor, standard.firstDelay(), standard.maxDelay()));
        String token = environment("COMFYEKS_TOKEN");
        if (!token.isEmpty()) {
            options.credentials(Credentials.bearer(token));
        }
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("--header '" + header + "' is no 'NAME: VALUE'");
            }
            options.header(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return ComfyClient.create(options.build());
    }
}
