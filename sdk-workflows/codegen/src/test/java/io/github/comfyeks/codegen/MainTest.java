package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void writesTheSourcesAndSaysHowMany(@TempDir Path folder) throws IOException {
        Path schema = Files.writeString(
                folder.resolve("s.json"),
                "{\"Mine\": {\"input\": {}, \"output\": [\"IMAGE\"]}}",
                StandardCharsets.UTF_8);
        assertThat(Main.run(out, schema.toString(), folder.resolve("out").toString(), "com.acme"))
                .isZero();
        assertThat(folder.resolve("out/com/acme/Mine.java")).isRegularFile();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("2 files, 2 of them changed");
        assertThat(Main.run(out, schema.toString(), folder.resolve("out").toString(), "com.acme"))
                .isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("2 files, 0 of them changed");
    }

    @Test
    void saysHowItIsUsed() throws IOException {
        assertThat(Main.run(out)).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("usage");
    }
}
