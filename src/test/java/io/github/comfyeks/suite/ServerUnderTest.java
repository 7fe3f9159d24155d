package io.github.comfyeks.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.testing.FakeComfyServer;
import java.net.URI;
import java.util.Arrays;

/**
 * The server that the contract is held against: the one that {@code -Dcomfyeks.server} names, else a fake one of the version
 * {@code -Dcomfyeks.fake.version}. One a JVM, started when it is first asked for. Thread-safe.
 */
public final class ServerUnderTest {
    /** A checkpoint of random weights: small, quick, and there on the real test servers. */
    public static final String CHECKPOINT = "random_sd15.safetensors";

    private static final class Holder {
        private static final URI SERVER = find();
        private static final RawServer RAW = new RawServer(SERVER);
        private static final String VERSION =
                RAW.get("/system_stats").path("system").path("comfyui_version").asText();
        private static final JsonNode CLASSES = RAW.get("/object_info");
        private static final JsonNode CHECKPOINTS = RAW.get("/models/checkpoints");
    }

    private ServerUnderTest() {}

    private static URI find() {
        String named = System.getProperty("comfyeks.server", "");
        if (!named.isEmpty()) {
            return URI.create(named);
        }
        String version = System.getProperty("comfyeks.fake.version", "");
        FakeComfyServer server = FakeComfyServer.builder()
                .version(version.isEmpty() ? FakeComfyServer.DEFAULT_VERSION : version)
                .checkpoints(CHECKPOINT)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server.uri();
    }

    public static URI uri() {
        return Holder.SERVER;
    }

    /** The server without the client under test, to look behind its back. */
    public static RawServer raw() {
        return Holder.RAW;
    }

    /** Its {@code comfyui_version}. */
    public static String version() {
        return Holder.VERSION;
    }

    /** Whether its version is this one or a later one. */
    public static boolean isAtLeast(String version) {
        return Arrays.compare(numbers(version()), numbers(version)) >= 0;
    }

    /** Skips the test on an older server. */
    public static void needsVersion(String version, String why) {
        assumeTrue(isAtLeast(version), () -> "ComfyUI " + version() + ": " + why);
    }

    /** Skips the test on a server without this node class. */
    public static void needsClass(String classType) {
        assumeTrue(
                Holder.CLASSES.has(classType), () -> "this ComfyUI " + version() + " was started without " + classType);
    }

    /** Skips the test on a server without the random checkpoint. */
    public static void needsCheckpoint() {
        boolean there = false;
        for (JsonNode name : Holder.CHECKPOINTS) {
            there |= name.asText().equals(CHECKPOINT);
        }
        assumeTrue(there, () -> "this ComfyUI " + version() + " has no " + CHECKPOINT);
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(part -> Integer.parseInt(part.replaceAll("\\D.*", "")))
                .toArray();
    }
}
