package io.github.comfyeks.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelManifest.Tier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogTest {
    private static final String SHA = "ab".repeat(32);

    @TempDir
    private Path folder;

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("catalog.yaml"), yaml);
    }

    @Test
    void everySourceTierAndPinIsRead() throws IOException {
        ModelCatalog catalog = ModelCatalog.read(file("""
                version: 1
                folders: [my_nodes]
                models:
                  - model: sd xl (1.0)+龙.safetensors
                    folder: checkpoints
                    source: https://example.com/sdxl.safetensors
                    sha256: %s
                    tier: start
                    pin: true
                  - {model: a/b.safetensors, folder: loras, source: s3://other/x/y.safetensors}
                  - {model: c.safetensors, folder: my_nodes, source: files/c.safetensors}
                  - {model: d.safetensors, folder: vae}
                """.formatted(SHA.toUpperCase(java.util.Locale.ROOT))));
        assertThat(catalog.models())
                .containsExactly(
                        new CatalogEntry(
                                new ModelKey("checkpoints/sd xl (1.0)+龙.safetensors"),
                                new ModelSource.Link(URI.create("https://example.com/sdxl.safetensors")),
                                SHA,
                                Tier.START,
                                true,
                                4),
                        new CatalogEntry(
                                new ModelKey("loras/a/b.safetensors"),
                                new ModelSource.S3Object("other", "x/y.safetensors"),
                                null,
                                Tier.DEMAND,
                                false,
                                10),
                        new CatalogEntry(
                                new ModelKey("my_nodes/c.safetensors"),
                                new ModelSource.LocalFile(folder.resolve("files/c.safetensors")),
                                null,
                                Tier.DEMAND,
                                false,
                                11),
                        new CatalogEntry(
                                new ModelKey("vae/d.safetensors"),
                                new ModelSource.Present(),
                                null,
                                Tier.DEMAND,
                                false,
                                12));
        assertThat(catalog.find(new ModelKey("vae/d.safetensors"))).isPresent();
    }

    @Test
    void allThatIsWrongIsNamedAtOnceWithItsLine() throws IOException {
        Path file = file("""
                version: 2
                modles: []
                models:
                  - {model: a.safetensors, folder: checkpoint}
                  - {model: ../a.safetensors, folder: loras}
                  - {folder: loras, teir: start}
                  - {model: b.safetensors, folder: loras, tier: strat, pin: maybe, sha256: abc}
                  - {model: c.safetensors, folder: loras, source: "https://example.com/c"}
                  - {model: d.safetensors, folder: loras, source: "http://example.com/d", sha256: %s}
                  - {model: e.safetensors, folder: loras, source: "s3://bucket"}
                  - {model: f.safetensors, folder: loras}
                  - {model: f.safetensors, folder: loras}
                  - just text
                """.formatted(SHA));
        assertThatThrownBy(() -> ModelCatalog.read(file))
                .isInstanceOfSatisfying(CatalogException.class, e -> assertThat(e.problems())
                        .satisfiesExactlyInAnyOrder(
                                p -> assertThat(p).startsWith("line 1: version 2 is not known"),
                                p -> assertThat(p)
                                        .startsWith("line 2: \"modles\" is no field")
                                        .contains("\"models\""),
                                p -> assertThat(p)
                                        .startsWith("line 4: ComfyUI has no model folder \"checkpoint\"")
                                        .contains("nearest: \"checkpoints\""),
                                p -> assertThat(p).startsWith("line 5: ").contains(".."),
                                p -> assertThat(p)
                                        .startsWith("line 6: \"teir\"")
                                        .contains("\"tier\""),
                                p -> assertThat(p).isEqualTo("line 6: a model needs \"model\""),
                                p -> assertThat(p)
                                        .startsWith("line 7: tier \"strat\"")
                                        .contains("\"start\""),
                                p -> assertThat(p).startsWith("line 7: pin must be"),
                                p -> assertThat(p).startsWith("line 7: sha256 \"abc\""),
                                p -> assertThat(p).startsWith("line 8: ").contains("needs its \"sha256\""),
                                p -> assertThat(p).startsWith("line 9: ").contains("must be an https:// link"),
                                p -> assertThat(p).startsWith("line 10: ").contains("s3://bucket/key"),
                                p -> assertThat(p).isEqualTo("line 12: loras/f.safetensors stands in line 11 already"),
                                p -> assertThat(p).startsWith("line 13: a model must be a mapping")));
    }

    @Test
    void whatIsNoYamlIsNamedWithItsLine() throws IOException {
        Path file = file("models:\n  - {model: a\n");
        assertThatThrownBy(() -> ModelCatalog.read(file))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("line 3: no YAML");
        Path empty = file("");
        assertThatThrownBy(() -> ModelCatalog.read(empty)).hasMessageContaining("it is empty");
    }

    @Test
    void aSignatureMustBeThatOfTheKey() throws Exception {
        Path file = file("models: [{model: a.safetensors, folder: vae}]");
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(Files.readAllBytes(file));
        byte[] signature = signer.sign();
        Path pem = Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        PublicKey key = ModelCatalog.publicKey(pem);
        Path raw = Files.write(folder.resolve("catalog.yaml.sig"), signature);
        Path text = Files.writeString(
                folder.resolve("text.sig"), Base64.getEncoder().encodeToString(signature) + "\n");

        assertThat(ModelCatalog.read(file, raw, key).models()).hasSize(1);
        assertThat(ModelCatalog.read(file, text, key).models()).hasSize(1);

        Files.writeString(file, "models: [{model: b.safetensors, folder: vae}]");
        assertThatThrownBy(() -> ModelCatalog.read(file, raw, key))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("somebody changed the catalogue");
        assertThatThrownBy(() -> ModelCatalog.publicKey(file)).isInstanceOf(LocalFileException.class);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ModelCatalog.read(folder.resolve("no.yaml")))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("no.yaml");
    }
}
