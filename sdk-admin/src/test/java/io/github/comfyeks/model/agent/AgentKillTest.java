package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real agent is killed at random points of a sync, while a reader looks at the folder all the time. How often:
 * {@code -Dcomfyeks.agent.kills}; the seed is printed and can be given by {@code -Dcomfyeks.agent.seed}.
 */
@DisabledOnOs(OS.WINDOWS) // has no SIGKILL
class AgentKillTest {
    private static final int KILLS = Integer.getInteger("comfyeks.agent.kills", 20);
    private static final long SEED = Long.getLong("comfyeks.agent.seed", System.nanoTime());
    private static final int BYTES_A_SECOND = 40 << 20;
    private static final int KILLS_A_ROUND = 5;
    private static final int PART = 8 << 20;

    @TempDir
    private Path temp;

    private Bench bench;
    private final Random random = new Random(SEED);
    private final Map<String, byte[]> bucket = new TreeMap<>();
    private final Map<String, Set<String>> versions = new HashMap<>();
    private final Map<String, Set<Long>> sizes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> torn = new ConcurrentLinkedQueue<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private int killedAtWork;

    @BeforeEach
    void start() throws IOException {
        System.out.println("seed " + SEED);
        bench = new Bench(temp);
        Files.createDirectories(bench.folder);
        put("checkpoints/big one.safetensors", 3 * PART + 17);
        put("loras/龙😀.safetensors", PART);
        put("loras/+(1)%20.safetensors", PART + 1);
        put("vae/empty.safetensors", 0);
        put("vae/small.safetensors", 1000);
        put("embeddings/a/b.pt", 300_000);
    }

    @AfterEach
    void stop() {
        done.countDown();
        bench.close();
    }

    private void put(String name, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        sizes.computeIfAbsent(name, none -> ConcurrentHashMap.newKeySet()).add((long) size);
        versions.computeIfAbsent(name, none -> new LinkedHashSet<>()).add(Bench.sha256(content));
        bucket.put(name, content);
        bench.putProved(name, content);
    }

    /** What a ComfyUI server sees of the folder: a file under a model's name is whole, always. */
    private Thread reader() {
        Thread reader = new Thread(() -> {
            try {
                while (!done.await(1, TimeUnit.MILLISECONDS)) {
                    sizes.forEach((name, right) -> {
                        try {
                            long size = Files.size(bench.folder.resolve(name));
                            if (!right.contains(size)) {
                                torn.add(name + " has " + size + " bytes");
                            }
                        } catch (NoSuchFileException e) {
                            return; // not yet, or no more
                        } catch (IOException e) {
                            torn.add(name + ": " + e);
                        }
                    });
                }
            } catch (InterruptedException e) {
                torn.add("the reader was interrupted");
            }
        });
        reader.start();
        return reader;
    }

    @Test
    void noKillLeavesATornModel() throws Exception {
        Thread reader = reader();
        long took = finish();
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill % KILLS_A_ROUND == 0) {
                finish();
                change();
            }
            killAfter((long)
                    (random.nextDouble() * took * 2 / KILLS_A_ROUND)); // in the mean all kills of a round do its work
            wholeModelsOnly();
        }
        finish();
        done.countDown();
        reader.join();
        assertThat(torn).as("seed " + SEED).isEmpty();
        assertThat(killedAtWork)
                .as("kills that found the agent at work; seed " + SEED)
                .isGreaterThanOrEqualTo(KILLS / 2);
    }

    @Test
    void aNameThatTheLocaleCannotWriteIsToldAndStopsNoOther() throws Exception {
        Process process = agent(Map.of("LC_ALL", "POSIX"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines().toList()).last().asString().contains("start it with LC_ALL=C.UTF-8");
        }
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(bench.files()).hasSize(bucket.size() - 1);
    }

    /** So that there is something to do for the next ones: much is to be copied, one replaced, one removed. */
    private void change() throws IOException {
        put("checkpoints/big one.safetensors", 3 * PART + random.nextInt(1000));
        put("loras/new " + random.nextInt(3) + ".safetensors", PART + random.nextInt(PART));
        List<String> names = List.copyOf(bucket.keySet());
        String gone = names.get(random.nextInt(names.size()));
        bench.delete(gone);
        bucket.remove(gone);
        for (String name : bucket.keySet()) {
            if (!name.startsWith("checkpoints/")) {
                Files.deleteIfExists(bench.folder.resolve(name));
            }
        }
    }

    private void killAfter(long nanos) throws Exception {
        Process process = agent();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).as("seed " + SEED).isEqualTo("begins");
            killedAtWork += process.waitFor(nanos, TimeUnit.NANOSECONDS) ? 0 : 1;
            process.destroyForcibly().waitFor();
        }
    }

    /** Lets an agent end; how long it worked, in nanoseconds. */
    private long finish() throws Exception {
        Process process = agent();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).as("seed " + SEED).isEqualTo("begins");
            long start = System.nanoTime();
            String report = out.readLine();
            long took = System.nanoTime() - start;
            assertThat(process.waitFor()).as(report + "; seed " + SEED).isZero();
            Map<String, String> wanted = new TreeMap<>();
            bucket.forEach((name, content) -> wanted.put(name, content.length > 100 ? Bench.sha256(content) : ""));
            assertThat(bench.files()).as("seed " + SEED).isEqualTo(wanted);
            assertThat(bench.partials()).isZero();
            return took;
        }
    }

    private void wholeModelsOnly() {
        bench.files().forEach((name, content) -> {
            String hash = content.isEmpty() ? Bench.sha256(new byte[0]) : content;
            assertThat(versions.get(name)).as(name + "; seed " + SEED).contains(hash);
        });
    }

    private Process agent() throws IOException {
        return agent(Map.of());
    }

    private Process agent(Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath(),
                AgentProcess.class.getName(),
                bench.server.uri().toString(),
                bench.folder.toString(),
                String.valueOf(BYTES_A_SECOND)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(temp.resolve("errors").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Ours, however this test was started: surefire puts tests on the module path. */
    private static String classPath() {
        Set<String> path = new LinkedHashSet<>();
        for (String property : List.of("surefire.test.class.path", "jdk.module.path", "java.class.path")) {
            path.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
        }
        return String.join(File.pathSeparator, path);
    }
}
