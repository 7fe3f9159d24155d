package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of models on a node. */
class NodeAgentTest {
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

    @Test
    void whatTheBucketHasIsCopiedWhateverItsName() throws Exception {
        Map<String, String> wanted = new TreeMap<>();
        for (String name : new String[] {
            "checkpoints/sd xl (1.0)+base%20.safetensors",
            "checkpoints/sub dir/deep/er.safetensors",
            "loras/龙😀.safetensors",
            "loras/ü&=#;,'\"$.safetensors",
            "loras/-rf.safetensors",
            "readme.txt"
        }) {
            bench.put(name, "content of " + name);
            wanted.put(name, "content of " + name);
        }
        bench.put("vae/empty.safetensors", "");
        wanted.put("vae/empty.safetensors", "");

        AgentReport report = bench.sync();

        assertThat(report.inStep()).as(report.toString()).isTrue();
        assertThat(report.copied()).hasSize(wanted.size());
        assertThat(bench.files()).isEqualTo(wanted);
        assertThat(bench.partials()).isZero();
    }

    @Test
    void aModelOfManyPartsIsCopiedWhole() throws Exception {
        byte[] content = new byte[(8 << 20) * 3 + 12345];
        new Random(1).nextBytes(content);
        bench.putProved("checkpoints/big.safetensors", content);
        AgentReport report = bench.sync();
        assertThat(report.bytes()).isEqualTo(content.length);
        assertThat(bench.files()).containsEntry("checkpoints/big.safetensors", Bench.sha256(content));
        assertThat(bench.bucket.reads).hasValue(4);
    }

    @Test
    void whatIsUnchangedIsNotTouched() throws Exception {
        bench.put("loras/a.pt", "abc");
        bench.put("loras/b.pt", "abc");
        bench.sync();
        Path file = bench.folder.resolve("loras/a.pt");
        Object before = Files.getAttribute(file, "unix:ctime");
        byte[] state = Files.readAllBytes(bench.folder.resolve(".comfyeks/copied.jsonl"));
        int reads = bench.bucket.reads.get();

        AgentReport report = bench.sync();

        assertThat(report.changed()).isFalse();
        assertThat(report.kept()).isEqualTo(2);
        assertThat(Files.getAttribute(file, "unix:ctime")).isEqualTo(before);
        assertThat(Files.readAllBytes(bench.folder.resolve(".comfyeks/copied.jsonl")))
                .isEqualTo(state);
        assertThat(bench.bucket.reads).hasValue(reads);
    }

    @Test
    void whatHasChangedIsReplacedAndWhatIsGoneIsRemoved() throws Exception {
        bench.put("loras/a.pt", "old");
        bench.put("loras/sub/b.pt", "b");
        bench.put("loras/c.pt", "c");
        bench.sync();
        bench.put("loras/a.pt", "new");
        bench.delete("loras/sub/b.pt");
        bench.put("loras/d.pt", "d");

        AgentReport report = bench.sync();

        assertThat(report.copied()).containsExactly(new ModelKey("loras/a.pt"), new ModelKey("loras/d.pt"));
        assertThat(report.removed()).containsExactly(new ModelKey("loras/sub/b.pt"));
        assertThat(report.kept()).isEqualTo(1);
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "new", "loras/c.pt", "c", "loras/d.pt", "d"));
        assertThat(bench.folder.resolve("loras/sub")).doesNotExist();
    }

    @Test
    void whatIsGoneStaysForTheGraceTime() throws Exception {
        bench.options = options -> options.grace(Duration.ofMinutes(5));
        bench.put("loras/a.pt", "a");
        bench.put("loras/b.pt", "b");
        bench.sync();
        bench.delete("loras/a.pt");
        bench.delete("loras/b.pt");
        assertThat(bench.sync().waiting()).hasSize(2);

        bench.clock.move(Duration.ofMinutes(4));
        bench.put("loras/b.pt", "b");
        assertThat(bench.sync().removed()).isEmpty();

        bench.clock.move(Duration.ofMinutes(1));
        assertThat(bench.sync().removed()).containsExactly(new ModelKey("loras/a.pt"));
        assertThat(bench.files()).isEqualTo(Map.of("loras/b.pt", "b"));
    }

    @Test
    void aClockThatIsSetBackBeginsTheGraceTimeAnew() throws Exception {
        bench.options = options -> options.grace(Duration.ofMinutes(5));
        bench.put("loras/a.pt", "a");
        bench.sync();
        bench.delete("loras/a.pt");
        bench.sync();
        bench.clock.move(Duration.ofHours(-3));
        assertThat(bench.sync().waiting()).hasSize(1);
        bench.clock.move(Duration.ofMinutes(5));
        assertThat(bench.sync().removed()).hasSize(1);
    }

    @Test
    void whatIsInUseIsNotRemoved() throws Exception {
        bench.put("loras/a.pt", "a");
        bench.sync();
        bench.delete("loras/a.pt");
        bench.inUse = Set::copyOf;
        AgentReport report = bench.sync();
        assertThat(report.waiting().get(new ModelKey("loras/a.pt"))).contains("uses it");
        bench.inUse = files -> Set.of();
        assertThat(bench.sync().removed()).hasSize(1);
        assertThat(bench.files()).isEmpty();
    }

    @Test
    void theManifestSaysWhichGenerationIsReached() throws Exception {
        bench.put("loras/a.pt", "a");
        bench.manifest(7, "");
        try (NodeAgent agent = bench.agent()) {
            assertThat(agent.sync().generation()).isEqualTo(7);
            assertThat(agent.status().generation()).isEqualTo(7);
            bench.write("loras/b.pt", "not ours");
            bench.put("loras/b.pt", "b");
            bench.manifest(8, "");
            assertThat(agent.sync().generation()).isEqualTo(8);
            assertThat(agent.status().generation()).isEqualTo(7);
        }
    }

    @Test
    void theNodeIsReadyWhenWhatItNeedsFirstIsThere() throws Exception {
        Path ready = temp.resolve("run/ready");
        bench.options = options -> options.readyFile(ready);
        bench.manifest(1, "{\"key\":\"loras/a.pt\",\"tier\":\"start\"},{\"key\":\"loras/b.pt\",\"tier\":\"demand\"}");
        bench.put("loras/a.pt", "a");
        bench.put("loras/b.pt", "b");
        bench.write("loras/a.pt", "not ours");
        try (NodeAgent agent = bench.agent()) {
            agent.sync();
            assertThat(agent.status().ready()).isFalse();
            assertThat(ready).doesNotExist();
            Files.delete(bench.folder.resolve("loras/a.pt"));
            agent.sync();
            assertThat(agent.status().ready()).isTrue();
            assertThat(ready).exists();
        }
    }

    @Test
    void aStaleReadyFileIsRemoved() throws Exception {
        Path ready = Files.writeString(temp.resolve("ready"), "from before");
        bench.options = options -> options.readyFile(ready);
        bench.put("loras/a.pt", "a");
        bench.write("loras/a.pt", "not ours");
        bench.sync();
        assertThat(ready).doesNotExist();
    }

    @Test
    void oneFolderHasOneAgent() {
        try (NodeAgent first = bench.agent()) {
            assertThatThrownBy(bench::agent)
                    .isInstanceOf(LocalFileException.class)
                    .hasMessageContaining("another agent");
            assertThat(first.status().busy()).isFalse();
        }
        bench.agent().close();
    }

    @Test
    void aBucketThatCannotBeListedTakesNothingAway() throws Exception {
        bench.put("loras/a.pt", "a");
        try (NodeAgent agent = bench.agent()) {
            agent.sync();
            bench.delete("loras/a.pt");
            bench.s3.deleteBucket(request -> request.bucket(Bench.BUCKET));
            AgentReport report = agent.sync();
            assertThat(report.problem()).contains("NoSuchBucket");
            assertThat(report.inStep()).isFalse();
            assertThat(agent.status().troubled()).isNotNull();
        }
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "a"));
    }

    @Test
    void wrongOptionsAreToldAtOnce() {
        assertThatThrownBy(() ->
                        AgentOptions.builder(temp).parallel(0).maxBytes(-1).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parallel 0")
                .hasMessageContaining("maxBytes -1");
    }
}
