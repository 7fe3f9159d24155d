package io.github.comfyeks.testing.replay;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Plain requests of tests. */
public final class LiveRequests {
    private static final OkHttpClient HTTP = new OkHttpClient();

    private LiveRequests() {}

    /** The body of an answer to GET. */
    public static String get(URI server, String path) throws IOException {
        return send(new Request.Builder().url(server + path).build());
    }

    /** The body of an answer to POST. */
    public static String post(URI server, String path, String body) throws IOException {
        RequestBody content = RequestBody.create(body.getBytes(StandardCharsets.UTF_8), null);
        return send(new Request.Builder().url(server + path).post(content).build());
    }

    /** The status of an answer to GET. */
    public static int status(URI server, String path) throws IOException {
        try (Response response =
                HTTP.newCall(new Request.Builder().url(server + path).build()).execute()) {
            return response.code();
        }
    }

    /** The status of an answer to POST. */
    public static int postStatus(URI server, String path, String body) throws IOException {
        RequestBody content = RequestBody.create(body.getBytes(StandardCharsets.UTF_8), null);
        try (Response response = HTTP.newCall(
                        new Request.Builder().url(server + path).post(content).build())
                .execute()) {
            return response.code();
        }
    }

    private static String send(Request request) throws IOException {
        try (Response response = HTTP.newCall(request).execute()) {
            return response.body().string();
        }
    }
}
