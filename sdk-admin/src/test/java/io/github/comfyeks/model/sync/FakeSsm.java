package io.github.comfyeks.model.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.comfyeks.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Systems Manager on its wire protocol, as far as a sync needs it: nodes with tags, each a folder of this machine in which the
 * document's script really runs in a shell, with parameters in the environment as {@code ENV_VAR} has it. A command's nodes run when
 * it is asked for the next time, a few at each question, so that nothing waits.
 */
final class FakeSsm implements AutoCloseable {
    private static final int PAGE = 50;
    private static final int AT_ONCE = 40;

    /** What a node does with a command. */
    enum Manner {
        RUNS,
        /** Without a shell, which costs time where there are many nodes. */
        SUCCEEDS,
        FAILS_ONCE,
        UNDELIVERABLE,
        NEVER_ENDS
    }

    private static final class Node {
        final String id;
        final Path folder;
        final Map<String, String> tags;
        Manner manner = Manner.RUNS;
        boolean online = true;

        Node(String id, Path folder, Map<String, String> tags) {
            this.id = id;
            this.folder = folder;
            this.tags = tags;
        }
    }

    private record Invocation(Node node, String status, int code, String output, String error) {}

    private static final class Command {
        final Map<String, String> parameters = new TreeMap<>();
        final List<String> script = new ArrayList<>();
        final Map<String, Invocation> invocations = new LinkedHashMap<>();
        boolean cancelled;
        int asked;
    }

    private final HttpServer server;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Map<String, String> documents = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private final AtomicInteger throttled = new AtomicInteger();
    private @Nullable Runnable afterSending;

    FakeSsm() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-ssm");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    SsmClient client() {
        return SsmClient.builder()
                .endpointOverride(uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** A node whose shell runs in this folder, with the folder's {@code bin} before all else on its path. */
    synchronized void node(String id, Path folder, Map<String, String> tags) {
        nodes.put(id, new Node(id, folder, Map.copyOf(tags)));
    }

    synchronized void manner(String id, Manner manner) {
        known(id).manner = manner;
    }

    synchronized void offline(String id) {
        known(id).online = false;
    }

    /** The next so many calls are throttled. */
    void throttle(int count) {
        throttled.set(count);
    }

    /** What happens once, right after the next command was sent. */
    synchronized void afterSending(Runnable action) {
        afterSending = action;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized boolean isCancelled(String commandId) {
        Command command = commands.get(commandId);
        return command != null && command.cancelled;
    }

    synchronized List<String> commandIds() {
        return List.copyOf(commands.keySet());
    }

    /** The nodes that a command went to. */
    synchronized List<String> nodesOf(String commandId) {
        Command command = commands.get(commandId);
        return command == null ? List.of() : List.copyOf(command.invocations.keySet());
    }

    private Node known(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return node;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        JsonNode request = Json.tree(exchange.getRequestBody().readAllBytes());
        String operation = target.substring(target.indexOf('.') + 1);
        int status = 200;
        JsonNode answer;
        if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            status = 400;
            answer = fault("ThrottlingException", "Rate exceeded");
        } else {
            try {
                answer = answer(operation, request);
            } catch (IllegalArgumentException e) {
                status = 400;
                answer = fault(String.valueOf(e.getMessage()), "refused");
            }
        }
        byte[] body = Json.writeBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private static JsonNode fault(String type, String message) {
        return object().put("__type", type).put("message", message);
    }

    private static ObjectNode object() {
        try {
            return (ObjectNode) Json.tree("{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized JsonNode answer(String operation, JsonNode request) {
        calls.add(operation);
        return switch (operation) {
            case "CreateDocument" -> create(request);
            case "UpdateDocument" -> update(request);
            case "UpdateDocumentDefaultVersion" -> object();
            case "SendCommand" -> send(request);
            case "ListCommands" -> list(request);
            case "ListCommandInvocations" -> invocations(request);
            case "GetCommandInvocation" -> invocation(request);
            case "CancelCommand" -> cancel(request);
            case "DescribeInstanceInformation" -> instances(request);
            default -> throw new IllegalArgumentException("UnknownOperationException");
        };
    }

    private JsonNode create(JsonNode request) {
        String name = request.path("Name").asText();
        if (documents.containsKey(name)) {
            throw new IllegalArgumentException("DocumentAlreadyExists");
        }
        documents.put(name, request.path("Content").asText());
        return object();
    }

    private JsonNode update(JsonNode request) {
        String name = request.path("Name").asText();
        if (request.path("Content").asText().equals(documents.get(name))) {
            throw new IllegalArgumentException("DuplicateDocumentContent");
        }
        documents.put(name, request.path("Content").asText());
        ObjectNode answer = object();
        answer.putObject("DocumentDescription").put("DocumentVersion", "2");
        return answer;
    }

    private JsonNode send(JsonNode request) {
        String content = documents.get(request.path("DocumentName").asText());
        if (content == null) {
            throw new IllegalArgumentException("InvalidDocument");
        }
        Command command = new Command();
        JsonNode document = tree(content);
        request.path("Parameters")
                .properties()
                .forEach(each -> command.parameters.put(
                        each.getKey(), each.getValue().path(0).asText()));
        document.path("parameters").properties().forEach(each -> {
            String value = command.parameters.computeIfAbsent(
                    each.getKey(), name -> each.getValue().path("default").asText());
            if (!value.matches(each.getValue().path("allowedPattern").asText(".*"))) {
                throw new IllegalArgumentException("InvalidParameters");
            }
        });
        document.path("mainSteps")
                .path(0)
                .path("inputs")
                .path("runCommand")
                .forEach(line -> command.script.add(line.asText()));
        for (Node node : nodes.values()) {
            if (targets(request.path("Targets").path(0), node)) {
                command.invocations.put(node.id, new Invocation(node, "Pending", -1, "", ""));
            }
        }
        String id = UUID.randomUUID().toString();
        commands.put(id, command);
        if (afterSending != null) {
            afterSending.run();
            afterSending = null;
        }
        ObjectNode answer = object();
        answer.putObject("Command").put("CommandId", id).put("Status", "Pending");
        return answer;
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean targets(JsonNode target, Node node) {
        String key = target.path("Key").asText();
        List<String> values = StreamSupport.stream(target.path("Values").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        if (key.equals("InstanceIds")) {
            if (values.size() > PAGE) {
                throw new IllegalArgumentException("ValidationException");
            }
            return values.contains(node.id);
        }
        return node.online
                && (key.equals("tag-key")
                        ? values.stream().anyMatch(node.tags::containsKey)
                        : values.contains(node.tags.get(key.substring("tag:".length()))));
    }

    /** Some more of the nodes have run each time that somebody asks. */
    private JsonNode list(JsonNode request) {
        Command command = command(request);
        command.asked++;
        if (command.asked == 1) {
            return listed(command, "Pending");
        }
        int turn = 0;
        for (Invocation each : List.copyOf(command.invocations.values())) {
            if (each.status().equals("Pending") && turn < AT_ONCE && each.node().manner != Manner.NEVER_ENDS) {
                turn++;
                command.invocations.put(each.node().id, run(command, each.node()));
            }
        }
        boolean open = command.invocations.values().stream()
                .anyMatch(each -> each.status().equals("Pending"));
        boolean failed = command.invocations.values().stream()
                .anyMatch(each -> !each.status().equals("Success"));
        return listed(command, command.cancelled ? "Cancelled" : open ? "InProgress" : failed ? "Failed" : "Success");
    }

    private static JsonNode listed(Command command, String status) {
        ObjectNode answer = object();
        answer.putArray("Commands").addObject().put("Status", status).put("TargetCount", command.invocations.size());
        return answer;
    }

    private static Invocation run(Command command, Node node) {
        if (node.manner == Manner.UNDELIVERABLE) {
            return new Invocation(node, "Undeliverable", -1, "", "");
        }
        if (node.manner == Manner.FAILS_ONCE) {
            node.manner = Manner.RUNS;
            return new Invocation(node, "Failed", 1, "", "disk full");
        }
        if (node.manner == Manner.SUCCEEDS) {
            return new Invocation(node, "Success", 0, "{}", "");
        }
        try {
            Path errors = Files.createTempFile(node.folder, "stderr", "");
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", String.join("\n", command.script))
                    .directory(node.folder.toFile())
                    .redirectError(errors.toFile());
            command.parameters.forEach((name, value) -> shell.environment().put("SSM_" + name, value));
            shell.environment().compute("PATH", (name, path) -> node.folder.resolve("bin") + ":" + path);
            Process process = shell.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String error = Files.readString(errors);
            Files.delete(errors);
            return new Invocation(node, code == 0 ? "Success" : "Failed", code, output, error);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Invocation(node, "Cancelled", -1, "", "");
        }
    }

    private Command command(JsonNode request) {
        Command command = commands.get(request.path("CommandId").asText());
        if (command == null) {
            throw new IllegalArgumentException("InvalidCommandId");
        }
        return command;
    }

    private JsonNode invocations(JsonNode request) {
        List<Invocation> all = List.copyOf(command(request).invocations.values());
        int from = request.path("NextToken").asInt(0);
        ObjectNode answer = object();
        ArrayNode list = answer.putArray("CommandInvocations");
        for (Invocation each : all.subList(from, Math.min(all.size(), from + PAGE))) {
            ObjectNode entry = list.addObject();
            entry.put("InstanceId", each.node().id)
                    .put("Status", each.status().equals("Undeliverable") ? "Failed" : each.status())
                    .put("StatusDetails", each.status());
            if (each.code() >= 0) {
                entry.putArray("CommandPlugins")
                        .addObject()
                        .put("Name", "syncModels")
                        .put("ResponseCode", each.code())
                        .put(
                                "Output",
                                each.output() + (each.error().isEmpty() ? "" : "\n----ERROR----\n" + each.error()));
            }
        }
        if (from + PAGE < all.size()) {
            answer.put("NextToken", String.valueOf(from + PAGE));
        }
        return answer;
    }

    private JsonNode invocation(JsonNode request) {
        Invocation each =
                command(request).invocations.get(request.path("InstanceId").asText());
        if (each == null) {
            throw new IllegalArgumentException("InvocationDoesNotExist");
        }
        return object().put("StandardOutputContent", each.output()).put("StandardErrorContent", each.error());
    }

    private JsonNode cancel(JsonNode request) {
        command(request).cancelled = true;
        return object();
    }

    private JsonNode instances(JsonNode request) {
        JsonNode filter = request.path("Filters").path(0);
        ObjectNode target = object().put("Key", filter.path("Key").asText());
        target.set("Values", filter.path("Values"));
        List<Node> found = nodes.values().stream()
                .filter(node -> {
                    boolean online = node.online;
                    node.online = true; // those that are not heard of are listed too
                    boolean matches = targets(target, node);
                    node.online = online;
                    return matches;
                })
                .collect(Collectors.toList());
        int from = request.path("NextToken").asInt(0);
        ObjectNode answer = object();
        ArrayNode list = answer.putArray("InstanceInformationList");
        for (Node node : found.subList(from, Math.min(found.size(), from + PAGE))) {
            list.addObject()
                    .put("InstanceId", node.id)
                    .put("PingStatus", node.online ? "Online" : "ConnectionLost")
                    .put("AgentVersion", "3.3.3000.0");
        }
        if (from + PAGE < found.size()) {
            answer.put("NextToken", String.valueOf(from + PAGE));
        }
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
