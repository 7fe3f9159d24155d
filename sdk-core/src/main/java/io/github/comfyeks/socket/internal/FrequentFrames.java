package io.github.comfyeks.socket.internal;

import io.github.comfyeks.socket.internal.Message.NodeState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames that nearly all traffic consists of, exactly as the server writes them, in place and without a JSON parser:
 * a run sends two for every step, and with many runs a general parser was half of the reader's time and a third of what the
 * virtual machine compiled. It takes flat objects of plain ASCII; whatever is not that is left to {@link MessageDecoder}, which
 * reads all of JSON and would say the same of these. Used by one thread, once.
 */
final class FrequentFrames {
    private static final byte[] TYPE = ascii("{\"type\": \"");
    private static final byte[] NULL = ascii("null");
    private static final byte[] DATA = ascii("\", \"data\": {");

    private static final byte[] COMMA = ascii(", ");
    private static final byte[] END = ascii("}}");

    private static final byte[] PROGRESS_STATE = ascii("progress_state");
    private static final byte[] PROGRESS = ascii("progress");
    private static final byte[] EXECUTING = ascii("executing");
    private static final byte[] STARTED = ascii("execution_start");
    private static final byte[] SUCCEEDED = ascii("execution_success");
    private static final byte[] CACHED = ascii("execution_cached");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] REMAINING = ascii("\"status\": {\"exec_info\": {\"queue_remaining\": ");
    private static final byte[][] TYPES = {PROGRESS_STATE, PROGRESS, EXECUTING, STATUS, CACHED, STARTED, SUCCEEDED};

    private static final byte[] PROMPT_ID = ascii("prompt_id");
    private static final byte[] NODE = ascii("node");
    private static final byte[] NODES = ascii("nodes");
    private static final byte[] DISPLAY_NODE = ascii("display_node");
    private static final byte[] DISPLAY_NODE_ID = ascii("display_node_id");
    private static final byte[] VALUE = ascii("value");
    private static final byte[] MAX = ascii("max");
    private static final byte[] STATE = ascii("state");

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Of the last string read. */
    private int from;

    private int to;

    /** Of the object at hand. */
    private @Nullable String displayNode;

    private @Nullable String state;
    private double value;
    private double max;

    private FrequentFrames(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The frame's message; null if it is not one of these, or not in the form that the server gives them. */
    static @Nullable Message read(byte[] bytes, int offset, int length) {
        FrequentFrames frame = new FrequentFrames(bytes, offset, length);
        if (!frame.takes(TYPE)) {
            return null;
        }
        byte[] type = frame.type();
        if (type.length == 0 || !frame.takes(DATA)) {
            return null;
        }
        return type == STATUS ? frame.status() : frame.message(type);
    }

    private byte[] type() {
        for (byte[] known : TYPES) {
            int behind = at + known.length;
            if (behind < end && bytes[behind] == '"' && Arrays.equals(bytes, at, behind, known, 0, known.length)) {
                at = behind;
                return known;
            }
        }
        return new byte[0];
    }

    /** Without a {@code sid}, which only the first one has. */
    private Message.@Nullable Status status() {
        if (!takes(REMAINING)) {
            return null;
        }
        double remaining = number();
        boolean whole = remaining <= Integer.MAX_VALUE && takes(END) && takes(END) && at == end;
        return whole ? new Message.Status((int) remaining, null) : null;
    }

    private @Nullable Message message(byte[] type) {
        String promptId = null;
        String node = null;
        List<String> cached = null;
        List<NodeState> nodes = List.of();
        do {
            if (!takesKey()) {
                return null;
            }
            if (isKey(NODES) && type == PROGRESS_STATE) {
                nodes = nodes();
                if (nodes == null) {
                    return null;
                }
            } else if (isKey(NODES) && type == CACHED) {
                cached = strings();
                if (cached == null) {
                    return null;
                }
            } else if (isKey(PROMPT_ID)) {
                if (!takesScalar()) {
                    return null;
                }
                promptId = text();
            } else if (isKey(NODE)) {
                if (!takesScalar()) {
                    return null;
                }
                node = text();
            } else if (!takesField()) {
                return null;
            }
        } while (takesComma());
        if (!takes(END) || at != end) {
            return null;
        }
        if (type == EXECUTING) {
            return new Message.Executing(promptId, node, displayNode);
        }
        if (type == PROGRESS) {
            return new Message.NodeProgress(promptId, node, value, max);
        }
        if (promptId == null) {
            return null;
        }
        if (type == PROGRESS_STATE) {
            return new Message.ProgressState(promptId, nodes);
        }
        if (type == CACHED) {
            return cached == null ? null : new Message.Cached(promptId, cached);
        }
        return type == STARTED ? new Message.Started(promptId) : new Message.Succeeded(promptId);
    }

    private @Nullable List<String> strings() {
        List<String> strings = new ArrayList<>(4);
        if (!takes('[')) {
            return null;
        }
        while (!takes(']')) {
            if ((!strings.isEmpty() && !takesComma()) || !takesString()) {
                return null;
            }
            strings.add(string());
        }
        return List.copyOf(strings);
    }

    private @Nullable List<NodeState> nodes() {
        List<NodeState> nodes = new ArrayList<>(4);
        if (!takes('{')) {
            return null;
        }
        do {
            if (!takesKey()) {
                return null;
            }
            String id = string();
            displayNode = null;
            state = null;
            value = 0;
            max = 0;
            if (!takes('{')) {
                return null;
            }
            do {
                if (!takesKey() || !takesField()) {
                    return null;
                }
            } while (takesComma());
            if (!takes('}') || state == null) {
                return null;
            }
            nodes.add(new NodeState(id, displayNode, value, max, state));
        } while (takesComma());
        return takes('}') ? nodes : null;
    }

    /** A field that both objects may have, or one that nobody asks for. */
    private boolean takesField() {
        boolean isValue = isKey(VALUE);
        if (isValue || isKey(MAX)) {
            double number = number();
            if (isValue) {
                value = number;
            } else {
                max = number;
            }
            return !Double.isNaN(number);
        }
        boolean isDisplay = isKey(DISPLAY_NODE) || isKey(DISPLAY_NODE_ID);
        boolean isState = isKey(STATE);
        if (!takesScalar()) {
            return false;
        }
        if (isDisplay) {
            displayNode = text();
        } else if (isState) {
            state = text();
        }
        return true;
    }

    private boolean takes(byte[] literal) {
        int behind = at + literal.length;
        if (behind > end || !Arrays.equals(bytes, at, behind, literal, 0, literal.length)) {
            return false;
        }
        at = behind;
        return true;
    }

    private boolean takes(char one) {
        if (at >= end || bytes[at] != one) {
            return false;
        }
        at++;
        return true;
    }

    private boolean takesComma() {
        return takes(COMMA);
    }

    private boolean takesKey() {
        return takesString() && takes(':') && takes(' ');
    }

    /** A string without escapes, of printable ASCII. */
    private boolean takesString() {
        if (!takes('"')) {
            return false;
        }
        from = at;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] < ' ' || bytes[at] == '\\') {
                return false; // beyond ASCII is negative
            }
            at++;
        }
        to = at;
        return takes('"');
    }

    /** A string, null, or a plain number; {@link #text} tells which. */
    private boolean takesScalar() {
        if (at < end && bytes[at] == '"') {
            return takesString();
        }
        from = -1;
        if (at < end && bytes[at] == 'n') {
            return takes(NULL);
        }
        int start = at;
        if (Double.isNaN(number())) {
            return false;
        }
        from = start;
        to = at;
        return true;
    }

    /** The last scalar: null if it was null. */
    private @Nullable String text() {
        return from < 0 ? null : string();
    }

    private String string() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean isKey(byte[] key) {
        return Arrays.equals(bytes, from, to, key, 0, key.length);
    }

    /** Digits, with nothing but {@code .0} behind the point: steps are counted. NaN if it is anything else. */
    private double number() {
        int start = at;
        long whole = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            whole = whole * 10 + (bytes[at++] - '0');
        }
        int digits = at - start;
        boolean plain = digits > 0 && digits < 16 && (digits == 1 || bytes[start] != '0');
        if (plain && at + 1 < end && bytes[at] == '.' && bytes[at + 1] == '0') {
            at += 2;
        }
        boolean ends = at < end && (bytes[at] == ',' || bytes[at] == '}');
        return plain && ends ? whole : Double.NaN;
    }
}
