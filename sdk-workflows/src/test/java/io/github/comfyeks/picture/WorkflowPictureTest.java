package io.github.comfyeks.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkflowPictureTest {
    private static final Workflow CASTLE = Workflow.of(List.of(
            WorkflowNode.of("4", "CheckpointLoaderSimple", Map.of("ckpt_name", "x")),
            WorkflowNode.of("6", "CLIPTextEncode", Map.of("text", "a", "clip", new Link("4", 1)), "the \"good\" one"),
            WorkflowNode.of("9", "SaveImage", Map.of("images", new Link("6", 0)))));
    private static final ObjectInfo CLASSES = ObjectInfo.of(List.of(
            NodeSchema.of(
                    "CheckpointLoaderSimple",
                    Map.of("output", List.of("MODEL", "CLIP", "VAE"), "output_name", List.of("MODEL", "CLIP", "VAE"))),
            NodeSchema.of("SaveImage", Map.of("output_node", true))));

    @Test
    void mermaidHasABoxForEachNodeAndAnArrowForEachLink() {
        assertThat(WorkflowPicture.of(CASTLE).mermaid()).isEqualTo("""
                        flowchart LR
                            n0["4: CheckpointLoaderSimple"]
                            n1["6: the #34;good#34; one<br>CLIPTextEncode"]
                            n2["9: SaveImage"]
                            n0 -->|"1 → clip"| n1
                            n1 -->|"images"| n2
                        """);
    }

    @Test
    void dotHasThem() {
        assertThat(WorkflowPicture.of(CASTLE).dot()).isEqualTo("""
                        digraph workflow {
                            rankdir=LR;
                            node [shape=box];
                            n0 [label="4: CheckpointLoaderSimple"];
                            n1 [label="6: the \\"good\\" one\\nCLIPTextEncode"];
                            n2 [label="9: SaveImage"];
                            n0 -> n1 [label="1 → clip"];
                            n1 -> n2 [label="images"];
                        }
                        """);
    }

    @Test
    void classesGiveOutputsTheirNames() {
        WorkflowPicture picture = WorkflowPicture.of(CASTLE, CLASSES);
        assertThat(picture.mermaid()).contains("|\"CLIP → clip\"|", "n2([\"9: SaveImage\"])");
        assertThat(picture.dot()).contains("[label=\"CLIP → clip\"]", "n2 [label=\"9: SaveImage\", style=rounded]");
    }

    @Test
    void nothingInANameLeavesItsLabel() {
        Workflow hostile = Workflow.of(List.of(WorkflowNode.of(
                "1]; evil", "A\"]", Map.of("x|\"y", new Link("1]; evil", 0)), "<b>\n#quot;`end`\\ %% {é}")));
        assertThat(WorkflowPicture.of(hostile).mermaid()).isEqualTo("""
                        flowchart LR
                            n0["1#93;#59; evil: #60;b#62; #35;quot#59;#96;end#96;#92; %% #123;é#125;<br>A#34;#93;"]
                            n0 -->|"x#124;#34;y"| n0
                        """);
        assertThat(WorkflowPicture.of(hostile).dot())
                .contains("label=\"1]; evil: <b> #quot;`end`\\\\ %% {é}\\nA\\\"]\"", "label=\"x|\\\"y\"");
    }
}
