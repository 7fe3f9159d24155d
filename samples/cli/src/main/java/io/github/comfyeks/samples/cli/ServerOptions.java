package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ClientOptions;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.transport.Credentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

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

    URI uri() {
        Map<String, String> env = System.getenv();
        String text = server != null ? server : env.getOrDefault("COMFYEKS_SERVER", HERE);
        try {
            return URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--server " + text + " is no address such as " + HERE, e);
        }
    }

    ComfyClient client() {
        return client(ComfyObserver.NONE);
    }

    ComfyClient client(ComfyObserver observer) {
        ClientOptions.Builder options = ClientOptions.builder(uri()).observer(observer);
        String token = System.getenv("COMFYEKS_TOKEN");
        if (token != null && !token.isBlank()) {
            options.credentials(Credentials.bearer(token.strip()));
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
