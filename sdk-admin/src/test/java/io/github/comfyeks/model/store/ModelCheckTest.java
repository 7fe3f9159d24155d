package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class ModelCheckTest extends StoreTestBase {
    private ModelCheck check(boolean deep) {
        return ModelCheck.of(store, deep, TransferOptions.DEFAULT);
    }

    @Test
    void whatWePutIsSound() throws IOException {
        PutResult put = store.put(file("a.safetensors", 10, 1), key("vae/a.safetensors"));
        store.refreshManifest(Map.of(key("vae/a.safetensors"), put.sha256()));
        assertThat(check(true)).isEqualTo(new ModelCheck(1, Map.of()));
    }

    @Test
    void aDamagedModelIsFoundByReadingIt() {
        s3.putObject(
                request -> request.bucket("models").key("vae/a.pt").metadata(Map.of("sha256", "0".repeat(64))),
                RequestBody.fromString("abc"));
        assertThat(check(false).isSound()).isTrue();
        assertThat(check(true).findings().get("vae/a.pt"))
                .singleElement()
                .asString()
                .contains("the object is damaged");
    }

    @Test
    void aManifestThatSaysOtherThingsIsFound() throws IOException {
        store.put(file("a.safetensors", 10, 1), key("vae/changed.safetensors"));
        store.put(file("a.safetensors", 10, 1), key("vae/gone.safetensors"));
        store.refreshManifest(Map.of());
        store.put(file("b.safetensors", 20, 2), key("vae/changed.safetensors"));
        store.put(file("b.safetensors", 20, 2), key("vae/new.safetensors"));
        store.delete(key("vae/gone.safetensors"));
        s3.putObject(request -> request.bucket("models").key("vae/CON.pt"), RequestBody.fromString("abc"));
        assertThat(new TreeMap<>(check(false).findings()))
                .hasToString("{vae/CON.pt=[no node copies it: \"CON.pt\" is a reserved name],"
                        + " vae/changed.safetensors=[the manifest knows another version of it],"
                        + " vae/gone.safetensors=[only the manifest has it],"
                        + " vae/new.safetensors=[the manifest does not know it]}");
    }
}
