package io.github.comfyeks.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Files that are wrong, cut, or made to harm. */
class HostileFilesTest {
    private static final String API = "{\"1\": {\"class_type\": \"A\", \"inputs\": {}}}";

    private static void refused(Bytes file, String... words) {
        refused(() -> WorkflowFile.read(file.array()), words);
    }

    private static void refused(ThrowingCallable reading, String... words) {
        assertThatThrownBy(reading).isInstanceOf(WorkflowInvalidException.class).hasMessageContainingAll(words);
    }

    private static Bytes text(String name, String value) {
        return Bytes.chunk("tEXt", Bytes.of(name + "\0").utf8(value));
    }

    @Test
    void aFileWithoutAWorkflowSaysWhatElseItHolds() {
        refused(
                Bytes.png(text("Software", "paint"), text("Author", "me")),
                "no workflow in this PNG file",
                "Software (tEXt chunk at byte 8)",
                "Author (tEXt chunk at byte 34)");
        refused(Bytes.png(), "it has no metadata");
    }

    @Test
    void aLengthThatLiesIsNamedWithItsPlace() {
        refused(
                Bytes.of("\u0089PNG\r\n\u001a\n").u32(0x7fffffff).ascii("tEXtprompt"),
                "tEXt chunk at byte 16 asks for 2147483647 more bytes, but the file has 6",
                "no workflow in this PNG file up to there");
        refused(
                Bytes.of("\u0089PNG\r\n\u001a\n").u32(-1).ascii("tEXt"),
                "tEXt chunk at byte 8 says that it has 4294967295 bytes");
        refused(
                new Bytes().u64le(99).ascii("{\"__metadata__\""),
                "safetensors header at byte 8 asks for 99 more bytes");
        refused(new Bytes().u64le(0xffffffffL).ascii("{"), "the bytes");
        refused(Bytes.of("fLaC").u8(0x84, 0xff, 0xff, 0xff), "Vorbis comment at byte 8 asks for 16777215 more bytes");
    }

    @Test
    void aStreamOfALengthThatLiesTakesNoMemory() {
        Bytes file = new Bytes().u64le(60 << 20).ascii("{\"__metadata__\"");

        refused(
                () -> WorkflowFile.read(new java.io.ByteArrayInputStream(file.array())),
                "safetensors header at byte 23",
                "the stream ends");
    }

    @Test
    void whatWasFoundBeforeTheCutCounts() {
        byte[] whole = Bytes.png(text("prompt", API), Bytes.chunk("IDAT", new Bytes().add(new byte[100])))
                .array();

        WorkflowFile file = WorkflowFile.read(Arrays.copyOf(whole, whole.length - 20));

        assertThat(file.prompt()).isPresent();
        assertThat(file.problems()).singleElement().asString().contains("IDAT chunk at byte", "cut or damaged");
    }

    @Test
    void aDamagedTextIsSaidToBeDamaged() {
        byte[] png = Bytes.png(text("prompt", API)).array();
        png[8 + 8 + 7 + 2] ^= 1; // the id of the node

        WorkflowFile file = WorkflowFile.read(png);

        assertThat(file.problems())
                .first()
                .asString()
                .isEqualTo("tEXt chunk at byte 8 has a wrong checksum: the file is damaged");
    }

    @Test
    void compressedTextThatGrowsWithoutEndIsStopped() {
        ReadLimits limits = ReadLimits.defaults().withMetadataBytes(1 << 20);
        byte[] bomb = Bytes.deflated(new byte[2 << 20]);
        for (Bytes chunk : new Bytes[] {
            Bytes.chunk("zTXt", Bytes.of("prompt\0\0").add(bomb)),
            Bytes.chunk("iTXt", Bytes.of("prompt\0\1\0\0\0").add(bomb))
        }) {
            refused(
                    () -> WorkflowFile.read(Bytes.png(chunk).array(), limits),
                    "chunk at byte",
                    "grows past the limit of 1048576 bytes",
                    "raise metadataBytes");
        }
    }

    @Test
    void manyTextsTogetherAreStoppedToo() {
        ReadLimits limits = ReadLimits.defaults().withMetadataBytes(1000);
        String half = "x".repeat(600);

        refused(
                () -> WorkflowFile.read(
                        Bytes.png(text("a", half), text("b", half)).array(), limits),
                "the texts come to more than the limit of 1000 bytes");
        refused(
                () -> WorkflowFile.read(("[" + half + half).getBytes(java.nio.charset.StandardCharsets.UTF_8), limits),
                "more than the limit of 1000");
    }

    @Test
    void exifThatPointsToItselfIsStopped() {
        Bytes tiff = Bytes.of("II")
                .u16le(42)
                .u32le(8)
                .u16le(1)
                .u16le(0x8769)
                .u16le(4)
                .u32le(1)
                .u32le(8)
                .u32le(8);

        refused(Bytes.png(Bytes.chunk("eXIf", tiff)), "the EXIF directories run in a circle", "eXIf chunk at byte");
    }

    @Test
    void exifWithManyTagsOnOneTextIsStopped() {
        Bytes tiff = Bytes.of("II").u16le(42).u32le(8).u16le(40_000);
        for (int i = 0; i < 40_000; i++) {
            tiff.u16le(0x010e).u16le(2).u32le(400_000).u32le(8);
        }

        refused(Bytes.png(Bytes.chunk("eXIf", tiff)), "the texts come to more than the limit");
    }

    @Test
    void exifThatPointsOutsideIsRefused() {
        Bytes tiff = Bytes.of("II")
                .u16le(42)
                .u32le(8)
                .u16le(1)
                .u16le(0x0110)
                .u16le(2)
                .u32le(1000)
                .u32le(99_999)
                .u32le(0);

        refused(Bytes.png(Bytes.chunk("eXIf", tiff)), "points to its byte 99999");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000);

        refused(() -> WorkflowFile.read(deep.getBytes(java.nio.charset.StandardCharsets.UTF_8)), "nest");
        refused(Bytes.png(text("prompt", "{\"a\":" + deep)), "prompt, tEXt chunk at byte 8", "nest");
        refused(
                () -> WorkflowFile.read(("{\"nodes\": " + "[".repeat(600) + "]".repeat(600) + "}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                "nested deeper than 500 levels");
    }

    @Test
    void aShortTextThatMakesMuchDataIsRefused() {
        String many = "{\"nodes\": [" + "0,".repeat(2_000_001) + "0]}";

        refused(
                () -> WorkflowFile.read(many.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                "more than 2000000 values");
    }

    @Test
    void namesInAFileCannotForgeLinesOfALog() {
        refused(Bytes.png(text("a\nERROR all is lost", "x")), "a?ERROR all is lost (tEXt chunk at byte 8)");
    }

    @Test
    void parametersWithoutEndAreReadInOnePass() {
        String quotes = "Steps: 1, a: \"" + "b: c, ".repeat(300_000);

        assertThat(GenerationParameters.parse("x\n" + quotes).settings()).containsEntry("b", "c");
        assertThat(GenerationParameters.parse("\n".repeat(3_000_000) + "x\n" + "\n".repeat(3_000_000) + "Steps: 1")
                        .prompt())
                .isEqualTo("x");
    }

    @Test
    void aPromptThatIsNoJsonIsNamedWithItsPlace() {
        refused(Bytes.png(text("prompt", "{\"1\": oops}")), "prompt, tEXt chunk at byte 8: no JSON at line 1, column");
        refused(Bytes.png(text("workflow", "{\"a\": 1}")), "workflow, tEXt chunk at byte 8: neither", "its keys are a");
    }

    @Test
    void boxesThatHoldLessThanTheirHeaderAreRefused() {
        refused(Bytes.box("ftyp", Bytes.of("isom")).u32(4).ascii("moov"), "moov box at byte 12 has the length 4");
        refused(Bytes.box("ftyp", Bytes.of("isom")).u32(1).ascii("mdat").u32(-1).u32(-1), "mdat box at byte 12");
        refused(
                Bytes.box("ftyp", Bytes.of("isom"))
                        .add(Bytes.box("moov", new Bytes().u32(2).ascii("udta"))),
                "udta has the length 2");
    }

    @Test
    void tagsThatNestWithoutEndAreRefused() {
        Bytes tag = new Bytes();
        for (int i = 0; i < 20; i++) {
            tag = Bytes.element(0x67c8, tag);
        }
        refused(
                Bytes.element(0x1a45dfa3, new Bytes()).add(Bytes.element(0x1254c367, Bytes.element(0x7373, tag))),
                "tags nested deeper than 8 levels");
    }

    @Test
    void anEndlessStreamIsStopped() {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < 8 ? "\0\0\0\1mdat".charAt(at++) : 0x7f;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                for (int i = 0; i < length; i++) {
                    into[from + i] = (byte) read();
                }
                return length;
            }

            @Override
            public long skip(long bytes) {
                return bytes;
            }
        };

        refused(
                () -> WorkflowFile.read(endless),
                "reaches past the limit of 8589934592 bytes of a stream",
                "give the file by its path");
    }

    @Test
    void aStreamThatFailsIsAnErrorOfTheLocalFile() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line broke");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return read();
            }
        };

        assertThatThrownBy(() -> WorkflowFile.read(failing))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("the line broke");
    }
}
