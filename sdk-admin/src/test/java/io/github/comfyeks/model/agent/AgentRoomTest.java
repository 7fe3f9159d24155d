package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that may hold 30 bytes of models, each of which has 10. */
class AgentRoomTest {
    private static final String TEN = "0123456789";

    @TempDir
    private Path temp;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(temp);
        bench.options = options -> options.maxBytes(30);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void put(String... names) {
        for (String name : names) {
            bench.put(name, TEN);
        }
    }

    /** As if the file system had noted it. */
    private void usedAt(String name, Duration afterStart) throws IOException {
        FileTime time = FileTime.from(bench.clock.instant().plus(afterStart));
        Files.getFileAttributeView(bench.folder.resolve(name), BasicFileAttributeView.class)
                .setTimes(null, time, null);
    }

    @Test
    void whatDoesNotFitIsLeftOut() throws Exception {
        put("a", "b", "c", "d");
        AgentReport report = bench.sync();
        assertThat(report.skipped()).containsOnlyKeys(new ModelKey("d"));
        assertThat(report.inStep()).isTrue();
        assertThat(bench.files()).containsOnlyKeys("a", "b", "c");
        assertThat(bench.sync().changed()).isFalse();
    }

    @Test
    void theLeastRecentlyUsedMakesRoomForANewOneAndDoesNotComeBack() throws Exception {
        put("a", "b", "c");
        bench.sync();
        usedAt("a", Duration.ofHours(3));
        usedAt("b", Duration.ofHours(1));
        usedAt("c", Duration.ofHours(2));
        put("d");
        AgentReport report = bench.sync();
        assertThat(report.evicted()).containsExactly(new ModelKey("b"));
        assertThat(report.copied()).containsExactly(new ModelKey("d"));
        assertThat(report.kept()).isEqualTo(2);
        assertThat(bench.sync().changed()).isFalse();
        assertThat(bench.files()).containsOnlyKeys("a", "c", "d");
    }

    @Test
    void whatWasEvictedComesBackWhenThereIsRoom() throws Exception {
        put("a", "b", "c", "d");
        bench.sync();
        bench.delete("a");
        assertThat(bench.sync().copied()).containsExactly(new ModelKey("d"));
    }

    @Test
    void whatIsPinnedOrNeededFirstIsNeverEvictedAndMakesRoom() throws Exception {
        put("a", "b", "c", "d");
        bench.sync();
        bench.manifest(1, "{\"key\":\"d\",\"tier\":\"start\"},{\"key\":\"a\",\"pin\":true}");
        usedAt("a", Duration.ofHours(1));
        usedAt("b", Duration.ofHours(2));
        usedAt("c", Duration.ofHours(3));
        AgentReport report = bench.sync();
        assertThat(report.evicted()).containsExactly(new ModelKey("b"));
        assertThat(bench.files()).containsOnlyKeys("a", "c", "d");
    }

    @Test
    void moreThanFitsCannotBeNeededFirst() throws Exception {
        put("a", "b", "c", "d");
        bench.manifest(
                1,
                "{\"key\":\"a\",\"tier\":\"start\"},{\"key\":\"b\",\"tier\":\"start\"},"
                        + "{\"key\":\"c\",\"tier\":\"start\"},{\"key\":\"d\",\"tier\":\"start\"}");
        try (NodeAgent agent = bench.agent()) {
            assertThat(agent.sync().failed()).containsOnlyKeys(new ModelKey("d"));
            assertThat(agent.status().ready()).isFalse();
        }
    }

    @Test
    void whatIsInUseIsNotEvicted() throws Exception {
        put("a", "b", "c");
        bench.sync();
        usedAt("a", Duration.ofHours(1));
        usedAt("b", Duration.ofHours(2));
        usedAt("c", Duration.ofHours(3));
        bench.inUse = files -> Set.of(bench.folder.resolve("a"));
        put("d");
        assertThat(bench.sync().evicted()).containsExactly(new ModelKey("b"));
    }

    @Test
    void aModelThatIsGoneMakesRoomBeforeItsGraceTimeIsOver() throws Exception {
        bench.options = options -> options.maxBytes(30).grace(Duration.ofHours(1));
        put("a", "b", "c");
        bench.sync();
        bench.delete("c");
        put("d");
        AgentReport report = bench.sync();
        assertThat(report.evicted()).containsExactly(new ModelKey("c"));
        assertThat(report.copied()).containsExactly(new ModelKey("d"));
    }

    @Test
    void othersFilesDoNotCount() throws Exception {
        bench.write("theirs", TEN.repeat(100));
        put("a", "b", "c");
        assertThat(bench.sync().copied()).hasSize(3);
    }
}
