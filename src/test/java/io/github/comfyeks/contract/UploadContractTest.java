package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.link;
import static io.github.comfyeks.suite.Graphs.node;
import static io.github.comfyeks.suite.Graphs.previewImage;
import static io.github.comfyeks.suite.Graphs.saveImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.suite.Picture;
import io.github.comfyeks.upload.UploadOptions;
import io.github.comfyeks.upload.UploadedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bringing files to the server. */
class UploadContractTest extends ContractTest {
    private static final UploadOptions SUBFOLDER =
            UploadOptions.builder().subfolder("contract/uploads").build();
    private static final UploadOptions OVERWRITE =
            SUBFOLDER.toBuilder().overwrite(true).build();

    @TempDir
    Path folder = Path.of("");

    private final String name = UUID.randomUUID() + ".png";
    private final int color = color();

    private static byte[] png(int color) {
        return Picture.png(16, 16, 0xff000000 | color);
    }

    private byte[] fetched(UploadedFile file) {
        return client.file(file.name(), file.subfolder(), file.type()).bytes();
    }

    /** What a workflow makes of a picture on the server. */
    private Picture loaded(String reference) {
        return Picture.of(run(graph(node("1", "LoadImage", "image", reference), previewImage("2", "1")))
                .images()
                .get(0)
                .bytes());
    }

    @Test
    void anUploadedPictureIsThere() {
        UploadedFile file = client.uploads().image(name, png(color));
        assertThat(file).isEqualTo(new UploadedFile(name, "", "input"));
        assertThat(file.reference()).isEqualTo(name);
        assertThat(fetched(file)).isEqualTo(png(color));
    }

    @Test
    void aWorkflowLoadsAnUploadedPicture() {
        UploadedFile file = client.uploads().image(name, png(color), SUBFOLDER);
        Picture picture = loaded(file.reference());
        assertThat(picture.width()).isEqualTo(16);
        assertThat(picture.rgb(3, 3)).matches(rgb -> Picture.isLike(rgb, color));
    }

    @Test
    void aWorkflowLoadsWhatAnotherMade() {
        String reference = run(graph(emptyImage("1", 8, 8, color), saveImage("2", "1")))
                .images()
                .get(0)
                .reference();
        assertThat(reference).endsWith(" [output]");
        assertThat(loaded(reference).rgb(0, 0)).matches(rgb -> Picture.isLike(rgb, color));
    }

    @Test
    void aFolderIsMadeOnTheWay() {
        String deep = "contract/" + UUID.randomUUID() + "/deeper";
        UploadedFile file = client.uploads()
                .image(name, png(color), UploadOptions.builder().subfolder(deep).build());
        assertThat(file.subfolder()).isEqualTo(deep);
        assertThat(file.reference()).isEqualTo(deep + "/" + name);
        assertThat(fetched(file)).isEqualTo(png(color));
    }

    @Test
    void theSameContentUnderTheSameNameIsOneFile() {
        UploadedFile first = client.uploads().image(name, png(color), SUBFOLDER);
        assertThat(client.uploads().image(name, png(color), SUBFOLDER)).isEqualTo(first);
        try (io.github.comfyeks.ComfyClient other = newClient()) {
            assertThat(other.uploads().image(name, png(color), SUBFOLDER)).isEqualTo(first);
        }
    }

    @Test
    void otherContentUnderTheSameNameIsAnotherFile() {
        UploadedFile first = client.uploads().image(name, png(color), SUBFOLDER);
        UploadedFile second = client.uploads().image(name, png(color()), SUBFOLDER);
        assertThat(second.name()).isEqualTo(name.replace(".png", " (1).png"));
        assertThat(fetched(first)).isEqualTo(png(color));
        assertThat(loaded(second.reference()).width()).isEqualTo(16);
    }

    @Test
    void aFileIsOverwrittenIfThatIsWished() {
        UploadedFile first = client.uploads().image(name, png(color), OVERWRITE);
        int other = color();
        UploadedFile second = client.uploads().image(name, png(other), OVERWRITE);
        assertThat(second).isEqualTo(first);
        assertThat(fetched(first)).isEqualTo(png(other));
    }

    @Test
    void aFileOfTheDiskIsUploaded() throws IOException {
        Path file = Files.write(folder.resolve(name), png(color));
        assertThat(fetched(client.uploads().image(file, SUBFOLDER))).isEqualTo(png(color));
    }

    @Test
    void aStreamIsUploaded() {
        UploadedFile file = client.uploads().image(name, new ByteArrayInputStream(png(color)), SUBFOLDER);
        assertThat(fetched(file)).isEqualTo(png(color));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u732b \u00e4 %41 & '+", "a b.c", "quo\"te"})
    void aNameCanBeAnyText(String odd) {
        String wanted = odd + " " + name;
        UploadedFile file = client.uploads().image(wanted, png(color), SUBFOLDER);
        assertThat(fetched(file)).isEqualTo(png(color));
        assertThat(loaded(file.reference()).width()).isEqualTo(16);
    }

    @Test
    void aTemporaryFileIsNamedAsSuch() {
        UploadedFile file = client.uploads()
                .image(name, png(color), UploadOptions.builder().type("temp").build());
        assertThat(file.reference()).isEqualTo(name + " [temp]");
        assertThat(fetched(file)).isEqualTo(png(color));
        assertThat(loaded(file.reference()).width()).isEqualTo(16);
    }

    @Test
    void whatIsNoPictureIsTakenToo() {
        byte[] bytes = ("just text " + color).getBytes(StandardCharsets.UTF_8);
        assertThat(fetched(client.uploads().image(name + ".txt", bytes, SUBFOLDER)))
                .isEqualTo(bytes);
    }

    @Test
    void aMaskBecomesTheAlphaOfThePicture() {
        UploadedFile original = client.uploads().image(name, png(color), SUBFOLDER);
        UploadedFile masked =
                client.uploads().mask(original, "mask-" + name, Picture.png(16, 16, 0x40ffffff), SUBFOLDER);
        Picture picture = Picture.of(fetched(masked));
        assertThat(picture.alpha(5, 5)).isEqualTo(0x40);
        assertThat(picture.rgb(5, 5)).matches(rgb -> Picture.isLike(rgb, color));
        assertThat(masked).isNotEqualTo(original);
    }

    @Test
    void theMaskOfAPictureIsUsedByAWorkflow() {
        UploadedFile file = client.uploads().image(name, Picture.png(16, 16, 0x80ffffff), SUBFOLDER);
        Picture mask = Picture.of(run(graph(
                        node("1", "LoadImageMask", "image", file.reference(), "channel", "alpha"),
                        node("2", "MaskToImage", "mask", link("1")),
                        previewImage("3", "2")))
                .images()
                .get(0)
                .bytes());
        assertThat(mask.rgb(0, 0)).matches(rgb -> Picture.isLike(rgb, 0x7f7f7f));
    }

    @Test
    void aMaskNeedsItsOriginal() {
        UploadedFile missing = new UploadedFile("missing-" + name, "contract/uploads", "input");
        assertThatThrownBy(() -> client.uploads().mask(missing, name, png(color), SUBFOLDER))
                .isInstanceOf(HttpStatusException.class)
                .extracting(e -> ((HttpStatusException) e).status())
                .isEqualTo(404);
    }

    @Test
    void aTypeThatTheServerDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> client.uploads()
                        .image(
                                name,
                                png(color),
                                UploadOptions.builder().type("nonsense").build()))
                .isInstanceOf(HttpStatusException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b.png", "../b.png"})
    void aNameHasNoFolders(String bad) {
        assertThatThrownBy(() -> client.uploads().image(bad, png(color))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProgressOfAnUploadIsTold() {
        AtomicLong last = new AtomicLong();
        client.uploads()
                .image(
                        name,
                        png(color),
                        SUBFOLDER.toBuilder()
                                .progress((sent, total) -> last.set(sent))
                                .build());
        assertThat(last.get()).isEqualTo(png(color).length);
    }
}
