package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.agent.internal.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to bucket and agent, the folder is as the bucket in the end, others' files are untouched, and no model is ever other
 * than some version of it was. The seed can be given by {@code -Dcomfyeks.agent.seed}, how often by {@code -Dcomfyeks.agent.sequences}.
 */
class AgentPropertyTest {
    private static final int SEQUENCES = Integer.getInteger("comfyeks.agent.sequences", 10);
    private static final int STEPS = 25;
    private static final long SEED = Long.getLong("comfyeks.agent.seed", System.nanoTime());
    private static final List<String> NAMES = List.of(
            "loras/a.pt",
            "loras/sub dir/b.pt",
            "loras/龙😀.pt",
            "vae/c+%20.pt",
            "vae/d/e/f.pt",
            "checkpoints/g.safetensors");

    @TempDir
    private Path temp;

    /** The machine stops at some step of the agent's; nothing is written after that. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class FragileDisk implements Disk {
        private final AtomicInteger left;

        FragileDisk(int steps) {
            left = new AtomicInteger(steps);
        }

        private void step() {
            if (left.decrementAndGet() < 0) {
                throw new Crash();
            }
        }

        @Override
        public FileChannel open(Path file) throws IOException {
            step();
            return Disk.super.open(file);
        }

        @Override
        public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
            if (left.decrementAndGet() == -1) {
                Disk.super.write(file, bytes.slice(bytes.position(), bytes.remaining() / 2), position);
            }
            if (left.get() < 0) {
                throw new Crash();
            }
            Disk.super.write(file, bytes, position);
        }

        @Override
        public void cut(FileChannel file, long size) throws IOException {
            step();
            Disk.super.cut(file, size);
        }

        @Override
        public void force(FileChannel file) throws IOException {
            step();
        }

        @Override
        public void force(Path folder) throws IOException {
            step();
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            step();
            Disk.super.move(from, to);
        }

        @Override
        public boolean delete(Path path) throws IOException {
            step();
            return Disk.super.delete(path);
        }

        @Override
        public void makeFolder(Path folder) throws IOException {
            step();
            Disk.super.makeFolder(folder);
        }
    }

    @Test
    void theFolderIsAsTheBucketInTheEnd() throws Exception {
        Random seeds = new Random(SEED);
        for (int i = 0; i < SEQUENCES; i++) {
            long seed = seeds.nextLong();
            try (Bench bench = new Bench(temp.resolve("run" + i))) {
                new Run(bench, seed).play();
            } catch (AssertionError | IOException e) {
                throw new AssertionError("seed " + SEED + ", run " + i, e);
            }
        }
    }

    private static final class Run {
        private final Bench bench;
        private final Random random;
        private final Map<String, String> bucket = new TreeMap<>();
        private final Map<String, String> theirs = new TreeMap<>();
        private final Map<String, Set<String>> versions = new HashMap<>();

        Run(Bench bench, long seed) {
            this.bench = bench;
            this.random = new Random(seed);
        }

        void play() throws Exception {
            bench.sync();
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(7)) {
                    case 0, 1 -> put(name(), "version " + random.nextInt(1000) + "x".repeat(random.nextInt(50)));
                    case 2 -> delete(name());
                    case 3 -> rename(name(), name());
                    case 4 -> theirs();
                    case 5 -> crash(random.nextInt(60));
                    default -> bench.sync();
                }
                nothingIsTorn();
            }
            bench.disk = Disk.REAL;
            AgentReport report = bench.sync();
            assertThat(report.inStep()).as(report.toString()).isTrue();
            Map<String, String> all = new TreeMap<>(bucket);
            all.putAll(theirs);
            assertThat(bench.files()).isEqualTo(all);
            assertThat(bench.partials()).isZero();
            assertThat(bench.sync().changed()).isFalse();
        }

        private String name() {
            return NAMES.get(random.nextInt(NAMES.size()));
        }

        private void put(String name, String content) {
            bench.put(name, content);
            bucket.put(name, content);
            versions.computeIfAbsent(name, none -> new HashSet<>()).add(content);
        }

        private void delete(String name) {
            bench.delete(name);
            bucket.remove(name);
        }

        private void rename(String from, String to) {
            String content = bucket.get(from);
            if (content != null && !from.equals(to)) {
                put(to, content);
                delete(from);
            }
        }

        private void theirs() throws IOException {
            String name = "loras/theirs " + random.nextInt(3) + ".pt";
            theirs.put(name, "theirs " + random.nextInt(1000));
            bench.write(name, theirs.get(name));
        }

        private void crash(int steps) throws Exception {
            bench.disk = new FragileDisk(steps);
            try {
                bench.sync();
            } catch (Crash e) {
                nothingIsTorn();
            } finally {
                bench.disk = Disk.REAL;
            }
        }

        private void nothingIsTorn() {
            bench.files().forEach((name, content) -> {
                if (theirs.containsKey(name)) {
                    assertThat(content).isEqualTo(theirs.get(name));
                } else {
                    assertThat(versions.get(name)).as(name).contains(content);
                }
            });
        }
    }
}
