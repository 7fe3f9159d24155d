package io.github.comfyeks.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.graph.Nodes.EmptyImage;
import io.github.comfyeks.graph.Nodes.ImageBlend;
import io.github.comfyeks.graph.Nodes.SaveImage;
import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.graph.type.IntValue;
import io.github.comfyeks.workflow.Workflow;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GraphTest {
    private final EmptyImage red = EmptyImage.create().color(0xff0000);
    private final EmptyImage blue = EmptyImage.create().color(0xff);
    private final ImageBlend blend = ImageBlend.of(red.image(), blue.image());
    private final SaveImage save = SaveImage.images(blend.image());

    @Test
    void nodesAreNumberedInTheOrderInWhichTheyAreNeeded() {
        Graph graph = Graph.of(save);
        assertThat(graph.nodes()).containsExactly(red, blue, blend, save);
        assertThat(Stream.of(red, blue, blend, save).map(graph::id)).containsExactly("1", "2", "3", "4");
        assertThat(graph.workflow()).isEqualTo(Workflow.parse("""
                        {"1": {"class_type": "EmptyImage", "inputs": {"width": 512, "height": 512, "color": 16711680}},
                         "2": {"class_type": "EmptyImage", "inputs": {"width": 512, "height": 512, "color": 255}},
                         "3": {"class_type": "ImageBlend", "inputs": {"image1": ["1", 0], "image2": ["2", 0], "blend_factor": 0.5}},
                         "4": {"class_type": "SaveImage", "inputs": {"images": ["3", 0], "filename_prefix": "ComfyUI"}}}
                        """));
    }

    @Test
    void theSameGraphIsTheSameTextEveryTime() {
        assertThat(Graph.of(save).toJson()).isEqualTo(Graph.of(save).toJson());
        assertThat(Graph.of(save)).isEqualTo(Graph.of(save)).hasSameHashCodeAs(Graph.of(save));
    }

    @Test
    void whatNobodyNeedsIsNotInIt() {
        SaveImage.images(EmptyImage.create().width(64).image());
        assertThat(Graph.of(SaveImage.images(red.image())).nodes()).hasSize(2);
    }

    @Test
    void aNodeThatTwoUseIsOne() {
        Graph graph = Graph.of(SaveImage.images(red.image()), SaveImage.images(red.image()));
        assertThat(graph.nodes()).hasSize(3);
        assertThat(graph.findAll(SaveImage.class)).hasSize(2);
    }

    @Test
    void aChangedNodeIsAnotherAndTheFirstStaysAsItWas() {
        EmptyImage wide = red.width(1024);
        assertThat(red.inputs()).containsEntry("width", 512L);
        assertThat(wide.inputs()).containsEntry("width", 1024L).containsEntry("color", 0xff0000L);
    }

    @Test
    void idsAndTitlesByHandAreKeptAndNumbersGoAroundThem() {
        Graph graph =
                Graph.of(SaveImage.images(red.withId("2").titled("the red").image()));
        assertThat(graph.nodes().stream().map(graph::id)).containsExactly("2", "1");
        assertThat(graph.findByTitle("the red")).hasSize(1);
        assertThat(graph.workflow().node("2").title()).isEqualTo("the red");
    }

    @Test
    void oneIdForTwoNodesIsRefusedWithAllOfThem() {
        Graph.of(SaveImage.images(red.withId("7").image()));
        assertThatThrownBy(() -> Graph.of(
                        SaveImage.images(red.withId("7").image()).withId("8"),
                        SaveImage.images(blue.withId("7").image()).withId("8")))
                .isInstanceOfSatisfying(WorkflowInvalidException.class, e -> assertThat(e.problems())
                        .hasSize(2));
    }

    @Test
    void anInputTakesALinkInsteadOfAValue() {
        CustomNode number = CustomNode.of("PrimitiveInt").with("value", 5);
        Graph graph = Graph.of(
                SaveImage.images(red.color(number.output(0, IntValue.class)).image()));
        assertThat(graph.workflow().findByClass("EmptyImage").get(0).link("color"))
                .isPresent();
    }

    @Test
    void aCustomNodeMixesWithTypedOnesAndItsListsAreValues() {
        CustomNode custom = CustomNode.of("MyBlend")
                .with("picture", red.image())
                .with("weights", List.of("a", 1))
                .with("seed", new BigInteger("18446744073709551615"));
        String json = Graph.of(SaveImage.images(custom.output(0, Image.class))).toJson();
        assertThat(json)
                .contains("\"picture\":[\"1\",0]")
                .contains("\"weights\":{\"__value__\":[\"a\",1]}")
                .contains("\"seed\":18446744073709551615");
    }

    @Test
    void dynamicInputsAreSentUnderDottedNames() {
        CustomNode node = CustomNode.of("Dynamic")
                .with(
                        "mode",
                        Option.of("two")
                                .with("deeper", Option.of("x").with("f", 1.5))
                                .with("image", red.image()))
                .with("images", Grown.by("image", List.of(red.image(), blue.image())))
                .with("values", Grown.named(List.of("a", "b"), List.of(Value.of(1), Value.of(2.5))));
        Map<String, Object> sent = node.inputs();
        assertThat(sent)
                .containsEntry("mode", "two")
                .containsEntry("mode.deeper", "x")
                .containsEntry("mode.deeper.f", 1.5)
                .containsEntry("mode.image", red.image())
                .containsEntry("images.image1", blue.image())
                .containsEntry("values.a", 1L)
                .containsEntry("values.b", 2.5);
        assertThat(Graph.of(node).links()).hasSize(3);
    }

    @Test
    void moreRepetitionsThanNamesAreRefused() {
        assertThatThrownBy(() -> Grown.named(List.of("a"), List.of(Value.of(1), Value.of(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1");
    }

    @Test
    void repetitionsAreCountedFromTheirFirstNumberAndWithinTheirLimits() {
        assertThat(Grown.numbered("image_", 1, 1, 2, List.of(red.image(), Value.of(7)))
                        .slots())
                .containsExactly(Map.entry("image_1", red.image()), Map.entry("image_2", 7L));
        assertThatThrownBy(() -> Grown.numbered("image_", 1, 1, 2, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Grown.numbered("image_", 1, 1, 2, List.of(1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 2");
    }

    @Test
    void aNodeIsReplacedWithAllItsLinks() {
        Graph graph = Graph.of(save);
        Graph replaced = graph.replacing(red, EmptyImage.create().color(7));
        assertThat(replaced.workflow().node("1").inputs()).containsEntry("color", 7L);
        assertThat(replaced.workflow().node("3").link("image1")).isPresent();
        assertThat(graph.workflow().node("1").inputs()).containsEntry("color", 0xff0000L);
        assertThat(replaced.id(save)).isEqualTo("4");
        assertThat(replaced.replacing(red, blue.color(8)).workflow().node("1").inputs())
                .containsEntry("color", 8L);
    }

    @Test
    void aSweepMapsTheNodesOfAClass() {
        Graph graph = Graph.of(save);
        List<Graph> sweep = IntStream.range(0, 3)
                .mapToObj(i ->
                        graph.mapping(node -> node instanceof EmptyImage image ? image.width(64L * (i + 1)) : node))
                .toList();
        assertThat(sweep.stream().map(each -> each.workflow().node("2").inputs().get("width")))
                .containsExactly(64L, 128L, 192L);
        assertThat(sweep.get(2).workflow().idOf(save)).isEqualTo("4");
        assertThat(graph.mapping(node -> node)).isEqualTo(graph);
    }

    @Test
    void aMappingReachesIntoDynamicInputs() {
        CustomNode node = CustomNode.of("Dynamic")
                .with("mode", Option.of("a").with("image", red.image()))
                .with("images", Grown.by("image", List.of(red.image())));
        Graph replaced = Graph.of(node).replacing(red, blue);
        assertThat(replaced.nodes()).hasSize(2).contains(blue);
        assertThat(replaced.links())
                .allSatisfy(wire -> assertThat(wire.from().node()).isSameAs(blue));
    }

    @Test
    void aNodeOfAnotherGraphIsRefused() {
        assertThatThrownBy(() -> Graph.of(save).id(EmptyImage.create()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in the graph");
        assertThatThrownBy(() -> Graph.of(save).replacing(EmptyImage.create(), red))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Graph.of()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChainOfAHundredThousandNodesOverflowsNoStack() {
        Output<Image> last = red.image();
        for (int i = 0; i < 100_000; i++) {
            last = ImageBlend.of(last, last).image();
        }
        assertThat(Graph.of(SaveImage.images(last)).nodes()).hasSize(100_002);
    }
}
