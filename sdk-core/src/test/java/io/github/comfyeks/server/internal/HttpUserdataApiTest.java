package io.github.comfyeks.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.server.UserdataApi;
import io.github.comfyeks.server.UserdataFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUserdataApiTest {
    private static final byte[] CONTENT = "{}".getBytes(StandardCharsets.UTF_8);

    private final MockComfy comfy = new MockComfy();
    private final UserdataApi userdata = new HttpUserdataApi(comfy.http());

    @AfterEach
    void close() {
        comfy.close();
    }

    static List<Wire.Exchange> lists() {
        return Wire.answers("GET", path -> path.startsWith("/userdata?"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void readsEveryRecordedList(Wire.Exchange answer) {
        comfy.on("GET /userdata?dir=workflows&recurse=true&full_info=true", 200, answer.json());
        comfy.on("GET /userdata?dir=workflows&recurse=false&full_info=false", 200, answer.json());

        if (answer.path().contains("full_info=true")) {
            assertThat(userdata.listFiles("workflows", true)).singleElement().satisfies(file -> {
                assertThat(file.path()).isEqualTo("p.json");
                assertThat(file.size()).isEqualTo(2);
                assertThat(file.modified().orElseThrow())
                        .isBetween(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
            });
        } else {
            assertThat(userdata.list("workflows", false)).isEmpty();
        }
    }

    @Test
    void readsTimesInMillisecondsAndInSeconds() {
        comfy.on(
                "GET /userdata?dir=d&recurse=false&full_info=true",
                200,
                "[{\"path\": \"a\", \"size\": 1, \"modified\": 1795318407762}, {\"path\": \"b\", \"modified\": 1795318407.7625}]");

        assertThat(userdata.listFiles("d", false))
                .extracting(file -> file.modified().orElseThrow().toEpochMilli())
                .containsExactly(1795318407762L, 1795318407763L);
    }

    @Test
    void writesReadsMovesAndDeletes() {
        String written = "{\"path\": \"workflows/p.json\", \"size\": 2, \"modified\": 1795318407762, \"created\": 1}";
        comfy.on("POST /userdata/workflows%2Fp.json?overwrite=true&full_info=true", 200, written);
        comfy.on("GET /userdata/workflows%2Fp.json", 200, "{}");
        comfy.on("POST /userdata/workflows%2Fp.json/move/q.json?overwrite=false&full_info=true", 200, written);
        comfy.on("DELETE /userdata/q.json", 204, "");

        UserdataFile file = userdata.write("workflows/p.json", CONTENT, true);

        assertThat(file.path()).isEqualTo("workflows/p.json");
        assertThat(file.size()).isEqualTo(2);
        assertThat(userdata.read("workflows/p.json").orElseThrow()).isEqualTo(CONTENT);
        assertThat(userdata.move("workflows/p.json", "q.json", false).path()).isEqualTo("workflows/p.json");
        assertThat(userdata.delete("q.json")).isTrue();
        assertThat(comfy.asked().get(0)).endsWith(" {}");
    }

    @Test
    void saysWhatIsMissingAndWhatIsInTheWay() {
        comfy.on("GET /userdata?dir=no&recurse=false&full_info=false", 404, "Directory not found");
        comfy.on("POST /userdata/a?overwrite=false&full_info=true", 409, "File already exists");
        comfy.on("POST /userdata/a/move/b?overwrite=false&full_info=true", 409, "File already exists");

        assertThat(userdata.list("no", false)).isEmpty();
        assertThat(userdata.read("no")).isEmpty();
        assertThat(userdata.delete("no")).isFalse();
        assertThatThrownBy(() -> userdata.move("no", "b", true))
                .isInstanceOfSatisfying(
                        HttpStatusException.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessageContaining("\"no\"");
        assertThatThrownBy(() -> userdata.write("a", CONTENT, false))
                .isInstanceOfSatisfying(
                        HttpStatusException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessageContaining("\"a\" is there already");
        assertThatThrownBy(() -> userdata.move("a", "b", false)).hasMessageContaining("\"b\" is there already");
    }

    @Test
    void doesNotTakeAProxysPageForAMissingFile() {
        comfy.on("GET /userdata/a", 404, "<html>");
        comfy.on("DELETE /userdata/a", 404, "<html>");
        comfy.on("GET /userdata?dir=a&recurse=false&full_info=false", 404, "<html>");

        assertThatThrownBy(() -> userdata.read("a")).isInstanceOf(HttpStatusException.class);
        assertThatThrownBy(() -> userdata.delete("a")).isInstanceOf(HttpStatusException.class);
        assertThatThrownBy(() -> userdata.list("a", false)).isInstanceOf(HttpStatusException.class);
    }

    /** The server unescapes the URL and then, if there is a percent sign left, the path again. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a/b c.json", "../../x", "100%.json", "a%20b.json", "ü?#&=+.json", "a\\b", "%2e%2e", "..%2f.."})
    void sendsAnyPathAsOneSegment(String path) {
        assertThat(userdata.read(path)).isEmpty();

        String segment = comfy.asked().get(0).substring("GET /userdata/".length());
        assertThat(segment).doesNotContain("/", "?", "#");
        String once = unescape(segment);
        assertThat(once.contains("%") ? unescape(once) : once).isEqualTo(path);
    }

    private static String unescape(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Test
    void passesOnThatAPathIsOutside() {
        comfy.on("GET /userdata/..%2Fx", 403, "");

        assertThatThrownBy(() -> userdata.read("../x"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("\"../x\"; does it lead out of the user's folder");
        assertThatThrownBy(() -> userdata.read("..")).isInstanceOf(IllegalArgumentException.class);
    }
}
