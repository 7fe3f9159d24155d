package io.github.comfyeks.output.internal;

import static io.github.comfyeks.transport.internal.HttpFixture.answer;
import static io.github.comfyeks.transport.internal.HttpFixture.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.output.DownloadOptions;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.transport.internal.HttpFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    @TempDir
    Path folder;

    private HttpFixture at;
    private ClientThreads threads;
    private OutputFile file;

    @BeforeEach
    void open() throws IOException {
        at = new HttpFixture();
        threads = new ClientThreads(2, null);
        Map<String, Object> image = Map.of("filename", "a b.png", "subfolder", "x/y", "type", "temp");
        file = new OutputBinder(at.http(), threads)
                .bind(NodeOutput.of("9", Map.of("images", List.of(image))))
                .files()
                .get(0);
    }

    @AfterEach
    void close() {
        at.close();
        threads.close();
    }

    private static MockResponse.Builder ok(String body) {
        return answer(200).body(body).setHeader("Content-Type", "image/png");
    }

    private static MockResponse.Builder rest(String body, int from, int total, String etag) {
        return answer(206)
                .body(body)
                .setHeader("Content-Range", "bytes " + from + "-" + (total - 1) + "/" + total)
                .setHeader("ETag", etag);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void asksForExactlyThisFileUnencoded() {
        at.enqueue(ok("pixels"));
        assertThat(file.bytes()).asString().isEqualTo("pixels");
        RecordedRequest request = at.request();
        assertThat(request.getTarget()).isEqualTo("/view?filename=a%20b.png&subfolder=x%2Fy&type=temp");
        assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void writesTheFileWholeWithItsHashAndMediaType() throws IOException {
        at.enqueue(ok("abc"));
        DownloadedFile downloaded = file.writeTo(folder.resolve("new/folders"));
        assertThat(downloaded.path()).isEqualTo(folder.resolve("new/folders/a b.png"));
        assertThat(downloaded.path()).hasContent("abc");
        assertThat(downloaded.bytes()).isEqualTo(3);
        assertThat(downloaded.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(downloaded.mediaType()).isEqualTo("image/png");
        assertThat(downloaded.path().getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aCutIsTakenUpWhereItBroke() {
        at.enqueue(cut(ok("01234").setHeader("ETag", "\"v1\""), 10)).enqueue(rest("56789", 5, 10, "\"v1\""));
        DownloadedFile downloaded = file.writeTo(folder);
        assertThat(downloaded.path()).hasContent("0123456789");
        assertThat(downloaded.sha256()).isEqualTo("84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882");
        at.request();
        RecordedRequest second = at.request();
        assertThat(second.getHeaders().get("Range")).isEqualTo("bytes=5-");
        assertThat(second.getHeaders().get("If-Range")).isEqualTo("\"v1\"");
    }

    @Test
    void twoVersionsAreNeverSpliced() {
        at.enqueue(cut(ok("01234").setHeader("ETag", "\"v1\""), 10))
                .enqueue(rest("vwxyz", 5, 10, "\"v2\""))
                .enqueue(ok("qrstuvwxyz").setHeader("ETag", "\"v2\""));
        assertThat(file.writeTo(folder).path()).hasContent("qrstuvwxyz");
        at.request();
        at.request();
        assertThat(at.request().getHeaders().get("Range")).isNull();
    }

    @Test
    void aRangeOfAnotherTotalOrStartIsNotTakenEither() {
        at.enqueue(cut(ok("01234").setHeader("ETag", "\"v1\""), 10))
                .enqueue(rest("56789A", 5, 11, "\"v1\""))
                .enqueue(ok("0123456789A"));
        assertThat(file.bytes()).asString().isEqualTo("0123456789A");
    }

    @Test
    void aFileThatGotShorterIsBegunAnew() {
        at.enqueue(cut(ok("01234").setHeader("ETag", "\"v1\""), 10))
                .enqueue(416, "")
                .enqueue(ok("new"));
        assertThat(file.bytes()).asString().isEqualTo("new");
    }

    @Test
    void aFileThatKeepsChangingIsGivenUp() {
        for (int i = 0; i < 4; i++) {
            at.enqueue(cut(ok("01234").setHeader("ETag", "\"" + i + "\""), 10)).enqueue(416, "");
        }
        assertThatThrownBy(() -> file.bytes())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("changed on the server more than 3 times");
    }

    @Test
    void aServerThatIgnoresRangesSendsTheWholeAgain() {
        at.enqueue(cut(ok("01234").setHeader("ETag", "\"v1\""), 10))
                .enqueue(ok("0123456789").setHeader("ETag", "\"v1\""));
        assertThat(file.bytes()).asString().isEqualTo("0123456789");
    }

    @Test
    void withoutAStrongTagACutIsBegunAnew() {
        at.enqueue(cut(ok("01234").setHeader("ETag", "W/\"v1\""), 10)).enqueue(ok("0123456789"));
        assertThat(file.bytes()).asString().isEqualTo("0123456789");
        at.request();
        assertThat(at.request().getHeaders().get("Range")).isNull();
    }

    @Test
    void aStreamIsContinuedOnlyIfTheServerProvesThatTheFileIsTheSame() {
        at.enqueue(cut(ok("01234").setHeader("ETag", "\"v1\""), 10)).enqueue(rest("56789", 5, 10, "\"v1\""));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(file.writeTo(out)).isEqualTo(10);
        assertThat(out).hasToString("0123456789");

        at.enqueue(cut(ok("01234"), 10));
        assertThatThrownBy(() -> file.writeTo(new ByteArrayOutputStream()))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("download to a file instead");
    }

    @Test
    void aFileThatStaysShortIsAFailureAndLeavesNothing() throws IOException {
        for (int i = 0; i < 200; i++) {
            at.enqueue(cut(ok("01234"), 10));
        }
        assertThatThrownBy(() -> file.writeTo(folder)).isInstanceOf(ConnectionException.class);
        assertThat(names()).isEmpty();
        assertThat(at.time().nanoTime()).isLessThanOrEqualTo(30_000_000_000L);
    }

    @Test
    void aProxysPageIsNotTakenForTheFile() throws IOException {
        at.enqueue(answer(200).body("<html>").setHeader("Content-Type", "text/html; charset=utf-8"));
        assertThatThrownBy(() -> file.writeTo(folder))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("HTML page");
        assertThat(names()).isEmpty();
    }

    @Test
    void aProxysErrorIsTriedAgain() {
        at.enqueue(502, "<html>").enqueue(503, "<html>").enqueue(ok("x"));
        assertThat(file.bytes()).hasSize(1);
    }

    @Test
    void anEncodedAnswerIsRefused() {
        at.enqueue(ok("x").setHeader("Content-Encoding", "gzip"));
        assertThatThrownBy(() -> file.bytes()).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aMissingFileSaysWhereItMayBe() {
        at.enqueue(404, "").enqueue(answer(404));
        assertThatThrownBy(() -> file.bytes())
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("x/y/a b.png [temp]")
                .hasMessageContaining("another pod");
        assertThatThrownBy(() -> file.size()).isInstanceOf(HttpStatusException.class);
    }

    @Test
    void sizeAsksWithoutDownloading() {
        at.enqueue(answer(200).setHeader("Content-Length", 123));
        assertThat(file.size()).isEqualTo(123);
        assertThat(at.request().getMethod()).isEqualTo("HEAD");
    }

    @Test
    void aFileOverTheLimitIsRefusedBeforeAndWhileItComes() throws IOException {
        DownloadOptions small = DownloadOptions.builder().maxBytes(3).build();
        at.enqueue(ok("0123")).enqueue(answer(200).chunkedBody("0123", 2));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> file.writeTo(folder, small))
                    .isInstanceOfSatisfying(LimitReachedException.class, e -> assertThat(e.limit())
                            .isEqualTo(Limit.SIZE));
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aPreviewIsAskedForAndNamedAfterItsFormat() {
        at.enqueue(ok("x"));
        DownloadOptions preview =
                DownloadOptions.builder().preview("jpeg", 80).channel("rgb").build();
        assertThat(file.writeTo(folder, preview).path().getFileName()).hasToString("a b.jpg");
        assertThat(at.request().getTarget()).endsWith("&channel=rgb&preview=jpeg%3B80");
    }

    @Test
    void aPreviewOfWhatIsNoPictureSaysSo() {
        at.enqueue(500, "500 Internal Server Error");
        assertThatThrownBy(() ->
                        file.bytes(DownloadOptions.builder().preview("webp", 80).build()))
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("is it a picture?");
    }

    @Test
    void progressIsToldUpToTheEnd() {
        at.enqueue(ok("0123456789"));
        List<String> told = new ArrayList<>();
        file.bytes(DownloadOptions.builder()
                .progress((received, total) -> told.add(received + "/" + total))
                .build());
        assertThat(told).containsExactly("0/10", "10/10");
    }

    @Test
    void anObserverThatThrowsEndsTheDownloadAndLeavesNothing() throws IOException {
        at.enqueue(ok("0123456789"));
        assertThatThrownBy(() -> file.writeTo(
                        folder,
                        DownloadOptions.builder()
                                .progress((received, total) -> {
                                    throw new IllegalStateException("stop");
                                })
                                .build()))
                .hasMessage("stop");
        assertThat(names()).isEmpty();
    }

    @Test
    void aStreamThatFailsIsALocalFailureAndNotTriedAgain() {
        at.enqueue(ok("x"));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> file.writeTo(full))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("No space left");
        assertThat(at.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void futuresDoTheSame() {
        at.enqueue(ok("x")).enqueue(404, "");
        assertThat(file.async().writeTo(folder).join().path()).hasContent("x");
        assertThat(file.async().bytes()).failsWithin(java.time.Duration.ofSeconds(5));
    }

    @Test
    void aFileWithoutAClientSaysSo() {
        OutputFile unbound = NodeOutput.of("1", Map.of("images", List.of(Map.of("filename", "a.png"))))
                .files()
                .get(0);
        assertThatThrownBy(unbound::bytes).isInstanceOf(IllegalStateException.class);
        assertThat(unbound.type()).isEqualTo("output");
    }
}
