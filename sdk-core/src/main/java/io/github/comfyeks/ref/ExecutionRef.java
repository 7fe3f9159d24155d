package io.github.comfyeks.ref;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is needed to find a run again, also after a restart of this process: server, prompt id, client id and the
 * load balancer's affinity cookies.
 *
 * <p>{@link #toString()} is one line of text that {@link #parse(String)} reads back. It holds no secret: no credentials,
 * no user information of the address, and of the cookies only those that name a pod. Immutable.
 *
 * @param server the server's base address
 * @param promptId the run's id
 * @param clientId the client id that the prompt was submitted with, to which the server sends its events; empty if unknown
 * @param affinity the affinity cookies by name; empty without a load balancer
 */
public record ExecutionRef(URI server, PromptId promptId, String clientId, Map<String, String> affinity) {
    public ExecutionRef {
        affinity = Map.copyOf(affinity);
    }

    /**
     * Reads the text that {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is something else; the message says what is wrong with it
     */
    public static ExecutionRef parse(String text) {
        int hash = text.lastIndexOf('#');
        if (hash < 0) {
            throw notARef(text, "it has no '#'");
        }
        Map<String, String> affinity = new LinkedHashMap<>();
        String promptId = "";
        String clientId = "";
        for (String part : text.substring(hash + 1).split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw notARef(text, "'" + part + "' has no '='");
            }
            String name = decode(part.substring(0, equals));
            String value = decode(part.substring(equals + 1));
            switch (name) {
                case "prompt" -> promptId = value;
                case "client" -> clientId = value;
                default -> {
                    if (!name.startsWith("affinity.")) {
                        throw notARef(text, "'" + name + "' is unknown");
                    }
                    affinity.put(name.substring("affinity.".length()), value);
                }
            }
        }
        if (promptId.isEmpty()) {
            throw notARef(text, "it names no prompt");
        }
        URI server = URI.create(text.substring(0, hash));
        if (server.getScheme() == null || server.getHost() == null) {
            throw notARef(text, "it does not start with a server's address");
        }
        return new ExecutionRef(server, PromptId.of(promptId), clientId, affinity);
    }

    /** One line: the server's address, {@code #}, then the fields in URL encoding. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(server.toString()).append("#prompt=").append(encode(promptId.value()));
        if (!clientId.isEmpty()) {
            text.append("&client=").append(encode(clientId));
        }
        new TreeMap<>(affinity).forEach((name, value) -> text.append("&affinity.")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return text.toString();
    }

    private static IllegalArgumentException notARef(String text, String why) {
        return new IllegalArgumentException("not an execution reference (" + why + "): \"" + text
                + "\"; give what ExecutionRef.toString() wrote, such as http://127.0.0.1:8188#prompt=…&client=…");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
