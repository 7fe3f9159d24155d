package io.github.comfyeks.model.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.comfyeks.error.LocalFileException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An agent's door for programs on the same machine, over HTTP on the loopback address: {@code POST /nudge} makes it look at once
 * (202), {@code GET /status} says how it is as JSON, {@code GET /healthz} answers 200 while looks succeed and 503 when none has for
 * three times the interval of full passes. Safe for any number of threads.
 */
public final class AgentEndpoint implements AutoCloseable {
    private static final int PATIENCE = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final NodeAgent agent;
    private final HttpServer server;
    private final ExecutorService threads;

    private AgentEndpoint(NodeAgent agent, HttpServer server, ExecutorService threads) {
        this.agent = agent;
        this.server = server;
        this.threads = threads;
    }

    /**
     * Opens the door.
     *
     * @param port 0 for any that is free
     * @throws LocalFileException if the port is taken
     */
    public static AgentEndpoint open(NodeAgent agent, int port) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new LocalFileException("port " + port + " cannot be opened: " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "comfyeks-agent-http");
            thread.setDaemon(true);
            return thread;
        });
        AgentEndpoint endpoint = new AgentEndpoint(agent, server, threads);
        server.setExecutor(threads);
        server.createContext("/", endpoint::answer);
        server.start();
        return endpoint;
    }

    /** Where it is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "POST /nudge" -> {
                    agent.nudge();
                    send(exchange, 202, "text/plain", "it looks now\n");
                }
                case "GET /status" ->
                    send(
                            exchange,
                            200,
                            "application/json",
                            JSON.writeValueAsString(agent.status().toMap()) + "\n");
                case "GET /healthz" -> health(exchange);
                default -> send(exchange, 404, "text/plain", "there are POST /nudge, GET /status and GET /healthz\n");
            }
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        AgentStatus status = agent.status();
        Duration limit = agent.options().fullPass().multipliedBy(PATIENCE);
        AgentReport last = status.last();
        if (status.troubled() != null
                && last != null
                && Duration.between(status.troubled(), Instant.now()).compareTo(limit) > 0) {
            send(exchange, 503, "text/plain", last.problem() + "\n");
        } else {
            send(exchange, 200, "text/plain", "ok\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Closes the door; the agent goes on. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
