package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.color;
import static io.github.comfyeks.suite.Graphs.emptyImage;
import static io.github.comfyeks.suite.Graphs.graph;
import static io.github.comfyeks.suite.Graphs.quick;
import static io.github.comfyeks.suite.Graphs.saveImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.execution.ExecutionEvent.NodeExecuted;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.SavedRun;
import io.github.comfyeks.output.DownloadOptions;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.output.MediaKind;
import io.github.comfyeks.output.OnExisting;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.suite.Picture;
import io.github.comfyeks.suite.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching what a run has made. */
class DownloadContractTest extends ContractTest {
    @TempDir
    Path folder = Path.of("");

    private OutputFile saved() {
        return run(graph(emptyImage("1", 32, 16, color()), saveImage("2", "1")))
                .images()
                .get(0);
    }

    @Test
    void theBytesAreThoseOfTheServer() {
        OutputFile file = saved();
        byte[] bytes = file.bytes();
        assertThat(bytes).isEqualTo(raw.view(file));
        assertThat(file.size()).isEqualTo(bytes.length);
        assertThat(file.kind()).isEqualTo(MediaKind.IMAGE);
        assertThat(file.nodeId()).isEqualTo("2");
        assertThat(file.animated()).isFalse();
    }

    @Test
    void aFileIsWrittenWhole() throws IOException {
        OutputFile file = saved();
        DownloadedFile written = file.writeTo(folder.resolve("new/folder"));
        assertThat(written.path()).isEqualTo(folder.resolve("new/folder").resolve(file.filename()));
        assertThat(Files.readAllBytes(written.path())).isEqualTo(raw.view(file));
        assertThat(written.bytes()).isEqualTo(Files.size(written.path()));
        assertThat(written.sha256()).matches("[0-9a-f]{64}");
        assertThat(written.mediaType()).isEqualTo("image/png");
    }

    @Test
    void aFileThatIsThereIsKept() {
        OutputFile file = saved();
        Path first = file.writeTo(folder).path();
        Path second = file.writeTo(folder).path();
        assertThat(second).isNotEqualTo(first).exists();
        assertThat(second.getFileName().toString()).contains(" (1)");
        DownloadOptions fail =
                DownloadOptions.builder().onExisting(OnExisting.FAIL).build();
        assertThatThrownBy(() -> file.writeTo(folder, fail)).isInstanceOf(LocalFileException.class);
        DownloadOptions replace =
                DownloadOptions.builder().onExisting(OnExisting.REPLACE).build();
        assertThat(file.writeTo(folder, replace).path()).isEqualTo(first);
    }

    @Test
    void aFileIsWrittenUnderANameOfOnesOwn() {
        Path wanted = folder.resolve("castle.png");
        assertThat(saved().writeToFile(wanted).path()).isEqualTo(wanted).isNotEmptyFile();
    }

    @Test
    void aFileIsWrittenToAStream() {
        OutputFile file = saved();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(file.writeTo(out)).isEqualTo(out.size());
        assertThat(out.toByteArray()).isEqualTo(raw.view(file));
    }

    @ParameterizedTest
    @CsvSource({"jpeg, ff d8 ff", "webp, 52 49 46 46"})
    void thePreviewOfAPictureIsSentAnew(String format, String magic) {
        byte[] bytes =
                saved().bytes(DownloadOptions.builder().preview(format, 80).build());
        assertThat(java.util.HexFormat.ofDelimiter(" ").formatHex(bytes)).startsWith(magic);
    }

    @Test
    void theJpegPreviewHasTheSizeOfThePicture() {
        Picture picture = Picture.of(
                saved().bytes(DownloadOptions.builder().preview("jpeg", 90).build()));
        assertThat(picture.width()).isEqualTo(32);
        assertThat(picture.height()).isEqualTo(16);
        assertThat(picture.isPng()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb", "a"})
    void channelsAreSentAlone(String channel) {
        Picture picture = Picture.of(
                saved().bytes(DownloadOptions.builder().channel(channel).build()));
        assertThat(picture.width()).isEqualTo(32);
        assertThat(picture.isPng()).isTrue();
        assertThat(picture.alpha(0, 0)).isEqualTo(255);
        assertThat(picture.texts()).doesNotContainKey("prompt");
    }

    @Test
    void aFileThatIsTooLargeIsNotTaken() {
        OutputFile file = saved();
        assertThatThrownBy(() -> file.writeTo(
                        folder, DownloadOptions.builder().maxBytes(20).build()))
                .isInstanceOf(LimitReachedException.class)
                .extracting(e -> ((LimitReachedException) e).limit())
                .isEqualTo(Limit.SIZE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aMissingFileIsNamed() {
        OutputFile missing = client.file("no-such-file.png", "contract", "output");
        assertThatThrownBy(() -> missing.writeTo(folder))
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("no-such-file.png")
                .extracting(e -> ((HttpStatusException) e).status())
                .isEqualTo(404);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileIsFoundByItsName() {
        OutputFile file = saved();
        OutputFile again = client.file(file.filename(), file.subfolder(), file.type());
        assertThat(again.bytes()).isEqualTo(file.bytes());
        assertThat(again.reference()).isEqualTo(file.subfolder() + "/" + file.filename() + " [output]");
    }

    @Test
    void aFileOfAnEventCanBeFetchedAtOnce() {
        NodeExecuted executed = only(eventsOf(quick()), NodeExecuted.class).get(0);
        assertThat(Picture.of(executed.output().files().get(0).bytes()).width()).isEqualTo(8);
    }

    @Test
    void theProgressOfADownloadIsTold() {
        OutputFile file = saved();
        AtomicLong last = new AtomicLong();
        AtomicLong total = new AtomicLong();
        file.bytes(DownloadOptions.builder()
                .progress((received, all) -> {
                    last.set(received);
                    total.set(all);
                })
                .build());
        assertThat(last.get()).isEqualTo(file.size());
        assertThat(total.get()).isEqualTo(file.size());
    }

    @Test
    void downloadsAreFuturesToo() {
        OutputFile file = saved();
        assertThat(file.async()
                        .bytes()
                        .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                        .join())
                .isEqualTo(file.bytes());
    }

    @Test
    void aWholeRunIsSavedWithItsRecord() throws IOException {
        ExecutionResult result = run(graph(emptyImage("1", 8, 8, color()), saveImage("2", "1"), saveImage("3", "1")));
        SavedRun run = client.save(result, folder);
        assertThat(run.files()).hasSize(2).allMatch(file -> Files.exists(file.path()));
        String record = Files.readString(run.record());
        assertThat(RawServer.json(record).isObject()).isTrue();
        assertThat(record)
                .contains(result.promptId().value(), run.files().get(0).sha256(), "EmptyImage");
    }
}
