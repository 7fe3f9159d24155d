package io.github.comfyeks.upload.internal;

import static io.github.comfyeks.transport.internal.HttpFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.transport.internal.HttpFixture;
import io.github.comfyeks.upload.UploadOptions;
import io.github.comfyeks.upload.UploadedFile;
import io.github.comfyeks.upload.Uploads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUploadsTest {
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    Path folder;

    private HttpFixture at;
    private Uploads uploads;

    @BeforeEach
    void open() throws IOException {
        at = new HttpFixture();
        uploads = new ServerUploads(at.http());
    }

    @AfterEach
    void close() {
        at.close();
    }

    private static MockResponse.Builder named(String name) {
        return answer(200)
                .body("{\"name\": \"" + name + "\", \"subfolder\": \"\", \"type\": \"input\", \"asset\": {}}");
    }

    private static MockResponse.Builder there(String etag) {
        return answer(200).setHeader("ETag", etag).setHeader("Content-Length", 3);
    }

    private static String body(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().utf8();
    }

    @Test
    void theServersNameComesBackWhateverWasAskedFor() {
        at.enqueue(named("a (1).png")).enqueue(there("\"1\""));
        assertThat(uploads.image("a.png", BYTES).reference()).isEqualTo("a (1).png");
    }

    @Test
    void theFormHasTheFileAndItsPlaceInUtf8() {
        at.enqueue(named("x")).enqueue(there("\"1\""));
        uploads.image(
                "bild ü 日.png",
                BYTES,
                UploadOptions.builder()
                        .subfolder("a/b")
                        .type("temp")
                        .overwrite(true)
                        .build());
        RecordedRequest request = at.request();
        assertThat(request.getTarget()).isEqualTo("/upload/image");
        assertThat(body(request))
                .contains("name=\"image\"; filename=\"bild ü 日.png\"")
                .containsPattern("name=\"subfolder\"[\\s\\S]*a/b")
                .containsPattern("name=\"type\"[\\s\\S]*temp")
                .containsPattern("name=\"overwrite\"[\\s\\S]*true");
    }

    @Test
    void theSameContentIsNotSentTwice() throws IOException {
        at.enqueue(named("a.png"))
                .enqueue(there("\"1\""))
                .enqueue(there("\"1\""))
                .enqueue(there("\"1\""));
        UploadedFile first = uploads.image("a.png", BYTES);
        assertThat(uploads.image("b.png", BYTES)).isEqualTo(first);
        assertThat(uploads.image(Files.write(folder.resolve("c.png"), BYTES))).isEqualTo(first);
        assertThat(at.request().getMethod()).isEqualTo("POST");
        for (int i = 0; i < 3; i++) {
            RecordedRequest head = at.request();
            assertThat(head.getMethod()).isEqualTo("HEAD");
            assertThat(head.getTarget()).isEqualTo("/view?filename=a.png&subfolder=&type=input");
        }
    }

    @Test
    void contentThatTheServerLostOrThatSomebodyReplacedIsSentAgain() {
        at.enqueue(named("a.png")).enqueue(there("\"1\""));
        uploads.image("a.png", BYTES);
        at.enqueue(answer(404)).enqueue(named("a.png")).enqueue(there("\"2\""));
        uploads.image("a.png", BYTES);
        at.enqueue(there("\"3\"")).enqueue(named("a (1).png")).enqueue(there("\"4\""));
        assertThat(uploads.image("a.png", BYTES).name()).isEqualTo("a (1).png");
    }

    @Test
    void withOverwriteTheNameMustBeTheSameToo() {
        UploadOptions overwrite = UploadOptions.builder().overwrite(true).build();
        at.enqueue(named("a.png"))
                .enqueue(there("\"1\""))
                .enqueue(named("b.png"))
                .enqueue(there("\"2\""));
        uploads.image("a.png", BYTES, overwrite);
        assertThat(uploads.image("b.png", BYTES, overwrite).name()).isEqualTo("b.png");
    }

    @Test
    void aPictureIsSentAgainAfterABrokenConnection() {
        at.enqueue(answer(200).onResponseStart(new SocketEffect.CloseSocket()))
                .enqueue(502, "<html>")
                .enqueue(named("a.png"))
                .enqueue(there("\"1\""));
        assertThat(uploads.image("a.png", BYTES).name()).isEqualTo("a.png");
    }

    @Test
    void aMaskIsSentOnceUnlessItOverwrites() {
        UploadedFile original = new UploadedFile("o.png", "s", "input");
        at.enqueue(there("\"1\"")).enqueue(answer(200).onResponseStart(new SocketEffect.CloseSocket()));
        assertThatThrownBy(() -> uploads.mask(original, "m.png", BYTES))
                .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveArrived())
                        .isTrue());
        at.enqueue(there("\"1\""))
                .enqueue(answer(200).onResponseStart(new SocketEffect.CloseSocket()))
                .enqueue(named("m.png"));
        UploadOptions overwrite = UploadOptions.builder().overwrite(true).build();
        assertThat(uploads.mask(original, "m.png", BYTES, overwrite).name()).isEqualTo("m.png");
    }

    @Test
    void aMaskNamesItsOriginal() {
        at.enqueue(there("\"1\"")).enqueue(named("m.png"));
        uploads.mask(new UploadedFile("o.png", "s", "temp"), "m.png", BYTES);
        assertThat(at.request().getTarget()).isEqualTo("/view?filename=o.png&subfolder=s&type=temp");
        RecordedRequest request = at.request();
        assertThat(request.getTarget()).isEqualTo("/upload/mask");
        assertThat(body(request)).contains("\"filename\":\"o.png\"", "\"subfolder\":\"s\"", "\"type\":\"temp\"");
    }

    @Test
    void aMaskForAMissingPictureIsNotSent() {
        at.enqueue(answer(404));
        assertThatThrownBy(() -> uploads.mask(new UploadedFile("o.png", "", "input"), "m.png", BYTES))
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("no \"o.png\" to put the mask on");
        assertThat(at.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void aMissingFileAndAFolderAreNamedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> uploads.image(folder.resolve("no.png")))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("no.png");
        assertThatThrownBy(() -> uploads.image(folder)).isInstanceOf(LocalFileException.class);
        assertThat(at.server().getRequestCount()).isZero();
    }

    @Test
    void aStreamGoesThroughATemporaryFileAndIsNotClosed() {
        at.enqueue(named("s.png")).enqueue(there("\"1\""));
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream(BYTES) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        uploads.image("s.png", in);
        assertThat(closed[0]).isFalse();
        assertThat(at.request().getBodySize()).isGreaterThan(3);
    }

    @Test
    void aStreamThatFailsIsALocalFailure() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> uploads.image("s.png", broken))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void progressIsToldUpToTheEnd() {
        at.enqueue(named("a.png")).enqueue(there("\"1\""));
        List<String> told = new ArrayList<>();
        uploads.image(
                "a.png",
                BYTES,
                UploadOptions.builder()
                        .progress((sent, total) -> told.add(sent + "/" + total))
                        .build());
        assertThat(told).last().isEqualTo("3/3");
    }

    @Test
    void anAnswerWithoutANameIsNoAnswer() {
        at.enqueue(200, "{}");
        assertThatThrownBy(() -> uploads.image("a.png", BYTES)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b.png", "..\\x.png", "..", "a\nb.png"})
    void aNameWithFoldersIsRefused(String name) {
        assertThatThrownBy(() -> uploads.image(name, BYTES)).isInstanceOf(IllegalArgumentException.class);
        assertThat(at.server().getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/abs", "a/../..", "..", "a\\b"})
    void aSubfolderThatLeavesIsRefused(String subfolder) {
        assertThatThrownBy(() -> UploadOptions.builder().subfolder(subfolder))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReferenceSaysWhereTheFileIs() {
        assertThat(new UploadedFile("a.png", "", "input")).hasToString("a.png");
        assertThat(new UploadedFile("a.png", "s/t", "temp").reference()).isEqualTo("s/t/a.png [temp]");
    }

    @Test
    void futuresDoTheSame() {
        at.enqueue(named("a.png")).enqueue(there("\"1\""));
        try (ClientThreads threads = new ClientThreads(2, null)) {
            AsyncServerUploads async = new AsyncServerUploads(uploads, threads);
            assertThat(async.image("a.png", BYTES)).succeedsWithin(Duration.ofSeconds(5));
            assertThat(async.image("", BYTES)).failsWithin(Duration.ofSeconds(5));
        }
    }
}
