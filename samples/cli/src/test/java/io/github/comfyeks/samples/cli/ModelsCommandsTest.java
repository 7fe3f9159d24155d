package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets on a real S3 server that takes anybody. */
class ModelsCommandsTest {
    private static final String ODD = "loras/ü&=#;,'\"$ 龙😀+(1)%20.safetensors";

    @TempDir
    private Path temp;

    private Path local;
    private S3Proxy server;

    @BeforeAll
    static void identify() {
        System.setProperty("aws.accessKeyId", "test"); // as the SDK takes them beside the environment
        System.setProperty("aws.secretAccessKey", "testsecret");
    }

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(temp.resolve("s3/models"));
        local = temp.resolve("local");
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(temp.resolve("s3").toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.NONE, null, null)
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Path file(String name, String content) throws IOException {
        Path file = local.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Cli models(String... arguments) {
        return Cli.run(
                Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + server.getPort(), "AWS_REGION", "us-east-1"),
                Stream.concat(Stream.of("models"), Stream.of(arguments)).toArray(String[]::new));
    }

    private Cli ok(String... arguments) {
        Cli done = models(arguments);
        assertThat(done.err()).isEmpty();
        assertThat(done.exit()).isZero();
        return done;
    }

    @Test
    void whatIsPushedIsListedPulledAndRemoved() throws IOException {
        file(ODD, "abc");
        file("vae/empty.safetensors", "");
        Cli pushed = ok("push", local.toString(), "--bucket", "models", "--json");
        assertThat(pushed.events("pushed")).hasSize(2);
        assertThat(pushed.event("manifest").path("generation").asInt()).isEqualTo(1);
        assertThat(ok("push", local.toString(), "--bucket", "models").out())
                .contains("2 models are there, 0 bytes sent; generation 1");

        assertThat(ok("ls", "--bucket", "models", "--json").json())
                .extracting(node -> node.path("key").asText())
                .containsExactly(ODD, "vae/empty.safetensors");
        assertThat(ok("ls", "loras", "--bucket", "models").out()).contains(ODD, "1 models, 3 bytes");

        Path node = temp.resolve("node");
        ok("pull", "--bucket", "models", "--dir", node.toString());
        assertThat(node.resolve(ODD)).hasContent("abc");
        assertThat(node.resolve("vae/empty.safetensors")).isEmptyFile();
        assertThat(ok("pull", "--bucket", "models", "--dir", node.toString()).out())
                .contains("0 bytes received");
        assertThat(ok("verify", "--deep", "--bucket", "models").out()).contains("2 models, all sound");

        ok("rm", ODD, "--bucket", "models", "--yes");
        assertThat(ok("ls", "--bucket", "models", "--json").json()).hasSize(1);
        assertThat(ok("verify", "--bucket", "models").out()).contains("1 models, all sound");
    }

    @Test
    void aPrefixHoldsItsOwnModels() throws IOException {
        file("vae/a.safetensors", "abc");
        ok("push", local.toString(), "--bucket", "models", "--prefix", "game");
        assertThat(temp.resolve("s3/models/game/vae/a.safetensors")).hasContent("abc");
        assertThat(ok("ls", "--bucket", "models", "--prefix", "game/", "--json").json())
                .hasSize(1);
    }

    @Test
    void allThatIsWrongWithFilesIsSaidBeforeAnythingIsSent() throws IOException {
        file("vae/good.safetensors", "abc");
        file("vae/CON.safetensors", "abc");
        file("embeddings/bad.pt", "abc");
        models(
                        "push",
                        local.toString(),
                        local + "/none",
                        local + "/vae/good.safetensors",
                        "--bucket",
                        "models",
                        "--no-pickles")
                .failed(
                        2,
                        "nothing was sent",
                        "CON.safetensors",
                        "bad.pt is a pickle",
                        "/none is not there",
                        "name its model folder by --folder");
        assertThat(temp.resolve("s3/models")).isEmptyDirectory();
    }

    @Test
    void aFileNeedsItsFolder() throws IOException {
        Path file = file("a.safetensors", "abc");
        models("push", local.toString(), "--bucket", "models").failed(2, "a.safetensors lies in no model folder");
        ok("push", file.toString(), "--folder", "loras", "--bucket", "models");
        assertThat(temp.resolve("s3/models/loras/a.safetensors")).exists();
    }

    @Test
    void dryRunsDoNothing() throws IOException {
        file("vae/a.safetensors", "abc");
        assertThat(ok("push", local.toString(), "--bucket", "models", "--dry-run")
                        .out())
                .contains("vae/a.safetensors  3 bytes");
        assertThat(temp.resolve("s3/models")).isEmptyDirectory();
        ok("push", local.toString(), "--bucket", "models");
        ok("rm", "vae", "--bucket", "models", "--dry-run");
        ok(
                "pull",
                "--bucket",
                "models",
                "--dry-run",
                "--dir",
                temp.resolve("node").toString());
        assertThat(temp.resolve("s3/models/vae/a.safetensors")).exists();
        assertThat(temp.resolve("node")).doesNotExist();
    }

    @Test
    void nothingIsRemovedUnasked() throws IOException {
        file("vae/a.safetensors", "abc");
        ok("push", local.toString(), "--bucket", "models");
        models("rm", "vae/a.safetensors", "--bucket", "models").failed(2, "say --yes");
        models("rm", "vae/b.safetensors", "--bucket", "models", "--yes")
                .failed(2, "\"vae/b.safetensors\"", "nearest: \"vae/a.safetensors\"");
        assertThat(temp.resolve("s3/models/vae/a.safetensors")).exists();
    }

    @Test
    void aBucketIsNeeded() {
        models("ls").failed(2, "Missing required option: '--bucket=NAME'");
    }

    @Test
    void aCatalogueIsPlannedAndApplied() throws IOException {
        file("loras/a.safetensors", "abc");
        file("vae/old.safetensors", "old");
        ok("push", local.resolve("vae").toString(), "--folder", "vae", "--bucket", "models");
        String catalog = Files.writeString(temp.resolve("catalog.yaml"), """
                        models:
                          - {model: a.safetensors, folder: loras, source: local/loras/a.safetensors, tier: start}
                        """).toString();
        assertThat(ok("plan", catalog, "--bucket", "models").out())
                .contains("add      loras/a.safetensors", "remove   vae/old.safetensors", "1 to add");
        assertThat(models("plan", catalog, "--bucket", "models", "--check").exit())
                .isEqualTo(7);
        models("apply", catalog, "--bucket", "models").failed(2, "delete 1 models");
        ok("apply", catalog, "--bucket", "models", "--keep-others");
        List<JsonNode> listed = ok("ls", "--bucket", "models", "--json").json();
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).path("tier").asText()).isEqualTo("start");
        ok("apply", catalog, "--bucket", "models", "--yes");
        assertThat(ok("ls", "--bucket", "models", "--json").json()).hasSize(1);
        ok("plan", catalog, "--bucket", "models", "--check");
    }

    @Test
    void aWrongCatalogueIsOneLine() throws IOException {
        String catalog = Files.writeString(temp.resolve("c.yaml"), "models:\n- {model: a, folder: lora}\n")
                .toString();
        models("plan", catalog, "--bucket", "models").failed(2, "line 2", "nearest: \"loras\"");
    }

    @Test
    void whatAModelIsCanBeAsked() throws IOException {
        String header = "{\"lora_unet_double_blocks_0_img_attn_proj.lora_down.weight\":"
                + "{\"dtype\":\"F16\",\"shape\":[1,1],\"data_offsets\":[0,2]}}";
        Path file = local.resolve("loras/a.safetensors");
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                ByteBuffer.allocate(8 + header.length() + 2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length())
                        .put(header.getBytes(StandardCharsets.UTF_8))
                        .array());
        assertThat(ok("inspect", file.toString()).out()).contains("lora, Flux");
        file("vae/a.pt", "abc");
        ok("push", local.toString(), "--bucket", "models");
        List<JsonNode> found = ok("inspect", "loras/a.safetensors", "vae/a.pt", "--bucket", "models", "--json")
                .json();
        assertThat(found.get(0).path("base").asText()).isEqualTo("Flux");
        assertThat(found.get(1).path("pickle").asBoolean()).isTrue();
        file("loras/bad.safetensors", "abc");
        models("inspect", local.resolve("loras/bad.safetensors").toString())
                .failed(2, "is no sound safetensors file: it has only 3 bytes");
    }
}
