package io.github.comfyeks.testing.internal.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.fault.FaultPlan;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.run.Events;
import io.github.comfyeks.testing.internal.ws.EventSocket.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import okio.ByteString;
import okio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Routes events to client ids. One thread sends to every socket in turn, so that a client that does not read stops all events
 * (E10). The entry of an id is replaced by a second socket and removed by the end of <em>any</em> socket of that id (E2).
 */
public final class SocketHub implements Events {
    private static final long REORDER_WAIT_MILLIS = 20;
    private static final long FLUSH_MILLIS = 500;

    private final FaultPlan faults;
    private final Map<String, EventSocket> sockets = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> features = new ConcurrentHashMap<>();
    private final Set<EventSocket> open = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>();
    private final Object replaced = new Object();
    private volatile boolean closed;

    /** A message, or a mark in the queue that says how far it was sent. */
    private record Outgoing(
            @Nullable Message message,
            @Nullable String clientId,
            @Nullable CountDownLatch mark) {}

    public SocketHub(FaultPlan faults) {
        this.faults = faults;
    }

    @Override
    public void send(String type, JsonNode data, @Nullable String clientId) {
        if (hasListener(clientId)) {
            outgoing.add(new Outgoing(event(type, data), clientId, null));
        }
    }

    private static Message event(String type, JsonNode data) {
        ObjectNode message = Json.object();
        message.put("type", type);
        message.set("data", data);
        return Message.text(type, Json.write(message));
    }

    @Override
    public void sendBinary(byte[] message, @Nullable String clientId) {
        outgoing.add(new Outgoing(Message.binary(ByteString.of(message)), clientId, null));
    }

    @Override
    public boolean supportsPreviewMetadata(@Nullable String clientId) {
        JsonNode flags = clientId == null ? null : features.get(clientId);
        return flags != null && flags.path("supports_preview_metadata").asBoolean();
    }

    @Override
    public boolean hasListener(@Nullable String clientId) {
        return clientId == null ? !sockets.isEmpty() : sockets.containsKey(clientId);
    }

    /** Sends what is queued, until closed: the body of the one sending thread. */
    public void publish() {
        try {
            while (!closed) {
                Outgoing next = outgoing.poll(REORDER_WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    sockets.values().forEach(EventSocket::flushHeld);
                } else {
                    deliver(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Outgoing next) {
        Message message = next.message();
        if (message != null) {
            targets(next.clientId()).forEach(socket -> socket.send(message));
        }
        if (next.mark() != null) {
            next.mark().countDown();
        }
    }

    /** Waits, but not for long, until everything queued so far was sent. */
    public void flush() {
        CountDownLatch mark = new CountDownLatch(1);
        outgoing.add(new Outgoing(null, null, mark));
        try {
            boolean unused = mark.await(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<EventSocket> targets(@Nullable String clientId) {
        if (clientId == null) {
            return List.copyOf(sockets.values());
        }
        EventSocket socket = sockets.get(clientId);
        return socket == null ? List.of() : List.of(socket);
    }

    /**
     * Serves one connection until it ends.
     *
     * @param clientId the id asked for, or empty
     * @param status the queue's state at the moment of the call
     * @param currentNode the node at which a client's prompt is, or null
     * @param ownFeatures what {@code feature_flags} answers
     */
    public void serve(
            Socket connection,
            String clientId,
            Supplier<JsonNode> status,
            Function<String, @Nullable String> currentNode,
            Supplier<JsonNode> ownFeatures) {
        String sid = clientId.isEmpty() ? UUID.randomUUID().toString().replace("-", "") : clientId;
        EventSocket socket = new EventSocket(connection, faults);
        count(socket, true);
        try {
            register(sid, socket);
            greet(socket, sid, status.get(), currentNode.apply(sid));
            listen(socket, sid, ownFeatures);
        } catch (Frames.TooBigException e) {
            socket.control(Frames.CLOSE, ByteString.of((byte) 0x03, (byte) 0xf1));
        } catch (IOException e) {
            // the client has gone: the end of a socket, not an error
        } finally {
            boolean late = faults.takeLateEnd();
            if (late) {
                count(socket, false);
                awaitReplacement(sid, socket);
            }
            sockets.remove(sid);
            features.remove(sid);
            if (!late) {
                count(socket, false);
            }
        }
    }

    private void register(String sid, EventSocket socket) {
        synchronized (replaced) {
            sockets.put(sid, socket);
            features.remove(sid);
            replaced.notifyAll();
        }
        if (closed) {
            socket.abort();
        }
    }

    private static void greet(EventSocket socket, String sid, JsonNode status, @Nullable String node) {
        ObjectNode data = Json.object();
        data.set("status", status);
        data.put("sid", sid);
        socket.send(event("status", data));
        if (node != null) {
            socket.send(event("executing", Json.object().put("node", node)));
        }
    }

    private void listen(EventSocket socket, String sid, Supplier<JsonNode> ownFeatures) throws IOException {
        boolean first = true;
        for (Frames.Incoming message = socket.read(); message != null; message = socket.read()) {
            switch (message.opcode()) {
                case Frames.PING -> socket.control(Frames.PONG, message.payload());
                case Frames.CLOSE -> {
                    socket.control(Frames.CLOSE, message.payload());
                    return;
                }
                case Frames.TEXT -> {
                    JsonNode data = parse(message.payload());
                    if (data != null && data.isObject()) {
                        if (first && data.path("type").asText().equals("feature_flags")) {
                            features.put(sid, data.path("data"));
                            socket.send(event("feature_flags", ownFeatures.get()));
                        }
                        first = false;
                    }
                }
                default -> {
                    // binary messages and pongs mean nothing to a server
                }
            }
        }
    }

    private static @Nullable JsonNode parse(ByteString payload) {
        try {
            return Json.parse(payload.utf8());
        } catch (IOException e) {
            return null;
        }
    }

    /** Waits until another socket has taken the id: its entry is then the one that is removed (E2). */
    private void awaitReplacement(String sid, EventSocket old) {
        synchronized (replaced) {
            while (!closed && sockets.get(sid) == old) {
                try {
                    replaced.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void count(EventSocket socket, boolean isOpen) {
        synchronized (replaced) {
            if (isOpen) {
                open.add(socket);
            } else {
                open.remove(socket);
            }
            replaced.notifyAll();
        }
    }

    /** Waits until so many event sockets are connected; false when the time is over. */
    public boolean awaitOpenSockets(int count, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        synchronized (replaced) {
            while (open.size() != count) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(replaced, left);
            }
            return true;
        }
    }

    /** How many event sockets are connected, also those that get nothing any more. */
    public int openSockets() {
        return open.size();
    }

    /** Cuts all lines. */
    public void dropAll() {
        open.forEach(EventSocket::abort);
    }

    /** Ends the sending thread and all sockets. */
    public void close() {
        closed = true;
        synchronized (replaced) {
            replaced.notifyAll();
        }
        dropAll();
    }
}
