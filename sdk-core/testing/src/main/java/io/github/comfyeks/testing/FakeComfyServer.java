package io.github.comfyeks.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.FakeServer;
import io.github.comfyeks.testing.internal.ServerConfig;
import io.github.comfyeks.testing.internal.files.Models;
import io.github.comfyeks.testing.internal.http.Response;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.run.Pace;
import io.github.comfyeks.testing.internal.schema.Schemas;
import io.github.comfyeks.testing.internal.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A fake ComfyUI on a port of this machine's loopback address: HTTP and the event socket, the behaviour of a chosen version,
 * and a switch for each fault that a client meets in the wild ({@link #faults()}).
 *
 * <pre>{@code
 * try (FakeComfyServer server = FakeComfyServer.create()) {
 *     MyClient client = new MyClient(server.uri());
 *     ...
 * }
 * }</pre>
 *
 * <p>Simple image, text and mask nodes are run for real; in place of what a model would paint comes a picture that says that it
 * is simulated. Prompts run one after the other on a worker that tests can {@link #pause} and step ({@link #runNext}).
 *
 * <p>Safe for use by several threads.
 */
public final class FakeComfyServer implements AutoCloseable {
    /** The version that is used unless another one is chosen. */
    public static final String DEFAULT_VERSION = Version.V0_33_0.text();

    private final FakeServer server;
    private final Faults faults;

    private FakeComfyServer(ServerConfig config) {
        this.server = new FakeServer(config);
        this.faults = new Faults(server);
    }

    /** A server of the default version with SDXL's base and refiner checkpoints, on a free port. */
    public static FakeComfyServer create() {
        return builder().build();
    }

    /** Starts to set up a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address, such as {@code http://127.0.0.1:40123}, or {@code https://localhost:40123} with {@link Builder#tls}. */
    public URI uri() {
        return URI.create((server.config().tls() == null ? "http://127.0.0.1:" : "https://localhost:") + server.port());
    }

    public int port() {
        return server.port();
    }

    /** The version whose behaviour this server has. */
    public String version() {
        return server.config().version().text();
    }

    /** The fault switches. */
    public Faults faults() {
        return faults;
    }

    /** All prompts that were accepted, oldest first, across restarts. */
    public List<Submission> submissions() {
        return server.journal().submissions().stream()
                .map(item -> new Submission(
                        item.promptId(),
                        Json.textOrNull(item.extraData().get("client_id")),
                        Json.write(item.number()),
                        Json.write(item.graph()),
                        Json.write(item.extraData())))
                .toList();
    }

    /** How often each prompt id was queued and run, across restarts; in the order of the first submission. */
    public List<RunCount> runs() {
        List<RunCount> runs = new ArrayList<>();
        server.journal()
                .runs()
                .forEach((id, count) -> runs.add(
                        new RunCount(id, count.queued(), count.started(), count.ended(), count.executedNodes())));
        return runs;
    }

    /** What happened to one prompt id. */
    public Optional<RunCount> run(String promptId) {
        return runs().stream().filter(run -> run.promptId().equals(promptId)).findFirst();
    }

    /** How often each route was asked, such as {@code GET /history}; with or without {@code /api} is the same. */
    public Map<String, Integer> requests() {
        return server.journal().requests();
    }

    /** Forgets {@link #submissions}, {@link #runs} and {@link #requests}. */
    public void forgetRecords() {
        server.journal().clear();
    }

    /** How many event sockets are connected now. */
    public int openSockets() {
        return server.openSockets();
    }

    /** Waits until exactly so many event sockets are connected; false if that took longer than the limit. */
    public boolean awaitOpenSockets(int count, Duration limit) throws InterruptedException {
        return server.awaitOpenSockets(count, limit);
    }

    /** Stops the worker from taking prompts; the one that runs goes on. */
    public void pause() {
        server.pause();
    }

    /** Lets the worker take prompts again. */
    public void resume() {
        server.resume();
    }

    /** Lets a paused worker take one prompt, now or when one comes. */
    public void runNext() {
        server.runNext();
    }

    /** Waits until nothing runs or waits; false if that took longer than the limit. */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        return server.awaitIdle(limit);
    }

    /** Waits until a prompt runs; false if that took longer than the limit. */
    public boolean awaitRunning(Duration limit) throws InterruptedException {
        return server.awaitRunning(limit);
    }

    /**
     * Kills the server and starts it again at once (H12): sockets are cut, running and waiting prompts, history and cache are
     * gone, numbers start at 0. Files in input and output are on the disk and remain.
     */
    public void restartEmpty() {
        server.restart();
    }

    /** The same, with this long in between in which connections are refused. Returns at once. */
    public void restartEmpty(Duration downtime) {
        server.restart(downtime);
    }

    /** Waits until the server takes connections again; false if that took longer than the limit. */
    public boolean awaitListening(Duration limit) throws InterruptedException {
        return server.awaitListening(limit);
    }

    /** Changes how long each job takes on top of its nodes. */
    public void jobTime(Duration jobTime) {
        server.config().pace().jobTime(jobTime);
    }

    /** Changes how long a sampler's step takes. */
    public void stepTime(Duration stepTime) {
        server.config().pace().stepTime(stepTime);
    }

    /** Adds a model file; its path is relative to the folder. */
    public void addModel(String folder, String path) {
        server.config().models().add(folder, path);
    }

    /** Takes a model file away. */
    public void removeModel(String folder, String path) {
        server.config().models().remove(folder, path);
    }

    /**
     * Writes a file into a folder of the server.
     *
     * @param type {@code input}, {@code output} or {@code temp}
     */
    public void writeFile(String type, String path, byte[] bytes) {
        server.folders().write(type, path, ByteString.of(bytes));
    }

    /** A file of the server, if it is there. */
    public Optional<byte[]> readFile(String type, String path) {
        return Optional.ofNullable(server.folders().read(type, path))
                .map(file -> file.bytes().toByteArray());
    }

    /** Gives a fixed answer to a route, such as {@code GET} and {@code /system_stats}, instead of the server's own. */
    public void answer(String method, String path, int status, String contentType, String body) {
        server.can(
                method + " " + path,
                Response.of(status).with("Content-Type", contentType).body(ByteString.encodeUtf8(body)));
    }

    /** Takes a fixed answer back. */
    public void answerNormally(String method, String path) {
        server.can(method + " " + path, null);
    }

    /** Puts a script in the place of what a node class does. */
    public void node(String classType, FakeNode script) {
        server.types().script(classType, new ScriptedNode(server.types(), script));
    }

    /** Ends the server: sockets are cut, the port is closed. */
    @Override
    public void close() {
        server.close();
    }

    /** Sets up a server. Not safe for use by several threads. */
    public static final class Builder {
        private String version = DEFAULT_VERSION;
        private int port;
        private @Nullable ObjectNode objectInfo;
        private final Map<String, List<String>> models = new LinkedHashMap<>();
        private @Nullable Path modelsFolder;
        private Duration jobTime = Duration.ZERO;
        private Duration stepTime = Duration.ofMillis(3);
        private String previewMethod = "none";
        private boolean paused;
        private long seed = 1;
        private long maxUploadSize = 100 << 20;
        private @Nullable SSLContext tls;
        private boolean clientCertificates;
        private final List<Fault> faults = new ArrayList<>();
        private final Map<String, FakeNode> nodes = new LinkedHashMap<>();

        private Builder() {
            checkpoints("sd_xl_base_1.0.safetensors", "sd_xl_refiner_1.0.safetensors");
        }

        /**
         * Which ComfyUI to behave like, such as {@code 0.8.0}. Behaviour is known for 0.3.64, 0.8.0 and 0.33.0; any other
         * version behaves like the newest of these that is not newer.
         */
        public Builder version(String version) {
            this.version = new Version(version).text();
            return this;
        }

        /** The port; a free one if this is not called. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The node classes, as a file with an answer of {@code GET /object_info}, instead of those that come along. */
        public Builder objectInfo(Path file) {
            try (InputStream in = Files.newInputStream(file)) {
                return objectInfo(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }

        /** The same from a stream, which is read but not closed. */
        public Builder objectInfo(InputStream json) {
            try {
                JsonNode parsed = Json.parse(json.readAllBytes());
                if (!(parsed instanceof ObjectNode object)) {
                    throw new IllegalArgumentException("object_info must be a JSON object");
                }
                this.objectInfo = object;
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException("object_info is no JSON", e);
            }
        }

        /** The checkpoints there are; replaces the two that are there by default. */
        public Builder checkpoints(String... names) {
            models.put("checkpoints", new ArrayList<>(List.of(names)));
            return this;
        }

        /** Adds a model file. */
        public Builder model(String folder, String path) {
            models.computeIfAbsent(folder, key -> new ArrayList<>()).add(path);
            return this;
        }

        /** A folder laid out like ComfyUI's {@code models/}, whose files the server lists as they are at the moment. */
        public Builder modelsFolder(Path folder) {
            this.modelsFolder = folder;
            return this;
        }

        /** How long each job takes on top of its nodes; zero unless set. A job whose nodes are all cached takes no time. */
        public Builder jobTime(Duration jobTime) {
            this.jobTime = jobTime;
            return this;
        }

        /** How long a sampler's step takes; 3 ms unless set. */
        public Builder stepTime(Duration stepTime) {
            this.stepTime = stepTime;
            return this;
        }

        /** The server's own preview method: {@code none} (the default, as on a server), {@code auto}, {@code latent2rgb}, {@code taesd}. */
        public Builder previewMethod(String previewMethod) {
            this.previewMethod = previewMethod;
            return this;
        }

        /** Starts with a worker that takes nothing until {@link FakeComfyServer#resume} or {@link FakeComfyServer#runNext}. */
        public Builder paused() {
            this.paused = true;
            return this;
        }

        /** The seed from which faults with a share are drawn. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** The bytes of a request body beyond which the answer is 413 (S10); 100 MiB unless set, as on a server. */
        public Builder maxUploadSize(long bytes) {
            this.maxUploadSize = bytes;
            return this;
        }

        /** Speaks HTTPS and WSS, as the load balancer before a server does, with the key of this context. */
        public Builder tls(SSLContext context) {
            this.tls = context;
            return this;
        }

        /** Mutual TLS: the same, and turns away whoever shows no certificate that the context trusts. */
        public Builder mutualTls(SSLContext context) {
            this.clientCertificates = true;
            return tls(context);
        }

        /** Switches faults on from the start. */
        public Builder fault(Fault... faults) {
            this.faults.addAll(List.of(faults));
            return this;
        }

        /** Puts a script in the place of what a node class does. */
        public Builder node(String classType, FakeNode script) {
            nodes.put(classType, script);
            return this;
        }

        /** Starts the server. */
        public FakeComfyServer build() {
            Version known = new Version(version);
            Models files = new Models(known, modelsFolder);
            models.forEach((folder, names) -> names.forEach(name -> files.add(folder, name)));
            FakeComfyServer server = new FakeComfyServer(new ServerConfig(
                    known,
                    port,
                    objectInfo == null ? Schemas.builtIn(known) : objectInfo,
                    files,
                    new Pace(jobTime, stepTime, previewMethod),
                    paused,
                    seed,
                    maxUploadSize,
                    tls,
                    clientCertificates));
            nodes.forEach(server::node);
            faults.forEach(fault -> fault.switchOn(server.faults()));
            return server;
        }
    }
}
