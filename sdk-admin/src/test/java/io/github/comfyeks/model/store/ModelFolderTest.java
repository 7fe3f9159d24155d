package io.github.comfyeks.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.LocalFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    @Test
    void filesAreModelsButHiddenOnesAndPlaceholders() throws IOException {
        Path a = file("loras/sub/龙 😀+(1).safetensors");
        file("loras/.hidden.safetensors");
        file(".git/x");
        file("vae/put_vae_here");
        Path linked = Files.createSymbolicLink(folder.resolve("vae-link.safetensors"), a);
        ModelFolder found = ModelFolder.scan(folder);
        assertThat(found.models())
                .containsOnly(
                        java.util.Map.entry(new ModelKey("loras/sub/龙 😀+(1).safetensors"), a),
                        java.util.Map.entry(new ModelKey("vae-link.safetensors"), linked));
        assertThat(found.refused()).isEmpty();
    }

    @Test
    void namesThatAreNoKeyAreSaid() throws IOException {
        Path bad = file("loras/CON.safetensors");
        Path line = file("loras/a\nb.safetensors");
        assertThat(ModelFolder.scan(folder).refused()).containsOnlyKeys(bad.toString(), line.toString());
    }

    @Test
    void accentsAreKeptTheOneWay() throws IOException {
        file("loras/u\u0308.safetensors");
        assertThat(ModelFolder.scan(folder).models()).containsOnlyKeys(new ModelKey("loras/\u00fc.safetensors"));
        file("loras/\u00fc.safetensors");
        assertThat(ModelFolder.scan(folder).refused()).hasSize(1);
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ModelFolder.scan(folder.resolve("none"))).isInstanceOf(LocalFileException.class);
    }
}
