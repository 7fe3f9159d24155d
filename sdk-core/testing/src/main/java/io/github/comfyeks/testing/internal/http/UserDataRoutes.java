package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.comfyeks.testing.internal.files.StoredFile;
import io.github.comfyeks.testing.internal.json.Json;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** {@code /userdata} (H9): the user's files, such as saved workflows. */
final class UserDataRoutes {
    private final Pod pod;

    private UserDataRoutes(Pod pod) {
        this.pod = pod;
    }

    static void register(Router router, Pod pod) {
        UserDataRoutes routes = new UserDataRoutes(pod);
        router.add("GET", "/userdata", routes::list);
        router.add("GET", "/v2/userdata", request -> Response.json(Json.array()));
        router.add("GET", "/userdata/{file}", routes::read);
        router.add("POST", "/userdata/{file}", routes::write);
        router.add("DELETE", "/userdata/{file}", routes::delete);
        router.add("POST", "/userdata/{file}/move/{dest}", routes::move);
    }

    private static boolean isTrue(Request request, String name) {
        return request.query(name, "").equalsIgnoreCase("true");
    }

    private Response list(Request request) {
        String asked = request.query("dir", "");
        if (asked.isEmpty()) {
            return Response.text(400, "Directory not provided");
        }
        String folder = Paths.normalize(asked);
        if (folder == null) {
            return Response.text(403, "Invalid directory");
        }
        if (!folder.isEmpty() && !folder.equals("workflows") && !pod.userData().hasFolder(folder)) {
            return Response.text(404, "Directory not found");
        }
        boolean recurse = isTrue(request, "recurse");
        ArrayNode names = Json.array();
        for (Map.Entry<String, StoredFile> file : pod.userData().below(folder).entrySet()) {
            String name = folder.isEmpty() ? file.getKey() : file.getKey().substring(folder.length() + 1);
            if (recurse || name.indexOf('/') < 0) {
                names.add(listed(request, name, file.getValue()));
            }
        }
        return Response.json(names);
    }

    private JsonNode listed(Request request, String name, StoredFile file) {
        if (isTrue(request, "full_info")) {
            return info(name, file);
        }
        if (isTrue(request, "split")) {
            ArrayNode parts = Json.array().add(name);
            for (String part : name.split("/")) {
                parts.add(part);
            }
            return parts;
        }
        return TextNode.valueOf(name);
    }

    /** Times are milliseconds from 0.33.0 on, before that seconds with a fraction. */
    private ObjectNode info(String path, StoredFile file) {
        ObjectNode info = Json.object();
        info.put("path", path);
        info.put("size", file.bytes().size());
        long millis = file.modified().toEpochMilli();
        if (pod.version().isModern()) {
            info.put("modified", millis).put("created", millis);
        } else {
            info.put("modified", millis / 1000.0).put("created", millis / 1000.0);
        }
        return info;
    }

    /** The router decodes a path, and the route decodes it once more. */
    private static @Nullable String path(Request request, String part) {
        return Paths.normalize(Router.decode(request.part(part)));
    }

    private Response read(Request request) {
        String path = path(request, "file");
        if (path == null) {
            return Response.of(403);
        }
        StoredFile file = pod.userData().read(path);
        if (file == null) {
            return Response.of(404);
        }
        Response response =
                Response.of(200).with("Content-Type", ViewRoute.typeOf(path)).body(file.bytes());
        return pod.version().isModern()
                ? response.with("X-Content-Type-Options", "nosniff").with("Content-Disposition", "attachment")
                : response;
    }

    private Response write(Request request) {
        String path = path(request, "file");
        if (path == null) {
            return Response.of(403);
        }
        if (request.query("overwrite", "true").equals("false") && pod.userData().read(path) != null) {
            return Response.text(409, "File already exists");
        }
        pod.userData().write(path, ByteString.of(request.body()));
        return written(request, path);
    }

    private Response written(Request request, String path) {
        StoredFile file = pod.userData().read(path);
        return Response.json(isTrue(request, "full_info") && file != null ? info(path, file) : TextNode.valueOf(path));
    }

    private Response delete(Request request) {
        String path = path(request, "file");
        if (path == null) {
            return Response.of(403);
        }
        return Response.of(pod.userData().delete(path) ? 204 : 404);
    }

    private Response move(Request request) {
        String from = path(request, "file");
        String to = path(request, "dest");
        if (from == null || to == null) {
            return Response.of(403);
        }
        if (pod.userData().read(from) == null) {
            return Response.of(404);
        }
        if (request.query("overwrite", "true").equals("false") && pod.userData().read(to) != null) {
            return Response.text(409, "File already exists");
        }
        pod.userData().move(from, to);
        return written(request, to);
    }
}
