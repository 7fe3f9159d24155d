package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.internal.JsonStream;
import io.github.comfyeks.server.UserdataApi;
import io.github.comfyeks.server.UserdataFile;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpBody;
import io.github.comfyeks.transport.internal.HttpCall;
import io.github.comfyeks.transport.internal.HttpReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** User data over HTTP. A path is one segment of the URL, its slashes escaped. */
public final class HttpUserdataApi implements UserdataApi {
    private static final String LIST = "GET /userdata";

    private final Http http;

    public HttpUserdataApi(Http http) {
        this.http = http;
    }

    @Override
    public List<String> list(String dir, boolean recurse) {
        return HistoryParser.texts(entries(dir, recurse, false));
    }

    @Override
    public List<UserdataFile> listFiles(String dir, boolean recurse) {
        return entries(dir, recurse, true).stream()
                .map(entry -> file(Values.map(entry)))
                .toList();
    }

    private List<?> entries(String dir, boolean recurse, boolean fullInfo) {
        HttpReply reply = send(
                dir,
                HttpCall.get("/userdata")
                        .query("dir", Segments.userPath("a folder of user data", dir))
                        .query("recurse", recurse)
                        .query("full_info", fullInfo)
                        .accept(404));
        if (reply.status() == 404) {
            if (reply.text().contains("Directory not found")) {
                return List.of();
            }
            throw missing("the folder \"" + dir + "\" of user data", LIST, reply);
        }
        return Unreadable.read(reply.bytes(), JsonToken.START_ARRAY, LIST, json -> Values.list(JsonStream.value(json)));
    }

    private static UserdataFile file(Map<String, Object> file) {
        return new UserdataFile(
                Values.text(file, "path"),
                Values.whole(file, "size"),
                Values.time(file.get("modified")),
                Values.time(file.get("created")));
    }

    @Override
    public Optional<byte[]> read(String path) {
        HttpCall call = HttpCall.get("/userdata/{file}", segment(path)).accept(404);
        HttpReply reply = send(path, call);
        if (reply.status() == 404) {
            expectOwn404(reply, path, call.label());
            return Optional.empty();
        }
        return Optional.of(reply.bytes());
    }

    @Override
    public UserdataFile write(String path, byte[] content, boolean overwrite) {
        HttpCall call = HttpCall.post("/userdata/{file}", segment(path))
                .query("overwrite", overwrite)
                .query("full_info", true)
                .body(HttpBody.of("application/octet-stream", content.clone()))
                .accept(409);
        if (overwrite) {
            call.repeatable();
        }
        HttpReply reply = send(path, call);
        if (reply.status() == 409) {
            throw exists(path, call.label(), reply);
        }
        return written(reply, call.label());
    }

    @Override
    public UserdataFile move(String from, String to, boolean overwrite) {
        HttpCall call = HttpCall.post("/userdata/{file}/move/{dest}", segment(from), segment(to))
                .query("overwrite", overwrite)
                .query("full_info", true)
                .accept(404, 409);
        HttpReply reply = send(from + "\" or \"" + to, call);
        if (reply.status() == 404) {
            throw missing("the file \"" + from + "\" of user data", call.label(), reply);
        }
        if (reply.status() == 409) {
            throw exists(to, call.label(), reply);
        }
        return written(reply, call.label());
    }

    @Override
    public boolean delete(String path) {
        HttpCall call =
                HttpCall.delete("/userdata/{file}", segment(path)).accept(404).repeatable();
        HttpReply reply = send(path, call);
        if (reply.status() == 404) {
            expectOwn404(reply, path, call.label());
        }
        return reply.status() != 404;
    }

    /** A refusal is about the path as often as about the credentials. */
    private HttpReply send(String path, HttpCall call) {
        HttpReply reply = http.send(call.accept(403));
        if (reply.status() == 403) {
            throw new AuthenticationException(
                    403,
                    "status 403: the server refuses \"" + path + "\"; does it lead out of the user's folder, and do the"
                            + " credentials fit? [" + call.label() + "]");
        }
        return reply;
    }

    private static String segment(String path) {
        return Segments.userPath("a path of user data", path);
    }

    private static UserdataFile written(HttpReply reply, String label) {
        return Unreadable.read(reply.bytes(), JsonToken.START_OBJECT, label, json -> file(JsonStream.object(json)));
    }

    /** The server's own has no body; a proxy's page must not pass for an answer. */
    private static void expectOwn404(HttpReply reply, String path, String label) {
        if (reply.bytes().length > 0) {
            throw missing("the file \"" + path + "\" of user data", label, reply);
        }
    }

    private static HttpStatusException missing(String what, String label, HttpReply reply) {
        return new HttpStatusException(
                404,
                excerpt(reply),
                Duration.ZERO,
                "status 404: the server does not have " + what + "; is the address right? [" + label + "]");
    }

    private static HttpStatusException exists(String path, String label, HttpReply reply) {
        return new HttpStatusException(
                409,
                excerpt(reply),
                Duration.ZERO,
                "status 409: \"" + path + "\" is there already; choose another path, or allow it to be overwritten ["
                        + label + "]");
    }

    private static String excerpt(HttpReply reply) {
        String text = reply.text();
        return text.length() > 2000 ? text.substring(0, 2000) : text;
    }
}
