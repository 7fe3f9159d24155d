package io.github.comfyeks.model.agent;

import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.model.agent.internal.Disk;
import io.github.comfyeks.model.agent.internal.FilesInUse;
import io.github.comfyeks.model.agent.internal.Host;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket, a node's folder, and agents between them on a machine whose time, disk and processes the test rules. */
final class Bench implements AutoCloseable {
    static final String BUCKET = "models";

    final Path folder;
    final FaultyStore bucket;
    final S3Server server;
    final S3Client s3;
    final Moving clock = new Moving();
    Disk disk = Disk.REAL;
    FilesInUse inUse = files -> Set.of();
    UnaryOperator<AgentOptions.Builder> options = builder -> builder;

    Bench(Path under) throws IOException {
        folder = under.resolve("node");
        bucket = new FaultyStore(new FilesystemNio2BlobStore(
                Files.createDirectories(under.resolve("s3")).toString()));
        server = S3Server.over(bucket);
        s3 = server.client();
        s3.createBucket(request -> request.bucket(BUCKET));
    }

    /** A clock that stands until it is moved. */
    static final class Moving extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Waits for nobody. */
    private static final TimeSource HURRIED = new TimeSource() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    };

    ModelStore store() {
        return ModelStore.of(s3, BUCKET);
    }

    NodeAgent agent() {
        AgentOptions.Builder builder =
                AgentOptions.builder(folder).grace(Duration.ZERO).parallel(4);
        return NodeAgent.create(store(), options.apply(builder).build(), new Host(disk, inUse, clock, HURRIED));
    }

    /** What a new agent does in one look. */
    AgentReport sync() throws InterruptedException {
        try (NodeAgent agent = agent()) {
            return agent.sync();
        }
    }

    void put(String key, byte[] content) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    void put(String key, String content) {
        put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** As Comfyeks itself puts it, with its SHA-256. */
    void putProved(String key, byte[] content) {
        s3.putObject(
                request -> request.bucket(BUCKET).key(key).metadata(Map.of("sha256", sha256(content))),
                RequestBody.fromBytes(content));
    }

    void delete(String key) {
        s3.deleteObject(request -> request.bucket(BUCKET).key(key));
    }

    void manifest(long generation, String models) {
        put(".comfyeks/manifest.json", "{\"version\":1,\"generation\":" + generation + ",\"models\":[" + models + "]}");
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** All files of the node but the agent's own, by name; short contents as text. */
    Map<String, String> files() {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve(".comfyeks")))
                    .forEach(file -> found.put(folder.relativize(file).toString(), content(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String content(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return content.length > 100 ? sha256(content) : new String(content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    long partials() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".comfyeks/partial"))) {
            return files.count();
        }
    }

    @Override
    public void close() {
        s3.close();
        server.close();
    }
}
