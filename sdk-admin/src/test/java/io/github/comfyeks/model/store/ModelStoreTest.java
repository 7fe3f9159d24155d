package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ModelStoreTest {
    @TempDir
    private Path folder;

    private S3Server server;
    private S3Client s3;
    private ModelStore store;

    @BeforeEach
    void start() {
        server = S3Server.on(folder);
        s3 = server.client();
        s3.createBucket(request -> request.bucket("models"));
        store = ModelStore.of(s3, "models");
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    private void put(String key, String text) {
        s3.putObject(request -> request.bucket("models").key(key), RequestBody.fromString(text));
    }

    @Test
    void everyModelIsListedWhateverItsName() {
        put("loras/龙 😀+(1).safetensors", "abc");
        put("vae/%20.pt", "");
        put(".comfyeks/manifest.json", "{}");
        assertThat(store.list().models().values())
                .extracting(model -> model.key().value() + " " + model.size())
                .containsExactly("loras/龙 😀+(1).safetensors 3", "vae/%20.pt 0");
    }

    @Test
    void underAPrefixKeysAreTheSame() {
        put("game/models/loras/a.pt", "abc");
        put("loras/b.pt", "abc");
        assertThat(store.withPrefix("game/models").list().models().keySet())
                .containsExactly(new ModelKey("loras/a.pt"));
    }

    @Test
    void aPartIsReadOfOneVersionOnly() throws IOException {
        put("loras/a.pt", "abcdef");
        ModelObject model = store.list().find(new ModelKey("loras/a.pt")).orElseThrow();
        try (InputStream part = store.read(model, 2, 3)) {
            assertThat(new String(part.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("cde");
        }
        put("loras/a.pt", "changed");
        assertThatThrownBy(() -> store.read(model, 2, 3))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.status()).isEqualTo(412));
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ModelStore.of(s3, "nothing").list())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("s3://nothing/")
                .hasMessageContaining("NoSuchBucket (404); check the name");
    }
}
