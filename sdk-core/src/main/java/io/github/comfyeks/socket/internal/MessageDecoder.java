package io.github.comfyeks.socket.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.internal.JsonStream;
import io.github.comfyeks.internal.NodeFailures;
import io.github.comfyeks.socket.internal.Message.NodeState;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames of {@code /ws}. Text is parsed as a stream, since a run sends hundreds of them. Whatever comes, the answer is
 * a {@link Message} or a {@link ProtocolException}; known types with odd data become {@link Message.Other}.
 */
public final class MessageDecoder {
    /** Field names are not interned: node ids and custom nodes' keys are of no fixed set. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build()
            .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature(), true);

    private static final int MAX_JSON_HEADER = 1 << 20;

    private MessageDecoder() {}

    /** A text frame's bytes, UTF-8. */
    public static Message text(byte[] bytes, int offset, int length) {
        Message frequent = FrequentFrames.read(bytes, offset, length);
        return frequent == null ? parsed(bytes, offset, length) : frequent;
    }

    /** All of JSON. */
    static Message parsed(byte[] bytes, int offset, int length) {
        try (JsonParser json = FACTORY.createParser(bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable("it is no JSON object", null);
            }
            String type = null;
            Message message = null;
            JsonNode early = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("type")) {
                    type = json.getValueAsString();
                } else if (field.equals("data") && type != null) {
                    message = data(type, json);
                } else if (field.equals("data")) {
                    early = Json.tree(json);
                } else {
                    json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw unreadable("it is cut off", null);
            }
            if (type == null) {
                throw unreadable("it has no type", null);
            }
            if (message == null && early != null) {
                try (JsonParser late = new TreeTraversingParser(early)) {
                    late.nextToken();
                    message = data(type, late);
                }
            }
            return message == null ? new Message.Other(type, null, null) : message;
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    private static Message data(String type, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return new Message.Other(type, null, JsonStream.value(json));
        }
        return switch (type) {
            case "progress_state", "progress", "executing", "execution_start", "execution_success" -> fast(type, json);
            default -> rare(type, JsonStream.object(json));
        };
    }

    /** The frequent ones, field by field. */
    private static Message fast(String type, JsonParser json) throws IOException {
        String promptId = null;
        String node = null;
        String displayNode = null;
        double value = 0;
        double max = 0;
        List<NodeState> nodes = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            switch (field) {
                case "prompt_id" -> promptId = text(json, token);
                case "node" -> node = text(json, token);
                case "display_node" -> displayNode = text(json, token);
                case "value" -> value = json.getValueAsDouble();
                case "max" -> max = json.getValueAsDouble();
                case "nodes" -> nodes = nodeStates(json, token);
                default -> {}
            }
            if (token.isStructStart() && !field.equals("nodes")) {
                json.skipChildren();
            }
        }
        switch (type) {
            case "executing" -> {
                return new Message.Executing(promptId, node, displayNode);
            }
            case "progress" -> {
                return new Message.NodeProgress(promptId, node, value, max);
            }
            default -> {}
        }
        if (promptId == null) {
            return new Message.Other(type, null, Map.of());
        }
        return switch (type) {
            case "progress_state" -> new Message.ProgressState(promptId, nodes);
            case "execution_start" -> new Message.Started(promptId);
            default -> new Message.Succeeded(promptId);
        };
    }

    private static @Nullable String text(JsonParser json, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NULL || token.isStructStart() ? null : json.getText();
    }

    private static List<NodeState> nodeStates(JsonParser json, JsonToken start) throws IOException {
        if (start != JsonToken.START_OBJECT) {
            json.skipChildren();
            return List.of();
        }
        List<NodeState> nodes = new ArrayList<>(4);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String id = json.currentName();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            String display = null;
            String state = "";
            double value = 0;
            double max = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken token = json.nextToken();
                switch (field) {
                    case "display_node_id" -> display = text(json, token);
                    case "state" -> state = json.getValueAsString("");
                    case "value" -> value = json.getValueAsDouble();
                    case "max" -> max = json.getValueAsDouble();
                    default -> {}
                }
                if (token.isStructStart()) {
                    json.skipChildren();
                }
            }
            nodes.add(new NodeState(id, display, value, max, state));
        }
        return nodes;
    }

    private static Message rare(String type, Map<String, Object> data) {
        String promptId = textOf(data, "prompt_id");
        if (type.equals("status")
                && data.get("status") instanceof Map<?, ?> status
                && status.get("exec_info") instanceof Map<?, ?> info
                && info.containsKey("queue_remaining")) {
            int remaining = info.get("queue_remaining") instanceof Number number ? number.intValue() : 0;
            return new Message.Status(remaining, textOf(data, "sid"));
        }
        if (promptId != null) {
            switch (type) {
                case "execution_cached" -> {
                    return new Message.Cached(promptId, texts(data.get("nodes")));
                }
                case "executed" -> {
                    String node = textOf(data, "node");
                    return new Message.Executed(
                            promptId,
                            node == null ? "" : node,
                            textOf(data, "display_node"),
                            output(data.get("output")));
                }
                case "execution_error" -> {
                    return new Message.Failed(promptId, NodeFailures.of(data));
                }
                case "execution_interrupted" -> {
                    return new Message.Interrupted(promptId, textOf(data, "node_id"));
                }
                default -> {}
            }
        }
        return new Message.Other(type, promptId, data);
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> texts.add(element instanceof String text ? text : Json.write(element)));
        }
        return List.copyOf(texts);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> output(@Nullable Object output) {
        return output == null ? null : output instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static @Nullable String textOf(Map<String, Object> data, String field) {
        Object value = data.get(field);
        return value == null || value instanceof Map || value instanceof List ? null : value.toString();
    }

    private static @Nullable String textOf(JsonNode data, String field) {
        JsonNode value = data.get(field);
        return value == null || value.isNull() || value.isContainerNode() ? null : value.asText();
    }

    /** A binary frame, big-endian (E9). */
    public static Message binary(ByteBuffer frame) {
        try {
            int kind = frame.getInt();
            switch (kind) {
                case 1 -> {
                    String mediaType = frame.getInt() == 2 ? "image/png" : "image/jpeg";
                    return new Message.Preview(null, null, null, mediaType, rest(frame));
                }
                case 3 -> {
                    String node = new String(take(frame, frame.getInt()), StandardCharsets.UTF_8);
                    return new Message.Text(node, new String(rest(frame), StandardCharsets.UTF_8));
                }
                case 4 -> {
                    JsonNode about = Json.tree(take(frame, frame.getInt()));
                    return new Message.Preview(
                            textOf(about, "prompt_id"),
                            textOf(about, "node_id"),
                            textOf(about, "display_node_id"),
                            about.path("image_type").asText("image/jpeg"),
                            rest(frame));
                }
                default -> {
                    return new Message.UnknownBinary(kind, rest(frame));
                }
            }
        } catch (BufferUnderflowException | IOException e) {
            throw unreadable("a binary frame is cut off or garbled", e);
        }
    }

    private static byte[] take(ByteBuffer frame, int length) {
        if (length < 0 || length > frame.remaining() || length > MAX_JSON_HEADER) {
            throw unreadable("a binary frame names a length of " + Integer.toUnsignedString(length), null);
        }
        byte[] bytes = new byte[length];
        frame.get(bytes);
        return bytes;
    }

    private static byte[] rest(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private static ProtocolException unreadable(String why, @Nullable Throwable cause) {
        return new ProtocolException("a frame of the event socket cannot be read: " + why + " [GET /ws]", cause);
    }
}
