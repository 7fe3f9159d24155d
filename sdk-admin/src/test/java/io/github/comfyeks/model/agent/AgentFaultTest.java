package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.agent.internal.Disk;
import io.github.comfyeks.model.store.ModelKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What goes wrong between bucket and disk, one fault a test. */
@Timeout(120)
class AgentFaultTest {
    private static final int PART = 8 << 20;

    @TempDir
    private Path temp;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(temp);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static ResponseInputStream<GetObjectResponse> with(
            ResponseInputStream<GetObjectResponse> real, InputStream body) {
        return new ResponseInputStream<>(real.response(), AbortableInputStream.create(body));
    }

    /** The same bytes, one of them wrong. */
    private static ResponseInputStream<GetObjectResponse> corrupted(ResponseInputStream<GetObjectResponse> real) {
        try (real) {
            byte[] content = real.readAllBytes();
            content[content.length / 2] ^= 1;
            return with(real, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The same bytes, until the connection breaks. */
    private static ResponseInputStream<GetObjectResponse> cut(ResponseInputStream<GetObjectResponse> real, int after) {
        return with(real, new InputStream() {
            private int left = after;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("cut");
                }
                return real.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (left <= 0) {
                    throw new IOException("cut");
                }
                int count = real.read(into, from, Math.min(left, length));
                left -= count;
                return count;
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        });
    }

    @Test
    void aCorruptByteIsReadOnceMore() throws Exception {
        byte[] content = bytes(100_000);
        bench.put("loras/a.pt", content);
        AtomicBoolean once = new AtomicBoolean();
        bench.bucket.reading = (request, real) -> once.getAndSet(true) ? real.get() : corrupted(real.get());
        AgentReport report = bench.sync();
        assertThat(report.inStep()).isTrue();
        assertThat(report.bytes()).isEqualTo(2L * content.length);
        assertThat(bench.files()).containsEntry("loras/a.pt", Bench.sha256(content));
    }

    @Test
    void aModelThatIsAlwaysCorruptIsNeverShownAndNotReadForNothing() throws Exception {
        bench.putProved("loras/a.pt", bytes(100_000));
        bench.put("loras/b.pt", "b");
        bench.bucket.reading = (request, real) -> request.key().contains("a.pt") ? corrupted(real.get()) : real.get();
        try (NodeAgent agent = bench.agent()) {
            AgentReport report = agent.sync();
            assertThat(report.failed()).containsOnlyKeys(new ModelKey("loras/a.pt"));
            assertThat(report.failed().values().iterator().next()).contains("SHA_256", "the bucket says");
            assertThat(bench.files()).isEqualTo(Map.of("loras/b.pt", "b"));
            assertThat(bench.partials()).isZero();
            bench.bucket.reading = (request, real) -> real.get();
            assertThat(agent.sync().copied()).containsExactly(new ModelKey("loras/a.pt"));
        }
    }

    @Test
    void aCutConnectionGoesOnWhereItBroke() throws Exception {
        byte[] content = bytes(2 * PART + 1);
        bench.putProved("loras/a.pt", content);
        AtomicInteger reads = new AtomicInteger();
        bench.bucket.reading =
                (request, real) -> reads.incrementAndGet() <= 3 ? cut(real.get(), 1_000_000) : real.get();
        AgentReport report = bench.sync();
        assertThat(report.inStep()).as(report.toString()).isTrue();
        assertThat(bench.files()).containsEntry("loras/a.pt", Bench.sha256(content));
        assertThat(report.bytes()).isEqualTo(content.length);
    }

    @Test
    void aBucketThatAsksToSlowDownIsAskedAgain() throws Exception {
        bench.put("loras/a.pt", "a");
        AtomicInteger reads = new AtomicInteger();
        bench.bucket.reading = (request, real) -> {
            if (reads.incrementAndGet() <= 8) {
                throw S3Exception.builder()
                        .statusCode(503)
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorCode("SlowDown").build())
                        .build();
            }
            return real.get();
        };
        assertThat(bench.sync().inStep()).isTrue();
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "a"));
    }

    @Test
    void whatComesIsKeptWhenTheRestDoesNot() throws Exception {
        byte[] content = bytes(4 * PART);
        bench.putProved("loras/a.pt", content);
        bench.bucket.reading = (request, real) -> {
            if (request.range().startsWith("bytes=" + 2 * PART + "-")) {
                throw S3Exception.builder().statusCode(403).build();
            }
            return real.get();
        };
        AgentReport first = bench.sync();
        assertThat(first.failed()).hasSize(1);
        assertThat(bench.files()).isEmpty();
        assertThat(bench.partials()).isEqualTo(2);

        bench.bucket.reading = (request, real) -> real.get();
        AgentReport second = bench.sync();
        assertThat(second.inStep()).isTrue();
        assertThat(first.bytes() + second.bytes()).isEqualTo(content.length);
        assertThat(bench.files()).containsEntry("loras/a.pt", Bench.sha256(content));
        assertThat(bench.partials()).isZero();
    }

    @Test
    void whatIsHalfThereOfAnOldVersionIsOfNoUse() throws Exception {
        bench.putProved("loras/a.pt", bytes(4 * PART));
        bench.bucket.reading = (request, real) -> {
            if (request.range().startsWith("bytes=" + 2 * PART + "-")) {
                throw S3Exception.builder().statusCode(403).build();
            }
            return real.get();
        };
        bench.sync();
        bench.bucket.reading = (request, real) -> real.get();
        byte[] content = bytes(4 * PART - 1);
        bench.putProved("loras/a.pt", content);
        assertThat(bench.sync().bytes()).isEqualTo(content.length);
        assertThat(bench.files()).containsEntry("loras/a.pt", Bench.sha256(content));
        assertThat(bench.partials()).isZero();
    }

    @Test
    void aModelReplacedWhileItIsReadIsLookedAtAgain() throws Exception {
        bench.options = options -> options.parallel(1);
        bench.putProved("loras/a.pt", bytes(3 * PART));
        byte[] content = bytes(2 * PART);
        AtomicBoolean once = new AtomicBoolean();
        bench.bucket.reading = (request, real) -> {
            if (!once.getAndSet(true)) {
                ResponseInputStream<GetObjectResponse> old = real.get();
                bench.putProved("loras/a.pt", content);
                return old;
            }
            return real.get();
        };
        AgentReport report = bench.sync();
        assertThat(report.inStep()).as(report.toString()).isTrue();
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", Bench.sha256(content)));
        assertThat(bench.partials()).isZero();
    }

    @Test
    void aModelRemovedWhileItIsReadIsForgotten() throws Exception {
        bench.putProved("loras/a.pt", bytes(3 * PART));
        bench.put("loras/b.pt", "b");
        AtomicBoolean once = new AtomicBoolean();
        bench.bucket.reading = (request, real) -> {
            if (request.key().contains("a.pt") && !once.getAndSet(true)) {
                bench.delete("loras/a.pt");
            }
            return real.get();
        };
        AgentReport report = bench.sync();
        assertThat(report.inStep()).as(report.toString()).isTrue();
        assertThat(bench.files()).isEqualTo(Map.of("loras/b.pt", "b"));
        assertThat(bench.partials()).isZero();
    }

    @Test
    void aModelThatChangesFasterThanItIsReadIsTold() throws Exception {
        bench.put("loras/a.pt", "0");
        AtomicInteger version = new AtomicInteger();
        bench.bucket.reading = (request, real) -> {
            bench.put("loras/a.pt", "version " + version.incrementAndGet());
            return real.get();
        };
        assertThat(bench.sync().failed().values()).singleElement().asString().contains("faster");
    }

    @Test
    void whatFitsIsCopiedToAFullDisk() throws Exception {
        AtomicLong left = new AtomicLong(3L << 20);
        bench.disk = new Disk() {
            @Override
            public long room(Path folder) {
                return left.get();
            }
        };
        bench.put("a.safetensors", bytes(5 << 20));
        bench.put("b.safetensors", "fits");
        AgentReport report = bench.sync();
        assertThat(report.failed().get(new ModelKey("a.safetensors"))).contains("the disk is full: it needs 5242880");
        assertThat(bench.files()).isEqualTo(Map.of("b.safetensors", "fits"));
        assertThat(bench.partials()).isZero();
        left.set(10L << 20);
        assertThat(bench.sync().inStep()).isTrue();
    }

    @Test
    void aDiskThatFillsUnderWayKeepsNothingHalf() throws Exception {
        AtomicLong left = new AtomicLong(12L << 20);
        bench.disk = new Disk() {
            @Override
            public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
                if (left.addAndGet(-bytes.remaining()) < 0) {
                    left.addAndGet(bytes.remaining());
                    throw new IOException("No space left on device");
                }
                Disk.REAL.write(file, bytes, position);
            }
        };
        bench.put("a.safetensors", bytes(2 * PART));
        bench.put("b.safetensors", "fits");
        AgentReport report = bench.sync();
        assertThat(report.failed().get(new ModelKey("a.safetensors"))).contains("No space left");
        assertThat(report.copied()).containsExactly(new ModelKey("b.safetensors"));
        assertThat(bench.files()).isEqualTo(Map.of("b.safetensors", "fits"));
        assertThat(bench.partials()).isZero();
        bench.disk = Disk.REAL;
        assertThat(bench.sync().inStep()).isTrue();
    }

    @Test
    void aBrokenManifestStopsNoCopy() throws Exception {
        bench.put("loras/a.pt", "a");
        bench.put(".comfyeks/manifest.json", "<html>");
        AgentReport report = bench.sync();
        assertThat(report.problem()).contains("is no manifest");
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "a"));
    }

    @Test
    void aStateThatACrashBrokeIsReadAsFarAsItGoes() throws Exception {
        bench.put("loras/a.pt", "a");
        bench.put("loras/b.pt", "b");
        bench.sync();
        Path state = bench.folder.resolve(".comfyeks/copied.jsonl");
        byte[] broken = "{\"key\":\"loras/龙".getBytes(StandardCharsets.UTF_8);
        Files.write(state, Arrays.copyOf(broken, broken.length - 1), StandardOpenOption.APPEND);
        bench.delete("loras/a.pt");
        bench.put("loras/b.pt", "B");
        assertThat(bench.sync().removed()).hasSize(1);
        assertThat(bench.sync().changed()).isFalse();
        assertThat(bench.files()).isEqualTo(Map.of("loras/b.pt", "B"));
    }
}
