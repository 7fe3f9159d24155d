package io.github.comfyeks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.server.UserdataApi;
import io.github.comfyeks.server.UserdataFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the server keeps for its user. */
class UserdataContractTest extends ContractTest {
    private final UserdataApi userdata = client.userdata();
    private final String folder = "contract-" + UUID.randomUUID();

    @AfterEach
    void deleteWhatWasWritten() {
        for (String path : userdata.list(folder, true)) {
            userdata.delete(folder + "/" + path);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private UserdataFile write(String path, String text) {
        return userdata.write(folder + "/" + path, bytes(text), false);
    }

    private static int status(Throwable failure) {
        return ((HttpStatusException) failure).status();
    }

    @Test
    void whatIsWrittenIsRead() {
        UserdataFile file = write("a.json", "{\"a\": 1}");
        assertThat(file.path()).isEqualTo(folder + "/a.json");
        assertThat(file.size()).isEqualTo(8);
        assertThat(file.modified()).isPresent();
        assertThat(userdata.read(folder + "/a.json").orElseThrow()).isEqualTo(bytes("{\"a\": 1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep/er/b.json", "\u732b \u00e4.json", "a b+c&d%41.json", "#hash?.json"})
    void aPathCanBeAnyText(String path) {
        assertThat(write(path, "text").path()).isEqualTo(folder + "/" + path);
        assertThat(userdata.read(folder + "/" + path).orElseThrow()).isEqualTo(bytes("text"));
        assertThat(userdata.list(folder, true)).containsExactly(path);
    }

    @Test
    void anEmptyFileIsAFile() {
        write("empty", "");
        assertThat(userdata.read(folder + "/empty").orElseThrow()).isEmpty();
    }

    @Test
    void aFolderIsListedWithOrWithoutWhatLiesDeeper() {
        write("a.json", "1");
        write("sub/b.json", "22");
        assertThat(userdata.list(folder, false)).containsExactly("a.json");
        assertThat(userdata.list(folder, true)).containsExactlyInAnyOrder("a.json", "sub/b.json");
        List<UserdataFile> files = userdata.listFiles(folder, true);
        assertThat(files).extracting(UserdataFile::path).containsExactlyInAnyOrder("a.json", "sub/b.json");
        assertThat(files).extracting(UserdataFile::size).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void aFolderThatIsNoneIsEmpty() {
        assertThat(userdata.list("no-such-folder-" + folder, true)).isEmpty();
        assertThat(userdata.listFiles("no-such-folder-" + folder, true)).isEmpty();
    }

    @Test
    void aFileThatIsNoneIsEmpty() {
        assertThat(userdata.read(folder + "/none")).isEmpty();
    }

    @Test
    void aFileIsReplacedOnlyIfThatIsWished() {
        write("a.json", "old");
        assertThatThrownBy(() -> write("a.json", "new"))
                .isInstanceOf(HttpStatusException.class)
                .extracting(UserdataContractTest::status)
                .isEqualTo(409);
        assertThat(userdata.read(folder + "/a.json").orElseThrow()).isEqualTo(bytes("old"));
        userdata.write(folder + "/a.json", bytes("new"), true);
        assertThat(userdata.read(folder + "/a.json").orElseThrow()).isEqualTo(bytes("new"));
    }

    @Test
    void aFileIsMoved() {
        write("a.json", "moved");
        UserdataFile moved = userdata.move(folder + "/a.json", folder + "/sub/b.json", false);
        assertThat(moved.path()).isEqualTo(folder + "/sub/b.json");
        assertThat(userdata.list(folder, true)).containsExactly("sub/b.json");
        assertThat(userdata.read(folder + "/sub/b.json").orElseThrow()).isEqualTo(bytes("moved"));
    }

    @Test
    void aFileIsMovedOverAnotherOnlyIfThatIsWished() {
        write("a.json", "a");
        write("b.json", "b");
        assertThatThrownBy(() -> userdata.move(folder + "/a.json", folder + "/b.json", false))
                .isInstanceOf(HttpStatusException.class)
                .extracting(UserdataContractTest::status)
                .isEqualTo(409);
        userdata.move(folder + "/a.json", folder + "/b.json", true);
        assertThat(userdata.read(folder + "/b.json").orElseThrow()).isEqualTo(bytes("a"));
    }

    @Test
    void aFileThatIsNoneIsNotMoved() {
        assertThatThrownBy(() -> userdata.move(folder + "/none", folder + "/b.json", false))
                .isInstanceOf(HttpStatusException.class)
                .extracting(UserdataContractTest::status)
                .isEqualTo(404);
    }

    @Test
    void aFileIsDeletedOnce() {
        write("a.json", "a");
        assertThat(userdata.delete(folder + "/a.json")).isTrue();
        assertThat(userdata.read(folder + "/a.json")).isEmpty();
        assertThat(userdata.delete(folder + "/a.json")).isFalse();
    }

    @Test
    void aPathThatLeadsOutIsRefused() {
        assertThatThrownBy(() -> userdata.write("../../" + folder, bytes("x"), false))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> userdata.read("../../" + folder)).isInstanceOf(AuthenticationException.class);
    }
}
