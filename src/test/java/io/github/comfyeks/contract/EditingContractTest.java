package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.edit.EditableWorkflow;
import io.github.comfyeks.edit.LocalFile;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.graph.type.Image;
import io.github.comfyeks.suite.Picture;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A workflow that was changed: a file of this machine, a node put in, an output by its name. */
class EditingContractTest extends ContractTest {
    @Test
    void aLocalFileGoesThroughANodeThatWasPutIn() {
        LocalFile photo = LocalFile.of(UUID.randomUUID() + ".png", Picture.png(16, 16, 0xffffff00));
        EditableWorkflow drawn = EditableWorkflow.of(
                graph(node("1", "LoadImage", "image", "example.png"), previewImage("2", "1")),
                client.server().objectInfo());
        Output<Image> loaded = drawn.node("LoadImage").output(0, Image.class);
        CustomNode inverted = CustomNode.of("ImageInvert").with("image", loaded);
        EditableWorkflow changed = drawn.set("LoadImage.image", photo)
                .rewire(loaded, inverted.output(0, Image.class))
                .bind("dark", "PreviewImage");

        byte[] dark = changed.outputs(client.run(changed), "dark").get(0).bytes();

        assertThat(Picture.of(dark).rgb(3, 3)).isEqualTo(0x0000ff);
    }
}
