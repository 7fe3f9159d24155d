package io.github.comfyeks.samples.benchmark;

import io.github.comfyeks.model.agent.AgentOptions;
import io.github.comfyeks.model.agent.AgentReport;
import io.github.comfyeks.model.agent.NodeAgent;
import io.github.comfyeks.model.store.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How fast a node's folder is brought into step with a bucket in this machine. Twice over: 40 files of 4 GiB together, against a plain
 * parallel download of ranges by the AWS SDK that also hashes and fsyncs, in turn, five times each; and 100,000 objects that are there
 * already, by an agent with 256 MiB of heap.
 *
 * <p>{@code java -cp samples/benchmark/target/benchmark.jar io.github.comfyeks.samples.benchmark.ModelSyncSpeed [FOLDER [MIB
 * [OBJECTS]]]}; the folder, {@code /tmp} unless named, needs room for twice the bytes.
 */
public final class ModelSyncSpeed {
    private static final int FILES = 40;
    private static final int ROUNDS = 5;
    private static final int PARALLEL = 8;
    private static final int RANGE = 8 << 20;
    private static final int CHUNK = 1 << 18;
    private static final String BUCKET = "models";
    private static final String AGENT = "--agent";

    private ModelSyncSpeed() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 3 && args[0].equals(AGENT)) {
            agentOfMany(URI.create(args[1]), Path.of(args[2]));
            return;
        }
        Path folder = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "/tmp"), "model-sync");
        long bytes = (args.length > 1 ? Long.parseLong(args[1]) : 4096) << 20;
        int objects = args.length > 2 ? Integer.parseInt(args[2]) : 100_000;
        try {
            large(folder, bytes);
            many(folder, objects);
        } finally {
            delete(folder);
        }
    }

    private static void large(Path folder, long bytes) throws Exception {
        try (LocalBucket bucket = LocalBucket.on(Files.createDirectories(folder.resolve("s3")));
                S3Client s3 = bucket.client(PARALLEL + 4)) {
            Map<String, String> hashes = fill(s3, bytes / FILES);
            double[] plain = new double[ROUNDS];
            double[] agent = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                plain[round] = plain(s3, hashes, folder.resolve("plain"));
                agent[round] = agent(s3, hashes, folder.resolve("agent"));
                System.out.printf(
                        Locale.ROOT, "round %d: plain %.2f s, agent %.2f s%n", round + 1, plain[round], agent[round]);
            }
            Arrays.sort(plain);
            Arrays.sort(agent);
            double mib = bytes / (double) (1 << 20);
            System.out.printf(
                    Locale.ROOT,
                    "%.0f MiB in %d files: plain %.0f MiB/s, agent %.0f MiB/s, ratio %.2f (medians of %d)%n",
                    mib,
                    FILES,
                    mib / plain[ROUNDS / 2],
                    mib / agent[ROUNDS / 2],
                    plain[ROUNDS / 2] / agent[ROUNDS / 2],
                    ROUNDS);
        }
    }

    /** Objects with their SHA-256, as Comfyeks puts them; their hashes by key. */
    private static Map<String, String> fill(S3Client s3, long size) throws Exception {
        s3.createBucket(request -> request.bucket(BUCKET));
        Map<String, String> hashes = new TreeMap<>();
        Path file = Files.createTempFile("model", ".safetensors");
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < FILES; i++) {
            Random random = new Random(i);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = Files.newOutputStream(file)) {
                for (long left = size; left > 0; left -= block.length) {
                    int length = (int) Math.min(left, block.length);
                    random.nextBytes(block);
                    out.write(block, 0, length);
                    digest.update(block, 0, length);
                }
            }
            String key = String.format(Locale.ROOT, "checkpoints/model %02d.safetensors", i);
            hashes.put(key, HexFormat.of().formatHex(digest.digest()));
            s3.putObject(
                    request -> request.bucket(BUCKET).key(key).metadata(Map.of("sha256", hashes.get(key))),
                    RequestBody.fromFile(file));
        }
        Files.delete(file);
        return hashes;
    }

    /** Threads that each take a file, read its ranges, hash them as they come, and fsync; in seconds. */
    private static double plain(S3Client s3, Map<String, String> hashes, Path folder) throws Exception {
        Files.createDirectories(folder.resolve("checkpoints"));
        long start = System.nanoTime();
        ExecutorService pool = Executors.newFixedThreadPool(PARALLEL);
        List<Future<?>> all = new ArrayList<>();
        for (Map.Entry<String, String> one : hashes.entrySet()) {
            all.add(pool.submit(() -> {
                download(s3, one.getKey(), one.getValue(), folder.resolve(one.getKey()));
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        pool.shutdown();
        delete(folder);
        return seconds;
    }

    private static void download(S3Client s3, String key, String hash, Path file) throws Exception {
        long size = s3.headObject(request -> request.bucket(BUCKET).key(key)).contentLength();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] chunk = new byte[CHUNK];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long from = 0; from < size; from += RANGE) {
                String range = "bytes=" + from + "-" + (Math.min(from + RANGE, size) - 1);
                try (InputStream in =
                        s3.getObject(request -> request.bucket(BUCKET).key(key).range(range))) {
                    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                        digest.update(chunk, 0, count);
                        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, count);
                        while (buffer.hasRemaining()) {
                            channel.write(buffer);
                        }
                    }
                }
            }
            channel.force(true);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(hash)) {
            throw new IOException(key + " came with wrong content");
        }
    }

    private static double agent(S3Client s3, Map<String, String> hashes, Path folder) throws Exception {
        long start = System.nanoTime();
        try (NodeAgent agent = NodeAgent.create(
                ModelStore.of(s3, BUCKET),
                AgentOptions.builder(folder).parallel(PARALLEL).build())) {
            AgentReport report = agent.sync();
            if (report.copied().size() != hashes.size() || !report.inStep()) {
                throw new IOException(report.toString());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        delete(folder);
        return seconds;
    }

    /** The agent is a process of its own, so that its heap is its own. */
    private static void many(Path folder, int objects) throws Exception {
        try (LocalBucket bucket = LocalBucket.ofEmptyModels(Files.createDirectories(folder.resolve("s3")), objects)) {
            Process agent = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ModelSyncSpeed.class.getName(),
                            AGENT,
                            bucket.uri().toString(),
                            folder.resolve("many").toString())
                    .inheritIO()
                    .start();
            if (agent.waitFor() != 0) {
                throw new IOException("the agent of many objects failed");
            }
        }
    }

    private static void agentOfMany(URI endpoint, Path folder) throws InterruptedException {
        for (int look = 1; look <= 3; look++) {
            long start = System.nanoTime();
            try (S3Client s3 = LocalBucket.client(endpoint, PARALLEL + 4);
                    NodeAgent agent = NodeAgent.create(
                            ModelStore.of(s3, BUCKET),
                            AgentOptions.builder(folder)
                                    .parallel(PARALLEL)
                                    .grace(Duration.ZERO)
                                    .build())) {
                AgentReport report = agent.sync();
                System.out.printf(
                        Locale.ROOT,
                        "look %d of an agent with %d MiB of heap: %d copied, %d kept, in step: %b, %.2f s%n",
                        look,
                        Runtime.getRuntime().maxMemory() >> 20,
                        report.copied().size(),
                        report.kept(),
                        report.inStep(),
                        (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
