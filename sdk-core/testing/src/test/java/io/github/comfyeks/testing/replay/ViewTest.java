package io.github.comfyeks.testing.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.FakeComfyServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /view} answers as recorded, for files like those that were there. */
class ViewTest {
    private static final Pattern NAME = Pattern.compile("v6b[0-9a-f]{6}\\.[a-z0-9]+");
    private static final OkHttpClient HTTP = new OkHttpClient();

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(3, 3, 0x80ff0000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static void writeFiles(JsonNode recording, FakeComfyServer server) throws IOException {
        Matcher names = NAME.matcher(recording.toString());
        while (names.find()) {
            String name = names.group();
            byte[] content = name.endsWith(".png") ? picture() : "{}".getBytes(StandardCharsets.UTF_8);
            server.writeFile("input", name, content);
            server.writeFile("input", "vs/" + name, content);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3.64", "0.8.0", "0.33.0"})
    void answersAsRecorded(String version) throws Exception {
        JsonNode recording = Recording.of(version, "view-variants").content();
        try (FakeComfyServer server = FakeComfyServer.builder().version(version).build()) {
            writeFiles(recording, server);
            for (JsonNode exchange : recording.path("exchanges")) {
                compare(exchange, server);
            }
        }
    }

    private static void compare(JsonNode exchange, FakeComfyServer server) throws IOException {
        JsonNode recorded = exchange.path("request");
        Set<String> dated = Set.of("If-None-Match", "If-Modified-Since");
        Request.Builder request = new Request.Builder()
                .url(server.uri() + recorded.path("path").asText())
                .method(recorded.path("method").asText(), null);
        recorded.path("headers").properties().forEach(header -> {
            String value = header.getValue().asText();
            request.header(header.getKey(), dated.contains(header.getKey()) ? current(server, header.getKey()) : value);
        });
        try (Response response = HTTP.newCall(request.build()).execute()) {
            JsonNode expected = exchange.path("response");
            String where = recorded.toString();
            assertThat(response.code())
                    .as(where)
                    .isEqualTo(expected.path("status").asInt());
            for (String name : List.of(
                    "content-type",
                    "content-disposition",
                    "accept-ranges",
                    "cache-control",
                    "x-content-type-options")) {
                assertThat(response.header(name, ""))
                        .as(where + " " + name)
                        .isEqualTo(expected.path("headers").path(name).asText(""));
            }
            assertThat(response.header("content-range", "").replaceAll("[0-9]+", "n"))
                    .as(where)
                    .isEqualTo(expected.path("headers")
                            .path("content-range")
                            .asText("")
                            .replaceAll("[0-9]+", "n"));
        }
    }

    /** The header of the file as it is now, for a conditional request. */
    private static String current(FakeComfyServer server, String header) {
        Recording recording = Recording.of(server.version(), "view-variants");
        String path = recording.exchanges().path(0).path("request").path("path").asText();
        try (Response response = HTTP.newCall(
                        new Request.Builder().url(server.uri() + path).build())
                .execute()) {
            return response.header(header.equals("If-None-Match") ? "ETag" : "Last-Modified", "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void ignoresAnEtagInIfRange() throws Exception {
        try (FakeComfyServer server = FakeComfyServer.create()) {
            server.writeFile("output", "a.bin", new byte[100]);
            Request request = new Request.Builder()
                    .url(server.uri() + "/view?filename=a.bin")
                    .header("Range", "bytes=10-")
                    .header("If-Range", "\"wrong\"")
                    .build();
            try (Response response = HTTP.newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(206);
                assertThat(response.header("Content-Range")).isEqualTo("bytes 10-99/100");
            }
        }
    }
}
