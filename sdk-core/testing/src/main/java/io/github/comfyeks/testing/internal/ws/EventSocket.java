package io.github.comfyeks.testing.internal.ws;

import io.github.comfyeks.testing.internal.fault.FaultPlan;
import io.github.comfyeks.testing.internal.fault.FaultPlan.Count;
import io.github.comfyeks.testing.internal.fault.FaultPlan.Flag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;
import okio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * One open event socket, with the faults applied to what is sent. Safe for use by several threads; writing blocks while the
 * client does not read (E10).
 */
final class EventSocket {
    private static final byte UNKNOWN_BINARY_TYPE = 99;

    private final Socket socket;
    private final BufferedSink sink;
    private final BufferedSource source;
    private final FaultPlan faults;
    private final Object writing = new Object();
    private int sent;
    private int unknowns;
    private @Nullable Message held;
    private volatile boolean closed;

    /** A message on its way out. */
    record Message(String type, int opcode, ByteString payload) {
        static Message text(String type, String json) {
            return new Message(type, Frames.TEXT, ByteString.encodeUtf8(json));
        }

        static Message binary(ByteString payload) {
            return new Message("", Frames.BINARY, payload);
        }
    }

    EventSocket(Socket socket, FaultPlan faults) {
        this.socket = socket;
        this.sink = Okio.buffer(socket.getSink());
        this.source = Okio.buffer(socket.getSource());
        this.faults = faults;
    }

    /** The next message from the client; null when it has gone. */
    Frames.@Nullable Incoming read() throws IOException {
        return Frames.read(source);
    }

    /** Sends a message, or what the faults make of it. A client that has gone is no error. */
    void send(Message message) {
        synchronized (writing) {
            FaultPlan.Frames plan = faults.frames();
            for (Message next : distort(message, plan)) {
                write(next, plan);
            }
        }
    }

    private List<Message> distort(Message message, FaultPlan.Frames plan) {
        List<Message> out = new ArrayList<>();
        if (plan.is(Flag.UNKNOWN)) {
            out.add(unknown());
        }
        if (plan.count(Count.OVERSIZE) > 0 && message.type().equals("execution_start")) {
            out.add(Message.text(
                    "fake.oversized",
                    "{\"type\": \"fake.oversized\", \"data\": \"" + "x".repeat(plan.count(Count.OVERSIZE)) + "\"}"));
        }
        Message waiting = held;
        held = null;
        if (plan.is(Flag.REORDER) && waiting == null) {
            held = message;
            return out;
        }
        out.add(message);
        if (plan.is(Flag.DUPLICATE)) {
            out.add(message);
        }
        if (waiting != null) {
            out.add(waiting);
        }
        return out;
    }

    /** Something that no client knows: odd data in turn, now and then a binary frame of an unknown type. */
    private Message unknown() {
        int turn = unknowns++ % 5;
        return switch (turn) {
            case 0 ->
                Message.text("fake.unknown", "{\"type\": \"fake.unknown\", \"data\": {\"nested\": [1, null, {}]}}");
            case 1 -> Message.text("fake.unknown", "{\"type\": \"fake.unknown\", \"data\": \"just a string\"}");
            case 2 -> Message.text("fake.unknown", "{\"type\": \"fake.unknown\", \"data\": 42}");
            case 3 -> Message.text("fake.unknown", "{\"type\": \"fake.unknown\"}");
            default ->
                Message.binary(ByteString.of((byte) 0, (byte) 0, (byte) 0, UNKNOWN_BINARY_TYPE, (byte) 1, (byte) 2));
        };
    }

    /** Sends what was held back to be reordered. */
    void flushHeld() {
        synchronized (writing) {
            Message waiting = held;
            held = null;
            if (waiting != null) {
                write(waiting, faults.frames());
            }
        }
    }

    private void write(Message message, FaultPlan.Frames plan) {
        if (closed
                || plan.is(Flag.SILENT)
                || (plan.count(Count.SILENT_AFTER) > 0 && sent >= plan.count(Count.SILENT_AFTER))) {
            return;
        }
        try {
            sent++;
            if (plan.count(Count.CUT_AT) > 0 && sent >= plan.count(Count.CUT_AT)) {
                Frames.writeCut(sink, message.opcode(), message.payload());
                sink.flush();
                abort();
                return;
            }
            Frames.write(sink, message.opcode(), message.payload(), plan.count(Count.FRAGMENT_SIZE));
            sink.flush();
            if (plan.count(Count.DROP_AFTER) > 0 && sent >= plan.count(Count.DROP_AFTER)) {
                abort();
            }
        } catch (IOException e) {
            closed = true;
        }
    }

    /** Answers a ping or a close frame. */
    void control(int opcode, ByteString payload) {
        synchronized (writing) {
            if (!closed) {
                try {
                    Frames.write(sink, opcode, payload, 0);
                    sink.flush();
                } catch (IOException e) {
                    closed = true;
                }
            }
        }
    }

    /** Cuts the line without a word, as a server does that is killed (1006). */
    void abort() {
        closed = true;
        socket.cancel();
    }
}
