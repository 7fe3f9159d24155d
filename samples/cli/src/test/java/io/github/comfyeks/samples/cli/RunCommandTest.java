package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.testing.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FakeComfyExtension.class)
@Timeout(60)
class RunCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SEEDED = """
            {"1": {"class_type": "ProbeSleep", "inputs": {"steps": 1, "delay": 0.001, "preview": "none", "seed": 18446744073709551614}},
             "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "seeded"}}}""";
    private static final String ENDLESS = """
            {"1": {"class_type": "ProbeSleep", "inputs": {"steps": 1000, "delay": 0.05, "preview": "none", "seed": 1}},
             "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""";

    @TempDir
    Path folder;

    private Path workflow = Path.of("");

    @BeforeEach
    void write() throws IOException {
        workflow = Cli.file(folder, "castle.json", Cli.PICTURE);
    }

    @Test
    void savesThePictureAndTheRecord(FakeComfyServer server) throws IOException {
        Path out = folder.resolve("out");

        Cli done = Cli.ok(server.uri(), "run", workflow.toString(), "--out", out.toString());

        assertThat(out.resolve("castle_00001_.png")).exists();
        JsonNode record = JSON.readTree(out.resolve("run.json").toFile());
        assertThat(record.at("/outputs/0/file").asText()).isEqualTo("castle_00001_.png");
        assertThat(record.at("/outputs/0/sha256").asText()).hasSize(64);
        assertThat(record.at("/workflow/2/class_type").asText()).isEqualTo("SaveImage");
        assertThat(done.lines()).anyMatch(line -> line.contains("node 2 SaveImage"));
        assertThat(done.lines()).contains(out.resolve("run.json").toString());
    }

    @Test
    void aRelativeFolderWillDo(FakeComfyServer server) throws IOException {
        Path out = Path.of("target", "relative-" + server.port());

        Cli.ok(server.uri(), "run", workflow.toString(), "--out", out.toString());

        assertThat(JSON.readTree(out.resolve("run.json").toFile())
                        .at("/outputs/0/file")
                        .asText())
                .isEqualTo("castle_00001_.png");
    }

    @Test
    void withoutAFolderItNamesTheFilesOnTheServer(FakeComfyServer server) throws IOException {
        Cli done = Cli.ok(server.uri(), "run", workflow.toString());

        assertThat(done.lines()).last().asString().contains("output").contains("castle_00001_.png");
        assertThat(listing(folder)).containsExactly("castle.json");
    }

    @Test
    void jsonLinesTellTheRunFromQueueToRecord(FakeComfyServer server) {
        Path out = folder.resolve("out");

        Cli done = Cli.ok(server.uri(), "run", workflow.toString(), "--json", "--out", out.toString());

        String id = server.submissions().get(0).promptId();
        assertThat(done.json().get(0).path("event").asText()).isEqualTo("queued");
        assertThat(done.event("queued").path("id").asText()).isEqualTo(id);
        assertThat(done.event("queued").path("ref").asText())
                .startsWith(server.uri().toString())
                .contains(id);
        assertThat(done.events("node"))
                .extracting(node -> node.path("node").asText())
                .containsExactly("1", "2");
        JsonNode ended = done.event("ended");
        assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("seconds").isNumber()).isTrue();
        JsonNode saved = done.event("saved");
        assertThat(saved.path("node").asText()).isEqualTo("2");
        assertThat(Path.of(saved.path("file").asText()))
                .hasSize(saved.path("bytes").asLong());
        assertThat(saved.path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(Path.of(done.event("record").path("file").asText())).exists();
    }

    @Test
    void nothingOfTheRunIsToldAfterItsEnd(FakeComfyServer server) {
        Cli done = Cli.ok(server.uri(), "run", workflow.toString(), "--json");

        List<String> events =
                done.json().stream().map(node -> node.path("event").asText()).toList();
        assertThat(events.subList(events.indexOf("ended"), events.size())).containsExactly("ended", "output");
    }

    @Test
    void progressIsToldInJson(FakeComfyServer server) throws IOException {
        Path seeded = Cli.file(folder, "seeded.json", SEEDED.replace("\"steps\": 1", "\"steps\": 5"));
        server.stepTime(Duration.ofMillis(120)); // a server tells of a step every 100 ms at most

        Cli done = Cli.ok(server.uri(), "run", seeded.toString(), "--json");

        assertThat(done.events("progress")).isNotEmpty().allSatisfy(step -> {
            assertThat(step.path("node").asText()).isEqualTo("1");
            assertThat(step.path("max").asInt()).isEqualTo(5);
            assertThat(step.path("fraction").asDouble()).isBetween(0.0, 1.0);
        });
    }

    @Test
    void setsInputsAsNumbersWhereTheyAreAndAsTextElse(FakeComfyServer server) throws IOException {
        Cli.ok(
                server.uri(),
                "run",
                workflow.toString(),
                "--set",
                "1.width=64",
                "--set",
                "2.filename_prefix=a castle = 1.5 towers");

        JsonNode sent = JSON.readTree(server.submissions().get(0).graph());
        assertThat(sent.at("/1/inputs/width").isInt()).isTrue();
        assertThat(sent.at("/1/inputs/width").asInt()).isEqualTo(64);
        assertThat(sent.at("/2/inputs/filename_prefix").asText()).isEqualTo("a castle = 1.5 towers");
    }

    @Test
    void aSettingWithoutNodeAndInputIsWrongUsage(FakeComfyServer server) {
        for (String wrong : List.of("text=castle", "6.text", ".text=1", "6.=1")) {
            Cli.on(server.uri(), "run", workflow.toString(), "--set", wrong).failed(2, "--set " + wrong);
        }
        assertThat(server.submissions()).isEmpty();
    }

    @Test
    void aSettingOfNoNodeOrInputIsAWrongWorkflow(FakeComfyServer server) {
        Cli.on(server.uri(), "run", workflow.toString(), "--set", "9.width=1").failed(4, "no node \"9\"");
        Cli.on(server.uri(), "run", workflow.toString(), "--set", "1.widht=1").failed(4, "\"widht\"", "\"width\"");
        assertThat(server.submissions()).isEmpty();
    }

    @Test
    void aMissingFileIsWrongUsage(FakeComfyServer server) {
        Cli.on(server.uri(), "run", folder.resolve("none.json").toString()).failed(2, "none.json", "there is no file");
        Cli.on(server.uri(), "run", folder.toString()).failed(2, "folder");
        Cli.on(server.uri(), "run").failed(2, "WORKFLOW", "comfyeks run --help");
    }

    @Test
    void optionsThatMakeNoSenseAreWrongUsage(FakeComfyServer server) throws IOException {
        String file = workflow.toString();
        Cli.on(server.uri(), "run", file, "--count", "0").failed(2, "--count");
        Cli.on(server.uri(), "run", file, "--in-flight", "0").failed(2, "--in-flight");
        Cli.on(server.uri(), "run", file, "--preview").failed(2, "--out");
        Cli.on(server.uri(), "run", file, "--timeout", "soon").failed(2, "'soon' is no duration");
        Cli.on(server.uri(), "run", file, "--out", file).failed(2, "is no folder");
        Cli.on(server.uri(), "run", file, "--bogus").failed(2, "--bogus");
        assertThat(server.submissions()).isEmpty();
    }

    @Test
    void whatIsNoWorkflowIsRefusedBeforeAnythingIsSent(FakeComfyServer server) throws IOException {
        Path broken = Cli.file(folder, "broken.json", "{\"1\":");
        Cli.on(server.uri(), "run", broken.toString()).failed(4, "broken.json", "line 1");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatAnArtistDrewRunsToo(FakeComfyServer server) throws IOException {
        Path drawn = Cli.file(folder, "drawn.json", """
                {"version": 0.4, "last_node_id": 2, "links": [[1, 1, 0, 2, 0, "IMAGE"]], "nodes": [
                  {"id": 1, "type": "EmptyImage", "widgets_values": [64, 32, 1, 255]},
                  {"id": 2, "type": "SaveImage", "widgets_values": ["drawn"],
                   "inputs": [{"name": "images", "type": "IMAGE", "link": 1}]}]}""");
        Path out = folder.resolve("out");
        Cli.ok(server.uri(), "run", drawn.toString(), "--set", "EmptyImage.width=48", "--out", out.toString());
        assertThat(out.resolve("drawn_00001_.png")).exists();
    }

    @Test
    void whatTheServerRejectsIsAWrongWorkflow(FakeComfyServer server) throws IOException {
        Path unknown = Cli.file(folder, "unknown.json", Cli.PICTURE.replace("EmptyImage", "EmptyImagee"));
        Path out = folder.resolve("out");

        Cli.on(server.uri(), "run", unknown.toString(), "--out", out.toString()).failed(4, "EmptyImagee");
        Cli.on(server.uri(), "run", workflow.toString(), "--set", "1.width=-5", "--out", out.toString())
                .failed(4, "node 1 (EmptyImage) width", "-5");
        Cli.on(server.uri(), "run", workflow.toString(), "--set", "1.width=-5", "--set", "1.height=-6")
                .failed(4, "2 reasons", "width", "height");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFailingNodeIsNamedAndLeavesNothing(FakeComfyServer server) throws IOException {
        server.node("EmptyImage", run -> run.fail("torch.OutOfMemoryError", "out of memory\nby 3 GiB"));
        Path out = folder.resolve("out");

        Cli done = Cli.on(server.uri(), "run", workflow.toString(), "--json", "--out", out.toString());

        done.failed(5, "node 1 (EmptyImage)", "torch.OutOfMemoryError");
        assertThat(done.event("ended").path("state").asText()).isEqualTo("FAILED");
        assertThat(done.event("ended").path("error").asText()).contains("out of memory");
        assertThat(listing(folder)).containsExactly("castle.json");
    }

    @Test
    void anOutputThatCannotBeHadLeavesNoHalfFileAndNoRecord(FakeComfyServer server) throws IOException {
        server.answer("GET", "/view", 404, "text/plain", "not found");
        Path out = folder.resolve("out");

        Cli.on(server.uri(), "run", workflow.toString(), "--out", out.toString())
                .failed(3, "castle_00001_.png");

        if (Files.exists(out)) {
            assertThat(listing(out)).isEmpty();
        }
    }

    @Test
    void theTimeoutInterruptsTheRun(FakeComfyServer server) throws Exception {
        Path endless = Cli.file(folder, "endless.json", ENDLESS);
        Path out = folder.resolve("out");

        Cli.on(server.uri(), "run", endless.toString(), "--timeout", "300ms", "--out", out.toString())
                .failed(6, server.submissions().get(0).promptId());

        assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
        assertThat(server.runs().get(0).executedNodes()).doesNotContain("2");
        assertThat(out).doesNotExist();
    }

    @Test
    void countRunsItAgainWithOtherSeeds(FakeComfyServer server) throws IOException {
        Path seeded = Cli.file(folder, "seeded.json", SEEDED);
        Path out = folder.resolve("out");

        Cli.ok(server.uri(), "run", seeded.toString(), "--count", "3", "--in-flight", "1", "--out", out.toString());

        assertThat(seeds(server)).containsExactly("0", "18446744073709551614", "18446744073709551615");
        for (int i = 1; i <= 3; i++) {
            assertThat(out.resolve(i + "/run.json")).exists();
        }
        assertThat(server.runs()).allSatisfy(run -> assertThat(run.started()).isEqualTo(1));
    }

    @Test
    void noMoreThanWasAskedAreInFlight(FakeComfyServer server) throws Exception {
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.node("ProbeSleep", run -> {
            most.accumulateAndGet(server.submissions().size() - ended.getAndIncrement(), Math::max);
            run.runNormally();
        });
        Path seeded = Cli.file(folder, "seeded.json", SEEDED);

        Cli.ok(server.uri(), "run", seeded.toString(), "--count", "6", "--in-flight", "2");

        assertThat(server.runs()).hasSize(6);
        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void oneFailureOfManyIsTheExitAndTheOthersAreSaved(FakeComfyServer server) throws IOException {
        server.node("ProbeSleep", run -> {
            if (run.input("seed").equals("0")) {
                run.fail("ValueError", "no luck");
            }
            run.runNormally();
        });
        Path seeded = Cli.file(folder, "seeded.json", SEEDED);
        Path out = folder.resolve("out");

        Cli.on(server.uri(), "run", seeded.toString(), "--count", "3", "--out", out.toString())
                .failed(5, "no luck");

        assertThat(listing(out)).contains("1/run.json", "2/run.json").noneMatch(name -> name.startsWith("3"));
    }

    @Test
    void previewsAreSavedBesideTheOutputs(FakeComfyServer server) throws IOException {
        Path seeded = Cli.file(
                folder, "seeded.json", SEEDED.replace("\"none\"", "\"PNG\"").replace("\"steps\": 1", "\"steps\": 3"));
        Path out = folder.resolve("out");

        Cli done = Cli.on(server.uri(), "run", seeded.toString(), "--preview", "--out", out.toString());

        assertThat(done.exit()).as(done.err()).isEqualTo(0);
        assertThat(listing(out)).anyMatch(name -> name.startsWith("preview/00001."));
    }

    @Test
    void frontIsPassedOn(FakeComfyServer server) {
        Cli.ok(server.uri(), "run", workflow.toString(), "--front");

        assertThat(Double.parseDouble(server.submissions().get(0).number())).isNotPositive();
    }

    @Test
    void droppedSocketsChangeNothing(FakeComfyServer server) throws IOException {
        server.faults().dropSocketAfterEvents(2);
        Path out = folder.resolve("out");

        Cli.ok(server.uri(), "run", workflow.toString(), "--out", out.toString());

        assertThat(server.runs()).hasSize(1);
        assertThat(listing(out)).containsExactlyInAnyOrder("castle_00001_.png", "run.json");
    }

    private static Set<String> seeds(FakeComfyServer server) {
        return server.submissions().stream()
                .map(Submission::graph)
                .map(graph -> {
                    try {
                        return JSON.readTree(graph).at("/1/inputs/seed").asText();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All files below, with '/' between names. */
    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
