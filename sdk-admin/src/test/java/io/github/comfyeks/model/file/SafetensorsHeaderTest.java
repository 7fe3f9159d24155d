package io.github.comfyeks.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class SafetensorsHeaderTest {
    @TempDir
    private Path folder;

    @Test
    void tensorsAndMetadataAreRead() throws IOException {
        Path file = new Drawn()
                .metadata(Map.of("format", "pt"))
                .tensor("a", 2, 3)
                .tensor("scalar")
                .writeTo(folder.resolve("a.safetensors"));
        SafetensorsHeader header = SafetensorsHeader.of(file);
        assertThat(header.metadata()).containsExactly(Map.entry("format", "pt"));
        assertThat(header.tensors())
                .containsOnly(
                        Map.entry("a", new Tensor("F16", List.of(2L, 3L), 0, 12)),
                        Map.entry("scalar", new Tensor("F16", List.of(), 12, 14)));
    }

    @Test
    void ofABucketOnlyTheHeaderIsRead() throws IOException {
        List<String> ranges = new CopyOnWriteArrayList<>();
        try (S3Server server = S3Server.over(new ForwardingBlobStore(new FilesystemNio2BlobStore(folder.toString())) {
                    @Override
                    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
                        ranges.add(request.range());
                        return super.getBlob(request);
                    }
                });
                S3Client s3 = server.client()) {
            s3.createBucket(request -> request.bucket("models"));
            ModelStore store = ModelStore.of(s3, "models");
            Path file = new Drawn().tensor("weight", 1000, 1000).writeTo(folder.resolve("a.safetensors"));
            store.put(file, new ModelKey("vae/a.safetensors"));

            SafetensorsHeader header = SafetensorsHeader.of(store, new ModelKey("vae/a.safetensors"));

            assertThat(header).isEqualTo(SafetensorsHeader.of(file));
            long length;
            try (InputStream in = Files.newInputStream(file)) {
                length = in.read() & 0xff;
            }
            assertThat(ranges).containsExactly("bytes=0-7", "bytes=8-" + (7 + length));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                                            | 0 | no JSON object",
                "{'a':1}                                                                       | 0 | is no object",
                "{'a'                                                                          | 0 | no JSON",
                "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]},'a':{}}                 | 4 | no JSON",
                "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,2]}}                        | 2 | does not fit its 2 bytes",
                "{'a':{'dtype':'F16','shape':[2],'data_offsets':[4,0]}}                        | 4 | has no place",
                "{'a':{'dtype':'F16','shape':[2]}}                                             | 4 | has no place",
                "{'a':{'dtype':'X9','shape':[2],'data_offsets':[0,4]}}                         | 4 | which nobody knows",
                "{'a':{'dtype':'F16','shape':[-2],'data_offsets':[0,4]}}                       | 4 | odd numbers",
                "{'a':{'dtype':'F16','shape':[4294967296,4294967296],'data_offsets':[0,4]}}    | 4 | more numbers than can be counted",
                "{'a':{'dtype':'F16','shape':[2],'data_offsets':[2,6]}}                        | 6 | begins at byte 2",
                "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]}}                        | 3 | may be cut off",
                "{'a':{'dtype':'F16','shape':[1],'data_offsets':[0,2]},'b':{'dtype':'F16','shape':[1],'data_offsets':[1,3]}} | 3 | begins at byte 1",
                "{'__metadata__':{'a':1}}                                                      | 0 | is no text"
            })
    void hostileHeadersAreRefused(String header, int data, String why) throws IOException {
        Path file = Files.write(folder.resolve("a"), Drawn.file(header.strip().replace('\'', '"'), data));
        assertThatThrownBy(() -> SafetensorsHeader.of(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @CsvSource({"-1", "100000001", "1000", "0"})
    void lengthsThatLieAreRefused(long length) throws IOException {
        byte[] bytes = Drawn.file("{}", 0);
        java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = Files.write(folder.resolve("a"), bytes);
        assertThatThrownBy(() -> SafetensorsHeader.of(file)).isInstanceOf(ModelFileException.class);
    }

    @Test
    void whatIsTooShortIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("a"), new byte[5]);
        assertThatThrownBy(() -> SafetensorsHeader.of(file)).hasMessageContaining("only 5 bytes");
    }
}
