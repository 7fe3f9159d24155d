package io.github.comfyeks.model.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.model.sync.FakeSsm.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.SsmClient;

@Timeout(120)
class ModelSyncTest {
    /** An agent for a shell: a nudge brings it to the generation that the bucket of the test has. */
    private static final String AGENT = """
            #!/bin/sh
            case "$*" in
              *POST*) cp ../bucket generation ;;
              *) printf '{"state":"idle","generation":%s,"failed":0}' "$(cat generation)" ;;
            esac
            """;

    private static final SyncOptions GPU =
            SyncOptions.of("comfyeks/pool", "gpu").withPatience(Duration.ZERO);

    @TempDir
    private Path folder;

    private FakeSsm systems;
    private SsmClient ssm;
    private final List<Duration> sleeps = new ArrayList<>();
    private boolean interrupting;

    /** Nothing here waits for anything but our own questions. */
    private final TimeSource time = new TimeSource() {
        @Override
        public long nanoTime() {
            return sleeps.stream().mapToLong(Duration::toNanos).sum();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (interrupting) {
                throw new InterruptedException();
            }
            sleeps.add(duration);
        }
    };

    @BeforeEach
    void start() throws IOException {
        systems = new FakeSsm();
        ssm = systems.client();
        SyncDocument.install(ssm, SyncDocument.NAME);
        Files.writeString(folder.resolve("bucket"), "7");
    }

    @AfterEach
    void stop() {
        ssm.close();
        systems.close();
    }

    private void node(String id) {
        try {
            Path bin = Files.createDirectories(folder.resolve(id).resolve("bin"));
            Path curl = Files.writeString(bin.resolve("curl"), AGENT);
            Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwxr-xr-x"));
            systems.node(id, folder.resolve(id), Map.of("comfyeks/pool", "gpu"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void nodes(int count) {
        for (int i = 0; i < count; i++) {
            node("i-%04d".formatted(i));
        }
    }

    private ModelSync sync() {
        return ModelSync.of(ssm, GPU, time);
    }

    @Test
    void everyNodeIsAskedAndFollowedToItsEnd() throws Exception {
        nodes(3);
        SyncReport report = sync().sync(7);
        assertThat(report.isSuccess()).as(report.toString()).isTrue();
        assertThat(report.nodes()).hasSize(3);
        assertThat(report.nodes().values())
                .allSatisfy(node -> assertThat(node.output()).contains("\"generation\":7"));
    }

    @Test
    void aNodeThatDoesNotGetThereSaysWhy() throws Exception {
        nodes(1);
        SyncReport report = sync().sync(8);
        assertThat(report.failed()).hasSize(1);
        assertThat(report).hasToString("""
                generation 8: 0 of 1 nodes reached it
                i-0000: Failed: generation 8 was not reached in 0 s; the agent is at 7""");
        assertThat(report.failed().get(0).exitCode()).isEqualTo(4);
    }

    @Test
    void ofAThousandNodesThoseThatFailAreTriedAgainAndNoOthers() throws Exception {
        nodes(1000);
        for (int i = 0; i < 1000; i++) {
            systems.manner("i-%04d".formatted(i), i % 20 == 0 ? Manner.FAILS_ONCE : Manner.SUCCEEDS);
        }
        SyncReport first = sync().sync(7);
        assertThat(first.nodes()).hasSize(1000);
        assertThat(first.failed()).hasSize(50).allSatisfy(node -> assertThat(node)
                .hasToString(node.node() + ": Failed: disk full"));
        SyncReport second = sync().retryFailed(first);
        assertThat(second.failed()).isEmpty();
        assertThat(second.nodes()).hasSize(1000);
        assertThat(systems.nodesOf(second.commands().get(1)))
                .containsExactlyElementsOf(
                        first.failed().stream().map(NodeOutcome::node).toList());
        for (int i = 0; i < 1000; i += 20) {
            assertThat(folder.resolve("i-%04d".formatted(i)).resolve("generation"))
                    .hasContent("7");
        }
    }

    @Test
    void aNodeThatComesUpMeanwhileIsFound() throws Exception {
        nodes(2);
        systems.afterSending(() -> node("i-late"));
        SyncReport report = sync().sync(7);
        assertThat(report.nodes()).containsKeys("i-0000", "i-0001", "i-late");
        assertThat(report.isSuccess()).isTrue();
        assertThat(systems.nodesOf(report.commands().get(1))).containsExactly("i-late");
    }

    @Test
    void aNodeThatIsNotReachedIsNoSuccess() throws Exception {
        nodes(2);
        systems.manner("i-0001", Manner.UNDELIVERABLE);
        assertThat(sync().sync(7).failed()).hasToString("[i-0001: Undeliverable]");
    }

    @Test
    void nodesOfAnotherPoolAreLeftAlone() throws Exception {
        nodes(1);
        systems.node("i-other", folder, Map.of("comfyeks/pool", "cpu"));
        assertThat(sync().nodes()).extracting(ManagedNode::id).containsExactly("i-0000");
        assertThat(sync().sync(7).nodes()).containsOnlyKeys("i-0000");
    }

    @Test
    void aDryRunSendsNothing() {
        nodes(120);
        systems.offline("i-0003");
        assertThat(sync().nodes()).hasSize(120);
        assertThat(sync().nodes().get(3)).isEqualTo(new ManagedNode("i-0003", false, "3.3.3000.0"));
        assertThat(systems.calls()).doesNotContain("SendCommand");
    }

    @Test
    void throttlingIsOnlyAPause() throws Exception {
        nodes(1);
        systems.throttle(2);
        assertThat(sync().sync(7).isSuccess()).isTrue();
    }

    @Test
    void theQuestionsGetFewer() throws Exception {
        for (int i = 0; i < 400; i++) {
            systems.node("i-" + i, folder, Map.of("comfyeks/pool", "gpu"));
            systems.manner("i-" + i, Manner.SUCCEEDS);
        }
        sync().sync(7);
        assertThat(sleeps)
                .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
                .endsWith(Duration.ofSeconds(15));
    }

    @Test
    void anInterruptCancelsTheCommand() {
        nodes(1);
        systems.manner("i-0000", Manner.NEVER_ENDS);
        interrupting = true;
        assertThatThrownBy(() -> sync().sync(7)).isInstanceOf(InterruptedException.class);
        assertThat(systems.isCancelled(systems.commandIds().get(0))).isTrue();
    }

    @Test
    void whatIsGivenNeverReachesTheTextOfACommand() {
        String steps = SyncDocument.content().substring(SyncDocument.content().indexOf("mainSteps"));
        assertThat(steps).doesNotContain("{{ Generation", "{{ Wait", "{{ Port", "{{Generation");
    }

    @Test
    void withoutTheDocumentTheCureIsNamed() {
        nodes(1);
        ModelSync other = ModelSync.of(ssm, GPU.withDocument("Missing"), time);
        assertThatThrownBy(() -> other.sync(7))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("SyncDocument.install");
    }

    @Test
    void theDocumentIsMadeOnceAndKeptUpToDate() {
        SyncDocument.install(ssm, SyncDocument.NAME);
        assertThat(systems.calls()).containsExactly("CreateDocument", "CreateDocument", "UpdateDocument");
    }

    @Test
    void reconcilingBringsInWhatFailedBefore() throws Exception {
        nodes(1);
        systems.manner("i-0000", Manner.FAILS_ONCE);
        BlockingQueue<Boolean> successes = new ArrayBlockingQueue<>(100);
        try (ModelSync.Reconciliation reconciling = sync().reconcileEvery(
                        Duration.ofMillis(1), () -> 7, report -> successes.offer(report.isSuccess()), problem -> {})) {
            assertThat(reconciling).isNotNull();
            assertThat(successes.poll(60, TimeUnit.SECONDS)).isFalse();
            assertThat(successes.poll(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> GPU.withMaxConcurrency("0")).hasMessageContaining("maxConcurrency");
        assertThatThrownBy(() -> GPU.withMaxConcurrency("150%")).hasMessageContaining("maxConcurrency");
        assertThatThrownBy(() -> GPU.withDeliveryTimeout(Duration.ofSeconds(1))).hasMessageContaining("30 s to 48 h");
        assertThatThrownBy(() -> SyncOptions.of("", "x")).hasMessageContaining("tag");
    }
}
