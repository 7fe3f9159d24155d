package io.github.comfyeks.output.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource({
        "a.png, a.png",
        "ComfyUI_00001_.png, ComfyUI_00001_.png",
        "bild ü 日.png, bild ü 日.png",
        "../../etc/passwd, passwd",
        "/etc/passwd, passwd",
        "C:\\Windows\\win.ini, win.ini",
        "..\\evil.png, evil.png",
        ".., output",
        "., output",
        "..., output",
        "a/.., output",
        "'', output",
        "' ', output",
        ".bashrc, _bashrc",
        "a.png., a.png",
        "a.png. . , a.png",
        "file.txt:stream, file.txt_stream",
        "a<b>c\"d|e?f*g.png, a_b_c_d_e_f_g.png",
        "CON, _CON",
        "con.png, _con.png",
        "NUL.tar.gz, _NUL.tar.gz",
        "COM1, _COM1",
        "LPT9.txt, _LPT9.txt",
        "CONSOLE.png, CONSOLE.png"
    })
    void aHostileNameBecomesOneHarmlessName(String hostile, String expected) {
        assertThat(FileNames.safe(hostile)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b.png", "a\nb.png", "a\u202eb.png", "a\u007fb.png", "\ufeffab.png", "a\ud800b.png"})
    void invisibleCharactersVanish(String hostile) {
        assertThat(FileNames.safe(hostile)).isEqualTo("ab.png");
    }

    @Test
    void anOverlongNameKeepsItsExtensionAndWholeCharacters() {
        String name = FileNames.safe("日".repeat(300) + ".png");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
        assertThat(name).endsWith("日.png").doesNotContain("\ufffd");
        assertThat(FileNames.safe("a." + "x".repeat(300)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void everyNameStaysInTheFolder() {
        Path folder = Path.of("out").toAbsolutePath();
        for (String hostile : new String[] {"../x", "..", "/", "\\", "a/../../b", "....//", "..\u0000", "\u202e.."}) {
            Path path = folder.resolve(FileNames.safe(hostile));
            assertThat(path.normalize().getParent()).isEqualTo(folder);
        }
    }

    @Test
    void numbersGoBeforeTheExtension() {
        assertThat(FileNames.numbered("a.png", 1)).isEqualTo("a (1).png");
        assertThat(FileNames.numbered("a", 12)).isEqualTo("a (12)");
    }
}
