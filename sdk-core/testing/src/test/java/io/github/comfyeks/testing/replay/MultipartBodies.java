package io.github.comfyeks.testing.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * Forms of recorded uploads. The bytes of the files were not kept, only whether two were the same: the third upload of a name
 * brought other bytes, the fourth those of the third, the sixth others again.
 */
final class MultipartBodies {
    private static final Map<Integer, Integer> CONTENT_OF_EXCHANGE = Map.of(2, 1, 3, 1, 4, 2, 5, 3);

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private MultipartBodies() {}

    static RequestBody of(JsonNode fields, int exchange) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (JsonNode field : fields) {
            String disposition = "Content-Disposition: form-data; name=\""
                    + field.path("name").asText() + "\"";
            byte[] content;
            if (field.has("value")) {
                content = field.path("value").asText().getBytes(StandardCharsets.UTF_8);
            } else {
                disposition += "; " + filename(field);
                content = picture(CONTENT_OF_EXCHANGE.getOrDefault(exchange, 0));
            }
            out.writeBytes(("--edge\r\n" + disposition + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(content);
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return RequestBody.create(out.toByteArray(), MediaType.get("multipart/form-data; boundary=edge"));
    }

    /** The recording client percent-encoded names, but for those noted raw. */
    private static String filename(JsonNode field) {
        if (field.has("filename_header")) {
            return field.path("filename_header").asText();
        }
        String name = field.path("filename").asText();
        return "filename=\"" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "\"";
    }

    private static byte[] picture(int variant) {
        byte[] png = Base64.getDecoder().decode(PIXEL);
        return java.util.Arrays.copyOf(png, png.length + variant);
    }
}
