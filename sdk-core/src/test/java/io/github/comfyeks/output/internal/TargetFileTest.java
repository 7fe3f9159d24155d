package io.github.comfyeks.output.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.output.OnExisting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TargetFileTest {
    @TempDir
    Path folder;

    private Path put(String name, String content, OnExisting onExisting) {
        try (TargetFile target = TargetFile.in(folder, name, onExisting)) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            target.write(bytes, bytes.length);
            return target.commit();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anExistingFileIsNeverOverwrittenUnlessThatIsAskedFor() throws IOException {
        assertThat(put("a.png", "1", OnExisting.RENAME)).hasFileName("a.png");
        assertThat(put("a.png", "2", OnExisting.RENAME)).hasFileName("a (1).png");
        assertThat(put("a.png", "3", OnExisting.RENAME)).hasFileName("a (2).png");
        assertThatThrownBy(() -> put("a.png", "4", OnExisting.FAIL))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("exists already");
        assertThat(folder.resolve("a.png")).hasContent("1");
        assertThat(put("a.png", "5", OnExisting.REPLACE)).hasContent("5");
        assertThat(names()).containsExactly("a (1).png", "a (2).png", "a.png");
    }

    @Test
    void manyAtOnceGetANameEach() throws IOException {
        List<CompletableFuture<Path>> puts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String content = "content " + i;
            puts.add(CompletableFuture.supplyAsync(() -> put("a.png", content, OnExisting.RENAME)));
        }
        List<Path> paths = puts.stream().map(CompletableFuture::join).toList();
        assertThat(paths).doesNotHaveDuplicates();
        for (int i = 0; i < paths.size(); i++) {
            assertThat(paths.get(i)).hasContent("content " + i);
        }
        assertThat(names()).hasSize(20);
    }

    @Test
    void aFileThatAppearsMeanwhileIsNotOverwritten() throws IOException {
        try (TargetFile target = TargetFile.in(folder, "a.png", OnExisting.FAIL)) {
            Files.writeString(folder.resolve("a.png"), "other");
            assertThatThrownBy(target::commit).isInstanceOf(LocalFileException.class);
        }
        assertThat(folder.resolve("a.png")).hasContent("other");
        assertThat(names()).containsExactly("a.png");
    }

    @Test
    void whatIsNotCommittedLeavesNothing() throws IOException {
        try (TargetFile target = TargetFile.in(folder, "a.png", OnExisting.RENAME)) {
            target.write(new byte[5], 5);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDanglingLinkIsNotFollowed() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve("a.png"), elsewhere);
        assertThat(put("a.png", "1", OnExisting.RENAME)).hasFileName("a (1).png");
        assertThat(put("a.png", "2", OnExisting.REPLACE)).hasFileName("a.png").isRegularFile();
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aFolderInThePlaceOfTheFileAndAFileInThePlaceOfTheFolderAreNamed() throws IOException {
        Files.createDirectory(folder.resolve("a.png"));
        assertThatThrownBy(() -> put("a.png", "1", OnExisting.REPLACE))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> TargetFile.at(folder, OnExisting.RENAME)).isInstanceOf(LocalFileException.class);
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> TargetFile.in(file, "x", OnExisting.RENAME)).isInstanceOf(LocalFileException.class);
        assertThatThrownBy(() -> TargetFile.in(file.resolve("sub"), "x", OnExisting.RENAME))
                .isInstanceOf(LocalFileException.class);
    }
}
