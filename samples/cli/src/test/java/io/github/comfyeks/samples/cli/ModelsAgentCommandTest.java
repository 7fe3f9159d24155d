package io.github.comfyeks.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent on a real S3 server that takes anybody; buckets are folders there. */
class ModelsAgentCommandTest {
    @TempDir
    private Path temp;

    private S3Proxy server;

    @BeforeAll
    static void identify() {
        System.setProperty("aws.accessKeyId", "test"); // as the SDK takes them beside the environment
        System.setProperty("aws.secretAccessKey", "testsecret");
    }

    @BeforeEach
    void start() throws Exception {
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(
                        Files.createDirectories(temp.resolve("s3")).toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.NONE, null, null)
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        put("loras/a b.pt", "abc");
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private void put(String key, String content) throws IOException {
        Path file = temp.resolve("s3/models").resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Cli agent(String... more) {
        List<String> arguments = new ArrayList<>(List.of("models", "agent", "--bucket", "models", "--once", "--dir"));
        arguments.add(temp.resolve("node").toString());
        arguments.addAll(List.of(more));
        return Cli.run(
                Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + server.getPort(), "AWS_REGION", "us-east-1"),
                arguments.toArray(String[]::new));
    }

    @Test
    void theFolderIsInStepAfterOneLook() throws IOException {
        Cli done = agent();
        assertThat(done.err()).isEmpty();
        assertThat(done.exit()).isZero();
        assertThat(done.out()).contains("1 copied (3 bytes), 0 removed, 0 kept; in step");
        assertThat(temp.resolve("node/loras/a b.pt")).hasContent("abc");
        Files.delete(temp.resolve("s3/models/loras/a b.pt"));
        assertThat(agent("--grace", "0s", "--json")
                        .event("looked")
                        .path("removed")
                        .get(0)
                        .asText())
                .isEqualTo("loras/a b.pt");
    }

    @Test
    void whatStandsInTheWayIsToldAndIsAnotherExit() throws IOException {
        Files.createDirectories(temp.resolve("node/loras"));
        Files.writeString(temp.resolve("node/loras/a b.pt"), "theirs");
        agent().failed(7, "loras/a b.pt is not copied: a file that is not the agent's");
    }

    @Test
    void aBucketThatIsNotThereIsAnotherExit() throws IOException {
        Files.delete(temp.resolve("s3/models/loras/a b.pt"));
        Files.delete(temp.resolve("s3/models/loras"));
        Files.delete(temp.resolve("s3/models"));
        agent().failed(7, "s3://models/", "NoSuchBucket");
    }

    @Test
    void wrongNumbersAreToldAtOnce() {
        agent("--max-bytes", "lots").failed(2, "'lots' is no number of bytes");
        agent("--parallel", "0").failed(2, "parallel 0 is not between 1 and 64");
        Cli.run(Map.of("AWS_ENDPOINT_URL", "nonsense"), "models", "agent", "--bucket", "b", "--dir", temp.toString())
                .failed(2, "nonsense is no address");
    }

    @Test
    void theGroupTellsOfItsCommands() {
        Cli group = Cli.run(Map.of(), "models");
        assertThat(group.exit()).isEqualTo(2);
        assertThat(group.err()).contains("agent", "server");
    }
}
