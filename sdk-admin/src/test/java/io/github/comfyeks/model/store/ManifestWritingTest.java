package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.store.ModelManifest.Entry;
import io.github.comfyeks.model.store.ModelManifest.Tier;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManifestWritingTest extends StoreTestBase {
    private static ModelManifest with(ModelManifest manifest, String key, Entry entry) {
        Map<ModelKey, Entry> models = new HashMap<>(manifest.models());
        models.put(key(key), entry);
        return new ModelManifest(manifest.generation(), models, manifest.etag());
    }

    @Test
    void whatIsWrittenIsRead() {
        Entry entry = new Entry(7, "abc", "0".repeat(64), Tier.START, true);
        ModelManifest written = store.updateManifest(manifest -> with(manifest, "loras/龙 \"+.safetensors", entry));
        assertThat(written.generation()).isEqualTo(1);
        assertThat(store.manifest(ModelManifest.NONE)).isEqualTo(written);
        assertThat(store.manifest(written)).isSameAs(written);
    }

    @Test
    void aChangeThatChangesNothingIsNoNewGeneration() throws IOException {
        store.put(file("a.safetensors", 3, 1), key("vae/a.safetensors"));
        assertThat(store.refreshManifest(Map.of()).generation()).isEqualTo(1);
        assertThat(store.refreshManifest(Map.of()).generation()).isEqualTo(1);
        store.delete(key("vae/a.safetensors"));
        assertThat(store.refreshManifest(Map.of()))
                .satisfies(manifest -> assertThat(manifest.models()).isEmpty())
                .extracting(ModelManifest::generation)
                .isEqualTo(2L);
    }

    @Test
    void whatIsKnownOfAModelStaysWithItsContent() throws IOException {
        PutResult put = store.put(file("a.safetensors", 3, 1), key("vae/a.safetensors"));
        store.refreshManifest(Map.of(key("vae/a.safetensors"), put.sha256()));
        Entry known = store.updateManifest(manifest -> with(
                        manifest,
                        "vae/a.safetensors",
                        new Entry(3, put.object().etag(), put.sha256(), Tier.START, true)))
                .models()
                .get(key("vae/a.safetensors"));
        assertThat(store.refreshManifest(Map.of()).find(key("vae/a.safetensors")))
                .contains(known);
        store.put(file("a.safetensors", 3, 2), key("vae/a.safetensors"));
        assertThat(store.refreshManifest(Map.of()).find(key("vae/a.safetensors")))
                .hasValueSatisfying(entry -> {
                    assertThat(entry.sha256()).isNull();
                    assertThat(entry.tier()).isEqualTo(Tier.START);
                    assertThat(entry.pin()).isTrue();
                });
    }

    @Test
    void ofWritersAtOnceNoneIsLost() {
        CompletableFuture<?>[] writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 5; i++) {
                        String name = "loras/" + writer + "-" + i + ".safetensors";
                        store.updateManifest(
                                manifest -> with(manifest, name, new Entry(1, "e", null, Tier.DEMAND, false)));
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(writers).join();
        ModelManifest manifest = store.manifest(ModelManifest.NONE);
        assertThat(manifest.models()).hasSize(20);
        assertThat(manifest.generation()).isEqualTo(20);
    }
}
