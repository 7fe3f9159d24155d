package io.github.comfyeks.validation;

import static io.github.comfyeks.validation.Classes.codes;
import static io.github.comfyeks.validation.Classes.graph;
import static io.github.comfyeks.validation.Classes.image;
import static io.github.comfyeks.validation.Classes.node;
import static io.github.comfyeks.validation.Classes.preview;
import static io.github.comfyeks.validation.Classes.validate;
import static io.github.comfyeks.validation.Classes.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.validation.ServerVerdict.Objection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowValidatorTest {
    private static Map<String, @Nullable Object> types(@Nullable Object... more) {
        Map<String, @Nullable Object> node =
                node("ProbeTypes", "i", 2, "f", 1.0, "b", true, "s", "x", "c", "a", "n", 1);
        if (node.get("inputs") instanceof Map<?, ?> inputs) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>();
            inputs.forEach((name, value) -> changed.put(String.valueOf(name), value));
            for (int i = 0; i < more.length; i += 2) {
                changed.put(String.valueOf(more[i]), more[i + 1]);
            }
            node.put("inputs", changed);
        }
        return node;
    }

    @Test
    void aGoodWorkflowHasNoProblems() {
        ValidationReport report = WorkflowValidator.of(Classes.CURRENT).validate(workflow(image(64), preview("1")));
        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.isValid()).isTrue();
        assertThat(report.verdict().status()).isEqualTo(200);
        assertThat(report).hasToString("no problems");
    }

    @Test
    void aMissingModelIsNamedWithTheNearest() {
        ValidationReport report = validate(graph(
                node("CheckpointLoaderSimple", "ckpt_name", "sdxl_base.safetensors"),
                node("PreviewAny", "source", List.of("1", 0))));
        Problem problem = report.problems().get(0);
        assertThat(problem.message())
                .isEqualTo("node 1 (CheckpointLoaderSimple) ckpt_name: \"sdxl_base.safetensors\" is not a choice of the"
                        + " server; nearest: \"sd_xl_base_1.0.safetensors\"");
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_A_CHOICE);
        assertThat(problem.valueGiven()).contains("sdxl_base.safetensors");
        assertThat(problem.nearest()).containsExactly("sd_xl_base_1.0.safetensors");
        assertThat(problem.choices()).isEqualTo(1);
        assertThat(problem.certain()).isTrue();
        assertThat(report.verdict().nodeErrors())
                .containsExactly(Map.entry("1", List.of(new Objection("value_not_in_list", "ckpt_name"))));
    }

    @Test
    void allProblemsComeAtOnceAlsoBehindAnUnknownClass() {
        Map<String, @Nullable Object> named = node("KSamplr");
        named.put("_meta", Map.of("title", "my sampler"));
        ValidationReport report = validate(graph(named, image("x"), preview("2"), preview("9"), types("i", 99)));
        assertThat(codes(report.problems()))
                .containsExactly("unknown_class 1", "wrong_type 2.width", "dead_link 4.images", "out_of_range 5.i");
        assertThat(report.problems().get(0).message())
                .contains("\"my sampler\"", "no class \"KSamplr\"", "nearest: \"KSampler\"");
        assertThat(report.problems().get(3).limit()).isEqualTo(10);
        assertThat(report.verdict().error()).contains("missing_node_type");
        assertThat(report.verdict().nodeErrors()).isEmpty();
    }

    @Test
    void whatNoOutputNeedsIsOnlyWarnedOf() {
        ValidationReport report =
                validate(graph(image(64), preview("1"), image("x"), node("ImageInvert", "image", List.of("3", 0))));
        assertThat(report.isValid()).isTrue();
        assertThat(codes(report.warnings()))
                .containsExactly("wrong_type 3.width", "feeds_nothing 3", "feeds_nothing 4");
    }

    @Test
    void aBrokenOutputBesideAGoodOneRunsInPart() {
        ValidationReport report = validate(graph(image(64), preview("1"), node("PreviewImage")));
        assertThat(report.isValid()).isFalse();
        assertThat(report.verdict().isPartial()).isTrue();
        assertThat(report.verdict().error()).isEmpty();
        assertThat(codes(report.problems())).containsExactly("missing_input 3.images");
    }

    @Test
    void targetsLimitWhatIsChecked() {
        WorkflowValidator validator = WorkflowValidator.of(Classes.CURRENT);
        var workflow = workflow(image(64), preview("1"), node("PreviewImage"));
        assertThat(validator.validate(workflow, List.of("2")).isValid()).isTrue();
        assertThat(validator.validate(workflow, List.of("1")).verdict().error()).contains("prompt_no_outputs");
        assertThat(validator.validate(workflow, List.of("1")).problems().get(0).message())
                .contains("none of the targets [1]");
    }

    @Test
    void cyclesAreShownWithTheirPath() {
        ValidationReport report = validate(graph(
                node("ImageInvert", "image", List.of("2", 0)),
                node("ImageInvert", "image", List.of("1", 0)),
                preview("1")));
        assertThat(codes(report.problems())).containsExactly("cycle 1");
        assertThat(report.problems().get(0).message()).contains("1 -> 2 -> 1");
        assertThat(report.verdict().nodeErrors().keySet()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void dataThatIsNoGraphIsToldApart() {
        Map<String, Object> graph = new LinkedHashMap<>(graph(image(64), preview("1")));
        graph.put("3", "node");
        graph.put("4", Map.of("inputs", Map.of()));
        ValidationReport report = validate(graph);
        assertThat(codes(report.problems())).containsExactly("malformed_node 3", "unknown_class 4");
        assertThat(report.verdict().status()).isEqualTo(500);
        assertThat(codes(validate(Map.of()).problems())).containsExactly("no_output_node ");
    }

    @Test
    void wrongLinksSayWhatIsWrong() {
        ValidationReport report = validate(graph(
                image(64),
                node("PreviewImage", "images", List.of(1, 0)),
                node("PreviewImage", "images", List.of("1", 7)),
                node("PreviewImage", "images", List.of("1", "0")),
                node("PreviewImage", "images", List.of("1")),
                node("StringConcatenate", "string_a", List.of("1", 0), "string_b", "b", "delimiter", ""),
                node("PreviewAny", "source", List.of("6", 0))));
        assertThat(codes(report.problems()))
                .containsExactly(
                        "bad_link 2.images",
                        "dead_link 3.images",
                        "bad_link 4.images",
                        "bad_link 5.images",
                        "wrong_link_type 6.string_a");
        assertThat(report.messages().get(0)).contains("write [\"1\", 0]");
        assertThat(report.messages().get(1)).contains("output 7 of node 1 (EmptyImage), which has one output, 0");
        assertThat(report.messages().get(4))
                .contains("wants STRING, but output 0 (IMAGE) of node 1 (EmptyImage) gives IMAGE");
    }

    @Test
    void whatTheServerBendsIsWarnedOf() {
        ValidationReport report =
                validate(graph(types("i", "7", "f", true, "b", "false", "s", 12, "nonsense", 1, "o", 3.9)));
        assertThat(report.isValid()).isTrue();
        assertThat(codes(report.warnings()))
                .containsExactlyInAnyOrder(
                        "text_as_number 1.i",
                        "off_step 1.i",
                        "bent_value 1.f",
                        "text_as_boolean 1.b",
                        "bent_value 1.s",
                        "unknown_input 1.nonsense",
                        "fraction_cut 1.o");
        assertThat(report.toString()).contains("warning: ", "\"false\" is taken for true");
    }

    @Test
    void sizesOffTheGridAreWarnedOfWithTheNearest() {
        ValidationReport report = validate(graph(
                node("EmptyLatentImage", "width", 1020, "height", 1024, "batch_size", 1),
                node("PreviewAny", "source", List.of("1", 0))));
        assertThat(codes(report.warnings())).containsExactly("off_step 1.width");
        assertThat(report.warnings().get(0).message()).contains("no multiple of 8; nearest: 1016, 1024");
    }

    @Test
    void valuesAndSlotsThatFailOnlyAtRunTimeAreWarnedOf() {
        ValidationReport report = validate(graph(
                image(64),
                node("PreviewImage", "images", List.of("1", -1)),
                node("PreviewImage", "images", "text"),
                node("ProbeDyn", "mode", "three"),
                node("PreviewAny", "source", List.of("4", 0)),
                node("ProbeGrow", "vals.v0", 1, "vals.v1", 2, "vals.v99", 3),
                node("PreviewAny", "source", List.of("6", 0))));
        assertThat(report.isValid()).isTrue();
        assertThat(codes(report.warnings()))
                .containsExactly(
                        "negative_slot 2.images",
                        "value_for_link 3.images",
                        "missing_option 4.mode",
                        "too_many 6.vals.v99");
    }

    @Test
    void dynamicInputsAreCheckedUnderTheirOwnNames() {
        ValidationReport report = validate(graph(
                node(
                        "ProbeDyn",
                        "mode",
                        "two",
                        "mode.name",
                        "n",
                        "mode.inner",
                        "x",
                        "mode.inner.f",
                        "y",
                        "mode.amount",
                        99),
                node("PreviewAny", "source", List.of("1", 0)),
                node("ProbeGrow", "vals.v0", "q"),
                node("PreviewAny", "source", List.of("3", 0))));
        assertThat(codes(report.problems()))
                .containsExactly("wrong_type 1.mode.inner.f", "wrong_type 3.vals.v0", "missing_input 3.vals.v1");
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void whatANodesOwnCodeDecidesIsLeftOpen() {
        ValidationReport report = validate(graph(node("LoadImage", "image", "later.png"), preview("1")));
        assertThat(report.isValid()).isTrue();
        assertThat(report.verdict().undecided()).containsExactly("1");
        assertThat(codes(report.warnings())).containsExactly("node_decides 1.image");

        ValidationReport broken = validate(graph(node("LoadImage"), preview("1")));
        assertThat(codes(broken.problems())).contains("node_check_fails 1.image");
        assertThat(broken.verdict().nodeErrors().get("1"))
                .containsExactly(new Objection("exception_during_inner_validation", "images"));
    }

    @Test
    void aValueThatACustomNodeMayTakeIsNoCertainError() {
        Problem problem = validate(graph(types("c", "zzz"))).problems().get(0);
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_A_CHOICE);
        assertThat(problem.certain()).isFalse();
    }

    @Test
    void otherServersAreCompared() {
        var other = Classes.of(FakeComfyServer.builder().checkpoints("other.safetensors"));
        WorkflowValidator validator =
                WorkflowValidator.builder(Classes.CURRENT).otherServer(other).build();
        var shown = node("PreviewAny", "source", List.of("1", 0));
        assertThat(validator
                        .validate(graph(node("CheckpointLoaderSimple", "ckpt_name", "other.safetensors"), shown))
                        .messages()
                        .get(0))
                .contains("another of the servers has it");
        assertThat(codes(validator
                        .validate(
                                graph(node("CheckpointLoaderSimple", "ckpt_name", "sd_xl_base_1.0.safetensors"), shown))
                        .warnings()))
                .containsExactly("not_on_every_server 1.ckpt_name");
        assertThat(codes(validator
                        .validate(graph(node("CheckpointLoaderSimple", "ckpt_name", "none.safetensors"), shown))
                        .warnings()))
                .containsExactly("model_on_no_server 1.ckpt_name");
    }

    @Test
    void fixedSeedsAreWarnedOfInABatchOnly() {
        Map<String, Object> graph =
                graph(node("RandomNoise", "noise_seed", 5), node("PreviewAny", "source", List.of("1", 0)));
        assertThat(validate(graph).warnings()).isEmpty();
        WorkflowValidator batch =
                WorkflowValidator.builder(Classes.CURRENT).batch().build();
        assertThat(codes(batch.validate(graph).warnings())).containsExactly("fixed_seed 1.noise_seed");
    }

    @Test
    void olderVersionsCheckLess() {
        Map<String, Object> graph = graph(types("k", "zzz"));
        assertThat(validate(graph).isValid()).isFalse();
        WorkflowValidator old = WorkflowValidator.builder(Classes.CURRENT)
                .serverVersion("0.3.64")
                .build();
        assertThat(old.validate(graph).isValid()).isTrue();
        assertThat(old.validate(graph(node("Nope"))).verdict().error()).contains("invalid_prompt");
    }

    @Test
    void whatFeedsACycleIsOpenOnServersThatRunRoundIt() {
        Map<String, Object> graph = graph(
                image(64),
                node("ImageBatch", "image1", List.of("3", 0), "image2", List.of("1", 0)),
                node("ImageInvert", "image", List.of("2", 0)),
                preview("3"));
        assertThat(of(Classes.CURRENT, "0.8.0").validate(graph).verdict().undecided())
                .containsExactly("1");
        assertThat(of(Classes.CURRENT, "0.33.0").validate(graph).verdict().undecided())
                .isEmpty();
    }

    @Test
    void anOldServerMayTakeAPlainAnyForATypeOfItsOwn() {
        NodeSchema show = NodeSchema.of(
                "Show",
                Map.of(
                        "python_module",
                        "custom_nodes.show",
                        "output_node",
                        true,
                        "input",
                        Map.of("required", Map.of("any", List.of("*")))));
        List<NodeSchema> classes = new ArrayList<>(Classes.CURRENT.nodes().values());
        classes.add(show);
        Map<String, Object> graph = graph(image(64), node("Show", "any", List.of("1", 0)));
        assertThat(of(ObjectInfo.of(classes), "0.3.64")
                        .validate(graph)
                        .verdict()
                        .undecided())
                .containsExactlyInAnyOrder("1", "2");
        assertThat(of(ObjectInfo.of(classes), "0.8.0").validate(graph).verdict().undecided())
                .isEmpty();
    }

    private static WorkflowValidator of(ObjectInfo classes, String version) {
        return WorkflowValidator.builder(classes).serverVersion(version).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.33.0", "v0.8.0", "1", "0.34.1-rc1", "0.3.64+abc"})
    void versionsAreReadKindly(String version) {
        assertThat(WorkflowValidator.builder(Classes.CURRENT).serverVersion(version))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "new", "0..1"})
    void whatIsNoVersionIsRefused(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkflowValidator.builder(Classes.CURRENT).serverVersion(version));
    }

    @Test
    void nodesBehindAFailingLinkMayOrMayNotBeListedByTheServer() {
        ValidationReport report = validate(graph(
                image("x"), node("ImageBatch", "image1", List.of("1", 0), "image2", List.of("9", 0)), preview("2")));
        assertThat(report.verdict().nodeErrors().keySet()).containsExactly("2");
        assertThat(report.verdict().orderDependent()).containsExactly("1");
        assertThat(codes(report.problems())).containsExactly("wrong_type 1.width", "dead_link 2.image2");
    }

    @Test
    void aThousandNodesAreCheckedInOneGo() {
        List<Map<String, @Nullable Object>> nodes = new ArrayList<>(List.of(image(64)));
        for (int i = 1; i < 1000; i++) {
            nodes.add(node("ImageInvert", "image", List.of(String.valueOf(i), 0)));
        }
        Map<String, Object> graph = new LinkedHashMap<>();
        nodes.forEach(node -> graph.put(String.valueOf(graph.size() + 1), node));
        graph.put("end", preview("1000"));
        assertThat(validate(graph).isValid()).isTrue();
    }
}
