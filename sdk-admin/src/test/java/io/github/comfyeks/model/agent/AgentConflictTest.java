package io.github.comfyeks.model.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What others put into the folder stays, and nothing outside of it is ever touched. */
class AgentConflictTest {
    private static final ModelKey A = new ModelKey("loras/a.pt");

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
    void othersFilesStay() throws Exception {
        bench.write("loras/theirs.pt", "theirs");
        bench.write("loras/put_loras_here", "");
        bench.put("loras/a.pt", "a");
        bench.sync();
        bench.delete("loras/a.pt");
        bench.sync();
        assertThat(bench.files()).isEqualTo(Map.of("loras/theirs.pt", "theirs", "loras/put_loras_here", ""));
    }

    @Test
    void anotherFileInAModelsPlaceIsToldAndStays() throws Exception {
        bench.write("loras/a.pt", "theirs");
        bench.put("loras/a.pt", "ours");
        AgentReport report = bench.sync();
        assertThat(report.conflicts().get(A)).contains("not the agent's");
        assertThat(report.inStep()).isFalse();
        assertThat(bench.sync().conflicts()).hasSize(1);
        bench.delete("loras/a.pt");
        assertThat(bench.sync().conflicts()).isEmpty();
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "theirs"));
    }

    @Test
    void theSameFileIsNoConflictAndIsNeitherReadAgainNorRemoved() throws Exception {
        bench.write("loras/a.pt", "same");
        bench.put("loras/a.pt", "same");
        AgentReport report = bench.sync();
        assertThat(report.inStep()).isTrue();
        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.bytes()).isZero();
        bench.delete("loras/a.pt");
        assertThat(bench.sync().changed()).isFalse();
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "same"));
    }

    @Test
    void aCopyThatSomebodyChangedIsTheirs() throws Exception {
        bench.put("loras/a.pt", "ours");
        bench.sync();
        bench.write("loras/a.pt", "changed by hand");
        assertThat(bench.sync().conflicts()).containsOnlyKeys(A);
        bench.delete("loras/a.pt");
        bench.sync();
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "changed by hand"));
    }

    @Test
    void aCopyThatSomebodyRemovedComesBack() throws Exception {
        bench.put("loras/a.pt", "ours");
        bench.sync();
        Files.delete(bench.folder.resolve("loras/a.pt"));
        assertThat(bench.sync().copied()).containsExactly(A);
    }

    @Test
    void aFilePutThereWhileItsModelIsReadStays() throws Exception {
        bench.put("loras/a.pt", "ours");
        bench.bucket.reading = (request, real) -> {
            try {
                bench.write("loras/a.pt", "theirs");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return real.get();
        };
        assertThat(bench.sync().failed().get(A)).contains("something else");
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "theirs"));
    }

    @Test
    void noLinkIsFollowed() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("a.pt"), "precious");
        Files.createDirectories(bench.folder);
        Files.createSymbolicLink(bench.folder.resolve("loras"), outside);
        Files.createDirectories(bench.folder.resolve("vae"));
        Files.createSymbolicLink(bench.folder.resolve("vae/a.pt"), outside.resolve("a.pt"));
        bench.put("loras/a.pt", "evil");
        bench.put("loras/b.pt", "evil");
        bench.put("vae/a.pt", "evil");
        bench.put("vae/good.pt", "good");

        AgentReport report = bench.sync();

        assertThat(report.conflicts().get(A)).isEqualTo("loras is a link");
        assertThat(report.conflicts().get(new ModelKey("vae/a.pt"))).contains("a link");
        assertThat(report.copied()).containsExactly(new ModelKey("vae/good.pt"));
        assertThat(Files.readString(outside.resolve("a.pt"))).isEqualTo("precious");
        assertThat(outside.resolve("b.pt")).doesNotExist();
    }

    /** Objects that the server on a folder cannot hold, and that S3 can. */
    private void alsoListed(String... names) {
        bench.bucket.listing = real -> {
            List<S3Object> all = new ArrayList<>(real.contents());
            for (String name : names) {
                all.add(S3Object.builder()
                        .key(name)
                        .size(4L)
                        .eTag("\"900150983cd24fb0d6963f7d28e17f72\"")
                        .build());
            }
            return real.toBuilder().contents(all).build();
        };
    }

    @Test
    void hostileNamesAreToldAndStopNothing() throws Exception {
        String[] names = {
            "../evil.safetensors",
            "checkpoints/../../evil.safetensors",
            "/abs.safetensors",
            "checkpoints/CON.safetensors"
        };
        alsoListed(names);
        bench.put("checkpoints/good.safetensors", "good");
        AgentReport report = bench.sync();
        assertThat(report.refused()).containsOnlyKeys(names);
        assertThat(report.inStep()).isTrue();
        assertThat(bench.files()).isEqualTo(Map.of("checkpoints/good.safetensors", "good"));
        assertThat(temp.resolve("evil.safetensors")).doesNotExist();
    }

    @Test
    void aModelThatIsTheFolderOfAnotherIsTold() throws Exception {
        bench.put("loras/a.pt/b.pt", "deep");
        alsoListed("loras/a.pt");
        AgentReport report = bench.sync();
        assertThat(report.conflicts()).containsOnlyKeys(A);
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt/b.pt", "deep"));
    }

    @Test
    void aListedModelThatCannotBeReadStopsNoOther() throws Exception {
        alsoListed("loras/ghost.pt");
        bench.put("loras/a.pt", "a");
        AgentReport report = bench.sync();
        assertThat(report.failed()).containsOnlyKeys(new ModelKey("loras/ghost.pt"));
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt", "a"));
    }

    @Test
    void aFolderOfOthersInAModelsPlaceIsTold() throws Exception {
        bench.write("loras/a.pt/b.pt", "theirs");
        bench.put("loras/a.pt", "ours");
        assertThat(bench.sync().conflicts().get(A)).contains("a folder");
        assertThat(bench.files()).isEqualTo(Map.of("loras/a.pt/b.pt", "theirs"));
    }

    @Test
    void aModelMayBecomeAFolderAndBackAgain() throws Exception {
        bench.put("loras/a", "file");
        bench.sync();
        bench.delete("loras/a");
        bench.put("loras/a/b/c.pt", "deep");
        assertThat(bench.sync().inStep()).isTrue();
        assertThat(bench.files()).isEqualTo(Map.of("loras/a/b/c.pt", "deep"));
        bench.delete("loras/a/b/c.pt");
        bench.put("loras/a", "file");
        assertThat(bench.sync().inStep()).isTrue();
        assertThat(bench.files()).isEqualTo(Map.of("loras/a", "file"));
    }
}
