package io.github.comfyeks.testing.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Models;
import io.github.comfyeks.testing.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The socket's door, and what a server says about itself: {@code /system_stats}, {@code /features}, schemas, models. */
final class SystemRoutes {
    private static final long GIB = 1L << 30;
    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Pod pod;

    private SystemRoutes(Pod pod) {
        this.pod = pod;
    }

    static void register(Router router, Pod pod) {
        SystemRoutes routes = new SystemRoutes(pod);
        router.add("GET", "/", request -> routes.page());
        router.add("GET", "/ws", routes::socket);
        router.add("GET", "/system_stats", request -> Response.json(routes.stats()));
        router.add("GET", "/features", request -> Response.json(routes.features()));
        router.add("GET", "/object_info", request -> Response.json(pod.schemas().objectInfo()));
        router.add(
                "GET",
                "/object_info/{class}",
                request -> Response.json(pod.schemas().objectInfo(request.part("class"))));
        router.add("GET", "/extensions", request -> Response.json(Json.array()));
        router.add(
                "GET",
                "/models",
                request -> Response.json(Json.array(pod.models().folders())));
        router.add("GET", "/models/{folder}", request -> routes.models(request.part("folder")));
        router.add("GET", "/experiment/models/{folder}", request -> routes.modelFiles(request.part("folder")));
        router.add("GET", "/embeddings", request -> Response.json(Json.array(routes.embeddings())));
        router.add("GET", "/settings", request -> Response.json(Json.object()));
        router.add(
                "GET",
                "/users",
                request -> Response.json(Json.object().put("storage", "server").put("migrated", true)));
        if (pod.version().isModern()) {
            router.addOnly("GET", "/api/assets", request -> routes.assetsDisabled());
            router.addOnly("GET", "/api/assets/seed/status", request -> routes.assetsDisabled());
        }
    }

    private Response page() {
        return Response.html(
                        200,
                        "<!DOCTYPE html><html lang=\"en\"><head><title>ComfyUI (fake)</title></head><body><p>This is a fake ComfyUI "
                                + pod.version() + " for tests. Its pictures are simulated.</p></body></html>")
                .with("Cache-Control", "no-store, must-revalidate");
    }

    private Response socket(Request request) {
        String upgrade = request.header("Upgrade");
        String key = request.header("Sec-WebSocket-Key");
        if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).equals("websocket") || key == null) {
            return Response.text(
                    400,
                    "No WebSocket UPGRADE hdr: " + (upgrade == null ? "None" : upgrade)
                            + "\n Can \"Upgrade\" only to \"WebSocket\".");
        }
        String clientId = request.query("clientId", "");
        return Response.of(101)
                .with("Upgrade", "websocket")
                .with("Connection", "upgrade")
                .with("Sec-WebSocket-Accept", accept(key))
                .upgrade(connection -> pod.hub()
                        .serve(connection, clientId, pod.queue()::info, pod.runningClient()::nodeOf, this::features));
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private JsonNode stats() {
        ObjectNode stats = Json.object();
        ObjectNode system = stats.putObject("system");
        system.put("os", pod.version().hasJobs() ? "linux" : "posix");
        system.put("ram_total", 64 * GIB);
        system.put("ram_free", 48 * GIB);
        system.put("comfyui_version", pod.version().text());
        system.put("required_frontend_version", "0.0.0");
        system.put("installed_templates_version", "0.0.0");
        system.put("required_templates_version", "0.0.0");
        if (pod.version().isModern()) {
            system.putArray("comfy_package_versions");
        }
        system.put("python_version", "3.11.7 (fake)");
        system.put("pytorch_version", "2.11.0+fake");
        system.put("embedded_python", false);
        if (pod.version().isModern()) {
            system.put("deploy_environment", "fake");
        }
        system.putArray("argv").add("main.py");
        ObjectNode device = stats.putArray("devices").addObject();
        device.put("name", "fake (simulated)");
        device.put("type", "cpu");
        device.putNull("index");
        device.put("vram_total", 24 * GIB);
        device.put("vram_free", 20 * GIB);
        device.put("torch_vram_total", 24 * GIB);
        device.put("torch_vram_free", 20 * GIB);
        return stats;
    }

    private JsonNode features() {
        ObjectNode features = Json.object();
        features.put("supports_preview_metadata", true);
        if (pod.version().isModern()) {
            features.put("supports_model_type_tags", true);
        }
        features.put("max_upload_size", pod.maxUploadSize());
        if (pod.version().hasJobs()) {
            features.putObject("extension").putObject("manager").put("supports_v4", true);
        }
        if (pod.version().isModern()) {
            features.put("node_replacements", true);
            features.put("assets", false);
        }
        return features;
    }

    private Response models(String folder) {
        @Nullable List<String> files = pod.models().filesOrNull(folder);
        return files == null ? Response.of(404) : Response.json(Json.array(files));
    }

    private Response modelFiles(String folder) {
        if (!pod.models().folders().contains(folder)) {
            return Response.of(404);
        }
        ArrayNode files = Json.array();
        pod.models().sizes(folder).forEach((name, size) -> files.addObject()
                .put("name", name)
                .put("pathIndex", 0)
                .put("modified", 0.0)
                .put("created", 0.0)
                .put("size", size));
        return Response.json(files);
    }

    private List<String> embeddings() {
        Models models = pod.models();
        return models.files("embeddings").stream()
                .map(name -> name.replaceFirst("\\.[^./]*$", ""))
                .toList();
    }

    private Response assetsDisabled() {
        ObjectNode answer = Json.object();
        ObjectNode error = answer.putObject("error");
        error.put("code", "SERVICE_DISABLED");
        error.put("message", "Assets system is disabled. Start the server with --enable-assets to use this feature.");
        error.putObject("details");
        return Response.json(503, answer);
    }
}
