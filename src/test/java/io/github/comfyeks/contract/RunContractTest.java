package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.saveImage;
import static io.github.comfyeks.suite.Graphs.sleeping;
import static io.github.comfyeks.suite.Graphs.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionEvent.NodeExecuted;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionEvent.NodesCached;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.suite.Picture;
import io.github.comfyeks.suite.RawServer;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.workflow.Workflow;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run that ends well leaves. */
class RunContractTest extends ContractTest {
    private Picture picture(OutputFile file) {
        return Picture.of(raw.view(file));
    }

    private Picture onlyPicture(Workflow workflow) {
        List<OutputFile> images = run(workflow).images();
        assertThat(images).hasSize(1);
        return picture(images.get(0));
    }

    @Test
    void aSavedImageIsNamedAndThere() {
        OutputFile file = run(graph(emptyImage("1", 24, 16, color()), saveImage("2", "1")))
                .images("2")
                .get(0);
        assertThat(file.type()).isEqualTo("output");
        assertThat(file.subfolder()).isEqualTo("contract");
        assertThat(file.filename()).endsWith(".png");
        assertThat(picture(file).isPng()).isTrue();
    }

    @Test
    void aPreviewedImageIsTemporary() {
        OutputFile file = run(quick()).images("2").get(0);
        assertThat(file.type()).isEqualTo("temp");
        assertThat(picture(file).isPng()).isTrue();
    }

    @Test
    void theImageHasTheSizeAndColourOfTheGraph() {
        int color = color();
        Picture picture = onlyPicture(graph(emptyImage("1", 24, 16, color), saveImage("2", "1")));
        assertThat(picture.width()).isEqualTo(24);
        assertThat(picture.height()).isEqualTo(16);
        assertThat(picture.rgb(0, 0)).matches(rgb -> Picture.isLike(rgb, color));
        assertThat(picture.rgb(23, 15)).isEqualTo(picture.rgb(0, 0));
    }

    @Test
    void anInvertedImageHasTheOppositeColour() {
        int color = color();
        Picture picture = onlyPicture(graph(
                emptyImage("1", 8, 8, color), node("2", "ImageInvert", "image", link("1")), previewImage("3", "2")));
        assertThat(picture.rgb(4, 4)).matches(rgb -> Picture.isLike(rgb, ~color & 0xffffff));
    }

    @ParameterizedTest
    @CsvSource({"nearest-exact, disabled", "bilinear, disabled", "area, center", "lanczos, center"})
    void aScaledImageHasItsNewSize(String method, String crop) {
        Picture picture = onlyPicture(graph(
                        emptyImage("1", 16, 8, color()),
                        node(
                                "2",
                                "ImageScale",
                                "image",
                                link("1"),
                                "upscale_method",
                                method,
                                "width",
                                30,
                                "height",
                                20),
                        previewImage("3", "2"))
                .withAddedInput("2", "crop", crop));
        assertThat(picture.width()).isEqualTo(30);
        assertThat(picture.height()).isEqualTo(20);
    }

    @Test
    void aBatchIsOneFileAnImage() {
        List<OutputFile> images = run(graph(
                        node("1", "EmptyImage", "width", 8, "height", 8, "batch_size", 3, "color", color()),
                        saveImage("2", "1")))
                .images("2");
        assertThat(images).hasSize(3);
        assertThat(images)
                .extracting(OutputFile::filename)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void imagesOfABatchKeepTheirOrder() {
        int first = color();
        int second = color();
        List<OutputFile> images = run(graph(
                        emptyImage("1", 8, 8, first),
                        emptyImage("2", 8, 8, second),
                        node("3", "ImageBatch", "image1", link("1"), "image2", link("2")),
                        previewImage("4", "3")))
                .images();
        assertThat(picture(images.get(0)).rgb(0, 0)).matches(rgb -> Picture.isLike(rgb, first));
        assertThat(picture(images.get(1)).rgb(0, 0)).matches(rgb -> Picture.isLike(rgb, second));
    }

    @Test
    void eachOutputNodeHasItsOwnFiles() {
        ExecutionResult result = run(graph(
                emptyImage("1", 8, 8, color()),
                emptyImage("2", 12, 12, color()),
                saveImage("10", "1"),
                saveImage("20", "2"),
                previewImage("30", "2")));
        assertThat(result.outputs()).containsOnlyKeys("10", "20", "30");
        assertThat(picture(result.images("10").get(0)).width()).isEqualTo(8);
        assertThat(picture(result.images("20").get(0)).width()).isEqualTo(12);
        assertThat(result.files()).hasSize(3);
        assertThat(result.images("1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"plain", "'two\nlines'", "'caf\u00e9 \u732b \ud83d\udc08'", "'\"quoted\" \\ {json: [1]}'"})
    void textOutputsArriveAsTheyAre(String text) {
        String unique = text + " " + color();
        ExecutionResult result = run(graph(text("5", unique)));
        assertThat(result.texts()).containsExactly(unique);
        assertThat(result.node("5").orElseThrow().texts()).containsExactly(unique);
        assertThat(result.files()).isEmpty();
    }

    @Test
    void textNodesWorkTogether() {
        String name = "n" + color();
        ExecutionResult result = run(graph(
                node("1", "PrimitiveString", "value", name),
                node("2", "StringConcatenate", "string_a", link("1"), "string_b", "b", "delimiter", "-"),
                node("3", "PreviewAny", "source", link("2"))));
        assertThat(result.texts()).containsExactly(name + "-b");
    }

    @Test
    void aNumberCanComeFromANode() {
        Picture picture = onlyPicture(graph(
                node("1", "PrimitiveInt", "value", 20),
                node("2", "EmptyImage", "width", link("1"), "height", 8, "batch_size", 1, "color", color()),
                previewImage("3", "2")));
        assertThat(picture.width()).isEqualTo(20);
    }

    @Test
    void aNodeWithNothingToShowLeavesNoOutput() {
        ExecutionResult result = run(sleeping(1, 0.01));
        assertThat(result.outputs()).isEmpty();
        assertThat(result.confirmed()).isTrue();
    }

    @Test
    void outputsThatAreNoFilesAreKept() {
        ExecutionResult result = run(
                graph(emptyImage("1", 8, 8, color()), node("2", "ProbeEvent", "image", link("1"), "to_all", false)));
        assertThat(result.node("2")).isPresent();
        assertThat(result.files()).isEmpty();
    }

    @Test
    void theResultIsThatOfTheHistory() {
        ExecutionResult result = run(quick());
        JsonNode entry = raw.history(result.promptId());
        assertThat(entry.path("status").path("status_str").asText()).isEqualTo("success");
        assertThat(entry.path("outputs")
                        .path("2")
                        .path("images")
                        .path(0)
                        .path("filename")
                        .asText())
                .isEqualTo(result.images().get(0).filename());
        assertThat(result.confirmed()).isTrue();
        assertThat(entry.path("prompt").path(3).path("client_id").asText())
                .isEqualTo(result.ref().clientId());
    }

    @Test
    void theServerSaysWhenItBeganAndEnded() {
        ExecutionResult result = run(sleeping(4, 0.05));
        assertThat(result.startedAt()).isPresent();
        assertThat(result.endedAt()).isPresent();
        assertThat(result.elapsed().orElseThrow().toMillis()).isBetween(150L, 60_000L);
    }

    @Test
    void aSecondRunOfTheSameGraphIsCachedAndHasTheSameFiles() {
        for (int attempt = 0; ; attempt++) {
            Workflow workflow = graph(emptyImage("1", 8, 8, color()), saveImage("2", "1"));
            Recorder recorder = new Recorder();
            try (Execution first = client.queue(workflow);
                    Execution second = client.queue(
                            workflow, QueueOptions.builder().listener(recorder).build())) {
                ExecutionResult before = first.await(LIMIT);
                ExecutionResult after = second.await(LIMIT);
                assertThat(after.images()).hasSize(1);
                if (after.cachedNodes().isEmpty() && attempt < 5) {
                    continue; // somebody else's run came between and took the cache
                }
                List<ExecutionEvent> events = recorder.awaitAll();
                assertThat(after.cachedNodes()).containsExactlyInAnyOrder("1", "2");
                assertThat(after.images().get(0).filename())
                        .isEqualTo(before.images().get(0).filename());
                assertThat(only(events, NodeStarted.class)).isEmpty();
                assertThat(only(events, NodesCached.class)).hasSize(1);
                assertThat(only(events, NodeExecuted.class))
                        .extracting(NodeExecuted::nodeId)
                        .containsExactly("2");
                return;
            }
        }
    }

    @Test
    void theGraphIsInThePng() {
        Workflow workflow = graph(emptyImage("1", 8, 8, color()), saveImage("2", "1"));
        Map<String, String> texts = onlyPicture(workflow).texts();
        assertThat(Workflow.parse(texts.getOrDefault("prompt", ""))).isEqualTo(workflow);
        assertThat(texts).doesNotContainKey("workflow");
    }

    @Test
    void theEditorsWorkflowIsInThePng() {
        String title = "\u732b " + color();
        Workflow workflow = graph(emptyImage("1", 8, 8, color()), saveImage("2", "1"))
                .withUiWorkflow(Map.of("nodes", List.of(), "title", title, "version", 0.4));
        JsonNode drawn = RawServer.json(onlyPicture(workflow).texts().getOrDefault("workflow", ""));
        assertThat(drawn.path("title").asText()).isEqualTo(title);
        assertThat(drawn.path("version").asDouble()).isEqualTo(0.4);
    }

    @Test
    void extraDataReachesTheServer() {
        ExecutionResult result = run(
                quick(),
                QueueOptions.builder().extraData("note", Map.of("a", 1)).build());
        assertThat(raw.history(result.promptId())
                        .path("prompt")
                        .path(3)
                        .path("note")
                        .path("a")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "none, LatentPreviewMethod.NoPreviews",
        "auto, LatentPreviewMethod.Auto",
        "latent2rgb, LatentPreviewMethod.Latent2RGB",
        "taesd, LatentPreviewMethod.TAESD"
    })
    void thePreviewMethodHoldsForOneRun(String method, String seen) {
        ServerUnderTest.needsVersion("0.8.0", "it takes no preview method with a prompt");
        ExecutionResult result = run(
                graph(node("1", "ProbePreviewMethod", "seed", color())),
                QueueOptions.builder().previewMethod(method).build());
        assertThat(result.texts()).containsExactly(seen);
    }

    private static Workflow twoOutputs() {
        return graph(
                emptyImage("1", 8, 8, color()),
                previewImage("2", "1"),
                emptyImage("11", 8, 8, color()),
                previewImage("12", "11"));
    }

    @Test
    void onlyTheTargetsRun() {
        QueueOptions options = QueueOptions.builder().targets("12").build();
        assertThat(run(twoOutputs(), options).outputs()).containsOnlyKeys("12");
    }

    @Test
    void targetsThatAreNoOutputsAreIgnored() {
        QueueOptions options = QueueOptions.builder().targets("1", "2", "99").build();
        assertThat(run(twoOutputs(), options).outputs()).containsOnlyKeys("2");
    }

    @Test
    void theTwinOfATargetIsToldByOldServersOnly() {
        Workflow workflow = graph(emptyImage("1", 8, 8, color()), previewImage("2", "1"), previewImage("3", "1"));
        assertThat(run(workflow, QueueOptions.builder().targets("3").build()).outputs())
                .containsOnlyKeys(ServerUnderTest.isAtLeast("0.8.0") ? new String[] {"3"} : new String[] {"2", "3"});
    }

    @Test
    void whatLiesOutsideTheTargetsIsNotChecked() {
        Workflow workflow = graph(
                emptyImage("1", 8, 8, color()),
                previewImage("2", "1"),
                emptyImage("3", 0, 8, 1),
                previewImage("4", "3"));
        assertThat(run(workflow, QueueOptions.builder().targets("2").build()).outputs())
                .containsOnlyKeys("2");
    }

    @Test
    void valuesAreBentToTheTypeOfTheInput() {
        Workflow workflow = graph(emptyImage("1", 8, 8, color()), previewImage("2", "1"))
                .withInput("1", "width", "12")
                .withInput("1", "height", 9.7);
        ExecutionResult result = run(workflow);
        Picture picture = picture(result.images().get(0));
        assertThat(picture.width()).isEqualTo(12);
        assertThat(picture.height()).isEqualTo(9);
        JsonNode inputs =
                raw.history(result.promptId()).path("prompt").path(2).path("1").path("inputs");
        assertThat(inputs.path("width").isInt()).isTrue();
    }

    @Test
    void theLargestSeedSurvives() {
        BigInteger seed = new BigInteger("18446744073709551615");
        ExecutionResult result = run(sleeping(1, 0.01).withInput("1", "seed", seed));
        assertThat(raw.history(result.promptId())
                        .path("prompt")
                        .path(2)
                        .path("1")
                        .path("inputs")
                        .path("seed")
                        .bigIntegerValue())
                .isEqualTo(seed);
    }

    @Test
    void idsOfNodesCanBeAnyText() {
        Workflow workflow =
                graph(emptyImage("gr\u00f6\u00dfe", 8, 8, color()), previewImage("zeig es!", "gr\u00f6\u00dfe"));
        assertThat(run(workflow).outputs()).containsOnlyKeys("zeig es!");
    }

    @Test
    void aListAsAValueArrives() {
        ServerUnderTest.needsVersion("0.33.0", "0.8.0 refuses every list for a multiselect, 0.3.64 does not look");
        Workflow workflow = graph(probeTypes()).withAddedInput("1", "m", List.of("a", "c"));
        assertThat(run(workflow).texts().get(0)).contains("('m', ['a', 'c'])");
    }

    @Test
    void everyKindOfLiteralArrives() {
        assertThat(run(graph(probeTypes())).texts().get(0))
                .contains("('b', False)", "('c', 'b')", "('f', 0.25)", "('i', 4)", "('n', 2)", "('s', 'text')");
    }

    private static io.github.comfyeks.workflow.WorkflowNode probeTypes() {
        return node("1", "ProbeTypes", "i", 4, "f", 0.25, "b", false, "s", "text", "c", "b", "n", 2, "o", color());
    }

    @Test
    void inputsOfADynamicChoiceArrive() {
        ServerUnderTest.needsVersion("0.8.0", "it has no dynamic inputs");
        ExecutionResult result =
                run(graph(node("1", "ProbeDyn", "mode", "two", "mode.name", "x" + color(), "mode.inner", "x"))
                        .withAddedInput("1", "mode.inner.f", 0.75));
        assertThat(result.texts().get(0)).contains("0.75", "two");
    }

    @Test
    void inputsThatGrowArrive() {
        ServerUnderTest.needsVersion("0.8.0", "it has no dynamic inputs");
        int value = color();
        ExecutionResult result = run(graph(node("1", "ProbeGrow", "vals.v0", value, "vals.v1", 2, "vals.v2", 3)));
        assertThat(result.texts().get(0)).contains("'v0': " + value, "'v1': 2", "'v2': 3");
    }

    @Test
    void aWorkflowReadFromItsOwnTextRunsAlike() {
        Workflow workflow = quick();
        Workflow again = Workflow.parse(workflow.toJson());
        assertThat(run(again).images()).hasSize(1);
        assertThat(again).isEqualTo(workflow);
    }
}
