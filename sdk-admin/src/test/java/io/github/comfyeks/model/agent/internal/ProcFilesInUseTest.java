package io.github.comfyeks.model.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcFilesInUseTest {
    @TempDir
    private Path folder;

    private final FilesInUse inUse = new ProcFilesInUse();

    @Test
    void aFileThatIsOpenIsInUse() throws IOException {
        Path open = Files.writeString(folder.resolve("open.pt"), "a");
        Path idle = Files.writeString(folder.resolve("idle.pt"), "a");
        try (FileChannel channel = FileChannel.open(open)) {
            assertThat(inUse.among(List.of(open, idle))).containsExactly(open);
            assertThat(channel.isOpen()).isTrue();
        }
        assertThat(inUse.among(List.of(open, idle))).isEmpty();
    }

    @Test
    void aFileThatIsMappedIsInUse() throws IOException {
        Path file = Files.writeString(folder.resolve("mapped.safetensors"), "abc");
        MappedByteBuffer mapped;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 3);
        }
        assertThat(inUse.among(List.of(file))).containsExactly(file);
        assertThat(mapped.get(0)).isEqualTo((byte) 'a');
    }

    @Test
    void aFileThatIsNotThereIsNot() {
        assertThat(inUse.among(List.of(folder.resolve("none")))).isEmpty();
    }
}
