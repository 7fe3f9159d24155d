package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.LocalFileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class TransferTest extends StoreTestBase {
    private static final TransferOptions PARTS = TransferOptions.DEFAULT.partSize(5 * MIB);

    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
    private final List<Integer> sent = Collections.synchronizedList(new ArrayList<>());

    @Override
    protected BlobStore faulty(BlobStore real) {
        return new ForwardingBlobStore(real) {
            @Override
            public UploadPartResponse uploadMultipartPart(
                    MultipartUpload upload, UploadPartRequest request, InputStream body) {
                if (refused.contains(request.partNumber())) {
                    throw S3Exception.builder()
                            .statusCode(403)
                            .message("refused")
                            .build();
                }
                sent.add(request.partNumber());
                return super.uploadMultipartPart(upload, request, body);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5 * MIB, 5 * MIB + 1, 12 * MIB})
    void whatIsPutIsGot(int size) throws IOException {
        Path from = file("a.safetensors", size, 1);

        PutResult put = store.put(from, key("loras/龙 😀+(1).safetensors"), PARTS);
        Path to = files.resolve("down/there.safetensors");
        ModelHead head = store.get(put.object().key(), to, PARTS);

        assertThat(put.sent()).isEqualTo(size);
        assertThat(put.object().size()).isEqualTo(size);
        assertThat(head.sha256()).contains(put.sha256());
        assertThat(to).hasSameBinaryContentAs(from);
        assertThat(to.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatIsThereAlreadyIsNotSentAgain() throws IOException {
        Path from = file("a.safetensors", 12 * MIB, 1);
        ModelObject first = store.put(from, key("loras/a.safetensors"), PARTS).object();
        sent.clear();
        assertThat(store.put(from, key("loras/a.safetensors"), PARTS))
                .extracting(PutResult::sent, PutResult::object)
                .containsExactly(0L, first);
        assertThat(sent).isEmpty();
        assertThat(store.put(file("a.safetensors", 12 * MIB, 2), key("loras/a.safetensors"), PARTS)
                        .sent())
                .isEqualTo(12 * MIB);
    }

    @Test
    void afterAFailedPartOnlyWhatIsMissingIsSent() throws IOException {
        Path from = file("a.safetensors", 22 * MIB, 1);
        refused.add(4);
        assertThatThrownBy(() -> store.put(from, key("vae/a.safetensors"), PARTS.parallel(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("take part 4");
        assertThat(store.list().models()).isEmpty();
        refused.clear();
        sent.clear();

        PutResult put = store.put(from, key("vae/a.safetensors"), PARTS);

        assertThat(sent).containsExactlyInAnyOrder(4, 5);
        assertThat(put.sent()).isEqualTo(7 * MIB);
        assertThat(store.get(key("vae/a.safetensors"), files.resolve("b")).sha256())
                .contains(put.sha256());
    }

    @Test
    void aFileThatChangedSinceIsSentWithItsOwnChecksum() throws IOException {
        Path from = file("a.safetensors", 12 * MIB, 1);
        refused.add(2);
        assertThatThrownBy(() -> store.put(from, key("vae/a.safetensors"), PARTS.parallel(1)))
                .isInstanceOf(StoreException.class);
        refused.clear();
        byte[] changed = Files.readAllBytes(from);
        changed[11 * MIB]++;
        Files.write(from, changed);

        PutResult put = store.put(from, key("vae/a.safetensors"), PARTS);

        assertThat(store.get(key("vae/a.safetensors"), files.resolve("b")).sha256())
                .contains(put.sha256());
    }

    @Test
    void progressGrowsToTheEnd() throws IOException {
        List<Long> told = Collections.synchronizedList(new ArrayList<>());
        store.put(
                file("a.safetensors", 12 * MIB, 1),
                key("vae/a.safetensors"),
                PARTS.parallel(1).listener(progress -> told.add(progress.bytes())));
        assertThat(told).isSorted().startsWith(0L).endsWith(12L * MIB).hasSizeGreaterThan(3);
    }

    @Test
    void aDamagedObjectIsNotGot() throws IOException {
        String wrong = "0".repeat(64);
        s3.putObject(
                request ->
                        request.bucket("models").key("vae/a.safetensors").metadata(java.util.Map.of("sha256", wrong)),
                RequestBody.fromString("abc"));
        Path to = Files.writeString(files.resolve("a.safetensors"), "before");
        assertThatThrownBy(() -> store.get(key("vae/a.safetensors"), to))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(wrong);
        assertThat(to).hasContent("before");
        assertThat(files).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> store.put(files.resolve("no.safetensors"), key("vae/a.safetensors")))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("no.safetensors is not there");
    }

    @Test
    void copiesKeepTheirChecksum() throws IOException {
        PutResult put = store.put(file("a.safetensors", 10, 1), key("vae/a.safetensors"));
        ModelHead copy = store.withPrefix("game").copy(store, key("vae/a.safetensors"), key("vae/b c+.safetensors"));
        assertThat(copy.sha256()).contains(put.sha256());
        assertThat(copy.metadata()).containsEntry("source-etag", put.object().etag());
        assertThat(store.list().models().keySet())
                .containsExactly(key("game/vae/b c+.safetensors"), key("vae/a.safetensors"));
    }

    @Test
    void aDeletedModelIsGone() throws IOException {
        store.put(file("a.safetensors", 10, 1), key("vae/a.safetensors"));
        store.delete(key("vae/a.safetensors"));
        assertThat(store.list().models()).isEmpty();
        store.delete(key("vae/a.safetensors"));
        assertThatThrownBy(() -> store.head(key("vae/a.safetensors")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void aLinkNeedsNoCredentials() throws IOException {
        Path from = file("a.safetensors", 1000, 1);
        store.put(from, key("vae/ü &+#%20.safetensors"));
        URI link = store.link(key("vae/ü &+#%20.safetensors"), Duration.ofMinutes(5));
        try (InputStream in = link.toURL().openStream()) {
            assertThat(in).hasBinaryContent(Files.readAllBytes(from));
        }
        assertThat(link.toString()).doesNotContain(S3Server.SECRET);
    }
}
