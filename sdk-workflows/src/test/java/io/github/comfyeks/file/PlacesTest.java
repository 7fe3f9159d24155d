package io.github.comfyeks.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in files where programs other than ComfyUI, or rare ones, put a workflow. */
class PlacesTest {
    private static final String API = "{\"1\": {\"class_type\": \"Café\", \"inputs\": {}}}";
    private static final String UI = "{\"nodes\": [], \"version\": 0.4}";

    private static void holdsBoth(Bytes bytes) {
        holdsBoth(WorkflowFile.read(bytes.array()));
    }

    private static void holdsBoth(WorkflowFile file) {
        assertThat(file.workflow().node("1").classType()).isEqualTo("Café");
        assertThat(file.uiWorkflow().orElseThrow()).containsEntry("version", 0.4);
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void textChunksOfPngInLatin1AndInUtf8() {
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            holdsBoth(Bytes.png(
                    Bytes.chunk("tEXt", Bytes.of("prompt\0").add(API.getBytes(charset))),
                    Bytes.chunk("iTXt", Bytes.of("workflow\0\0\0en\0Ablauf\0").utf8(UI))));
        }
    }

    @Test
    void chunksThatComeBehindThePicture() {
        holdsBoth(Bytes.png(
                Bytes.chunk("IHDR", Bytes.of("0123456789012")),
                Bytes.chunk("IDAT", new Bytes().add(new byte[100_000])),
                Bytes.chunk("comf", Bytes.of("prompt\0").utf8(API)),
                Bytes.chunk(
                        "zTXt", Bytes.of("workflow\0\0").add(Bytes.deflated(UI.getBytes(StandardCharsets.UTF_8))))));
    }

    @Test
    void theLastOfTwoPromptsCounts() {
        assertThat(WorkflowFile.read(Bytes.png(
                                        Bytes.chunk("tEXt", Bytes.of("prompt\0").utf8(API.replace("Café", "Old"))),
                                        Bytes.chunk("tEXt", Bytes.of("prompt\0").utf8(API)))
                                .array())
                        .workflow()
                        .node("1")
                        .classType())
                .isEqualTo("Café");
    }

    @Test
    void parametersBesideAPrompt() {
        WorkflowFile file = WorkflowFile.read(Bytes.png(
                        Bytes.chunk("tEXt", Bytes.of("parameters\0").ascii("a café\nSteps: 20, Seed: 1")),
                        Bytes.chunk("tEXt", Bytes.of("prompt\0").utf8(API)))
                .array());

        assertThat(file.parameters().orElseThrow().prompt()).isEqualTo("a café");
        assertThat(file.prompt()).isPresent();
        assertThat(file).hasToString("the bytes: PNG with a prompt of 1 nodes, parameters");
    }

    @Test
    void exifOfAWebpInAnyTag() {
        Bytes exif = Bytes.of("Exif\0\0").add(Bytes.exif(0x0110, "prompt:" + API, 0x010d, "WORKFLOW: " + UI));

        holdsBoth(Bytes.of("RIFF")
                .u32le(0)
                .ascii("WEBPVP8 ")
                .u32le(3)
                .ascii("abc\0EXIF")
                .u32le(exif.size())
                .add(exif));
    }

    @Test
    void userCommentOfAJpegInJson() {
        byte[] ascii = Bytes.of("ASCII\0\0\0")
                .utf8("{\"prompt\": " + API + ", \"workflow\": " + UI + "}")
                .array();
        Bytes unicode = Bytes.of("UNICODE\0")
                .add(("{\"prompt\": " + API + ", \"workflow\": " + UI + "}").getBytes(StandardCharsets.UTF_16LE));
        for (byte[] comment : List.of(ascii, unicode.array())) {
            Bytes exif = Bytes.of("Exif\0\0").add(Bytes.exif(0x9286, comment));
            holdsBoth(Bytes.of("\u00ff\u00d8\u00ff\u00e0")
                    .u16(4)
                    .ascii("ab\u00ff\u00ff\u00e1")
                    .u16(exif.size() + 2)
                    .add(exif)
                    .ascii("\u00ff\u00da"));
        }
    }

    @Test
    void commentOfAJpeg() {
        Bytes comment = new Bytes().utf8("{\"prompt\": " + API + ", \"workflow\": " + UI + "}");

        holdsBoth(Bytes.of("\u00ff\u00d8\u00ff\u00fe")
                .u16(comment.size() + 2)
                .add(comment)
                .ascii("\u00ff\u00d9"));
    }

    private static Bytes quickTimeText(String type, String text) {
        Bytes utf8 = new Bytes().utf8(text);
        return Bytes.box(type, new Bytes().u16(utf8.size()).u16(0).add(utf8));
    }

    @Test
    void textsOfQuickTimesOwnKind() {
        Bytes udta = Bytes.box(
                "udta",
                Bytes.box("name", Bytes.of("x"))
                        .add(quickTimeText("\u00a9cmt", "{\"prompt\": " + API + ", \"workflow\": " + UI + "}"))
                        .u32(0)); // the end mark of old files

        holdsBoth(Bytes.box("mdat", Bytes.of("abc")).add(Bytes.box("moov", udta)));
    }

    private static Bytes data(int type, byte[] value) {
        return Bytes.box("data", new Bytes().u32(type).u32(0).add(value));
    }

    @Test
    void keysAndFreeFormItemsOfMp4() {
        Bytes keys = Bytes.box("keys", new Bytes().u32(0).u32(1).add(Bytes.box("mdta", Bytes.of("prompt"))));
        Bytes items = Bytes.box(
                "ilst",
                Bytes.box("\0\0\0\1", data(1, API.getBytes(StandardCharsets.UTF_8)))
                        .add(Bytes.box(
                                "----",
                                Bytes.box("mean", Bytes.of("\0\0\0\0com.apple.iTunes"))
                                        .add(Bytes.box("name", Bytes.of("\0\0\0\0workflow")))
                                        .add(data(2, UI.getBytes(StandardCharsets.UTF_16BE))))));
        Bytes hdlr = Bytes.box("hdlr", new Bytes().u32(0).u32(0).ascii("mdta").u32(0));
        Bytes moovOfMp4 = Bytes.box(
                "moov", Bytes.box("meta", new Bytes().u32(0).add(hdlr).add(keys).add(items)));
        Bytes moovOfMov = Bytes.box(
                "moov", Bytes.box("meta", new Bytes().add(hdlr).add(keys).add(items)));
        Bytes ftyp = Bytes.box("ftyp", Bytes.of("isom\0\0\0\0"));

        holdsBoth(Bytes.of("").add(ftyp).add(moovOfMp4));
        holdsBoth(Bytes.of("").add(ftyp).add(moovOfMov));
    }

    @Test
    void tagsBehindClustersOfUnknownLength() {
        Bytes tags = Bytes.element(
                0x1254c367,
                Bytes.element(
                        0x7373,
                        Bytes.element(0x63c0, new Bytes())
                                .add(Bytes.element(
                                        0x67c8,
                                        Bytes.element(0x45a3, Bytes.of("PROMPT"))
                                                .add(Bytes.element(0x4487, new Bytes().utf8(API)))))
                                .add(Bytes.element(
                                        0x67c8,
                                        Bytes.element(0x45a3, Bytes.of("Workflow"))
                                                .add(Bytes.element(0x4487, new Bytes().utf8(UI)))))));
        Bytes file = Bytes.element(0x1a45dfa3, Bytes.element(0x4282, Bytes.of("matroska")))
                .ascii("\u0018S\u0080g\u0001\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff") // segment
                .ascii("\u001fC\u00b6u\u00ff") // cluster
                .add(Bytes.element(0xa3, new Bytes().add(new byte[1000])))
                .add(tags);

        assertThat(WorkflowFile.read(file.array()).format()).isEqualTo(FileFormat.MATROSKA);
        holdsBoth(file);
    }

    private static Bytes page(int serial, int flags, boolean ends, byte[] part) {
        Bytes page =
                Bytes.of("OggS").u8(0, flags).u64le(0).u32le(serial).u32le(0).u32le(0);
        int full = part.length / 255;
        page.u8(full + (ends ? 1 : 0));
        for (int i = 0; i < full; i++) {
            page.u8(255);
        }
        if (ends) {
            page.u8(part.length % 255);
        }
        return page.add(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "vorbis", "flac"})
    void commentsOverManyPagesOfOggWithAnotherStreamBetween(String codec) {
        String ui = UI.replace("[]", "[\"" + "x".repeat(200_000) + "\"]");
        Bytes comment = Bytes.vorbisComment("TITLE=x", "no comment", "prompt=" + API, "WORKFLOW=" + ui);
        Bytes first =
                Bytes.of(codec.equals("opus") ? "OpusHead" : codec.equals("flac") ? "\u007fFLAC" : "\u0001vorbis");
        Bytes second = codec.equals("flac")
                ? new Bytes().u8(4, 0, 0, 0).add(comment)
                : Bytes.of(codec.equals("opus") ? "OpusTags" : "\u0003vorbis").add(comment);
        Bytes file = page0(first);
        byte[] packet = second.array();
        int at = 0;
        while (at < packet.length) {
            int length = Math.min(255 * 254, packet.length - at);
            boolean ends = at + length == packet.length;
            file.add(page(7, 0, ends, java.util.Arrays.copyOfRange(packet, at, at + length)));
            file.add(page(8, 0, true, new byte[300]));
            at += length;
        }

        holdsBoth(file);
    }

    private static Bytes page0(Bytes first) {
        return page(8, 2, true, Bytes.of("\u0080theora").array()).add(page(7, 2, true, first.array()));
    }

    @Test
    void commentsOfFlacBehindOtherBlocks() {
        Bytes comment = Bytes.vorbisComment("METADATA_BLOCK_PICTURE=AAAA", "prompt=" + API, "workflow=" + UI);
        Bytes flac = Bytes.of("fLaC")
                .u8(0, 0, 0, 34)
                .add(new byte[34])
                .u8(0x84, 0)
                .u16(comment.size())
                .add(comment)
                .ascii("\u00ff\u00f8 sound");

        holdsBoth(flac);
        holdsBoth(Bytes.of("ID3\4\0\0\0\0\0\2ab").add(flac));
    }

    private static Bytes id3(int version, int flags, Bytes frames) {
        return Bytes.of("ID3")
                .u8(version, 0, flags)
                .u8(0, frames.size() >> 14 & 127, frames.size() >> 7 & 127, frames.size() & 127)
                .add(frames);
    }

    private static Bytes frame3(String id, int flags, Bytes body) {
        return Bytes.of(id).u32(body.size()).u16(flags).add(body);
    }

    @Test
    void framesOfEveryId3InEveryEncoding() {
        Bytes wide = new Bytes()
                .u8(1)
                .add("\uFEFFprompt\0".getBytes(StandardCharsets.UTF_16LE))
                .add(("\uFEFF" + API).getBytes(StandardCharsets.UTF_16LE));
        Bytes big = new Bytes().u8(2).add(("workflow\0" + UI).getBytes(StandardCharsets.UTF_16BE));
        holdsBoth(id3(
                3,
                0,
                frame3("TIT2", 0, Bytes.of("\0x"))
                        .add(frame3("TXXX", 0, wide))
                        .add(frame3("TXXX", 0, big))
                        .add(new byte[50])));

        Bytes latin = Bytes.of("\0prompt\0").ascii(API);
        Bytes comment = Bytes.of("\0eng\0").ascii("workflow:" + UI);
        holdsBoth(id3(
                2,
                0,
                Bytes.of("TXX")
                        .u8(0)
                        .u16(latin.size())
                        .add(latin)
                        .ascii("COM")
                        .u8(0)
                        .u16(comment.size())
                        .add(comment)));
    }

    @Test
    void framesThatAreUnsynchronisedOrCompressed() {
        Bytes utf16 = new Bytes()
                .u8(1)
                .add("\uFEFFprompt\0".getBytes(StandardCharsets.UTF_16LE))
                .add(("\uFEFF" + API).getBytes(StandardCharsets.UTF_16LE));
        Bytes frames = frame3("TXXX", 0, utf16)
                .add(frame3(
                        "TXXX",
                        0x80,
                        new Bytes()
                                .u32(99)
                                .add(Bytes.deflated(
                                        Bytes.of("\3workflow\0").utf8(UI).array()))));
        Bytes unsynchronised = new Bytes();
        for (byte each : frames.array()) {
            unsynchronised.u8(each);
            if (each == (byte) 0xff) {
                unsynchronised.u8(0);
            }
        }

        holdsBoth(id3(3, 0x80, unsynchronised));
    }

    @Test
    void metadataOfSvgEscapedOrWithTheEndMarkInIt() {
        String json = "{\"prompt\": " + API + ", \"workflow\": " + UI + "}";
        holdsBoth(new Bytes()
                .utf8("\uFEFF<?xml version=\"1.0\"?><!-- <metadata> --><svg><metadata id=\"a\">"
                        + json.replace("\"", "&quot;") + "</metadata></svg>"));

        String tricky = json.replace("Café", "Café\", \"note\": \"]]> is no end");
        holdsBoth(new Bytes()
                .utf8("<svg><metadata/><metadata><![CDATA[" + tricky + "]]>\n</metadata><text>x</text></svg>"));
    }

    @Test
    void safetensorsWithAHeaderThatBeginsWithABrace() {
        String header = "{\"__metadata__\":{\"workflow\":" + "\"{\\\"nodes\\\": []}\"}}";
        String padded = header + " ".repeat(123 - header.length()); // 123 is the code of a brace

        WorkflowFile file =
                WorkflowFile.read(new Bytes().u64le(123).ascii(padded).array());

        assertThat(file.format()).isEqualTo(FileFormat.SAFETENSORS);
        assertThat(file.uiWorkflow()).isPresent();
    }

    @Test
    void aVideoOfFourGibibytesIsSeekedOver(@TempDir Path folder) throws Exception {
        Path video = folder.resolve("long.mp4");
        byte[] small = Samples.bytes("others/moov-last.mov");
        long mdat = 5L << 30;
        int moov = new String(small, StandardCharsets.ISO_8859_1).indexOf("moov") - 4;
        try (SeekableByteChannel channel = Files.newByteChannel(
                video, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            Bytes head = Bytes.box("ftyp", Bytes.of("isom\0\0\0\0"))
                    .u32(1)
                    .ascii("mdat")
                    .u32(mdat >> 32)
                    .u32(mdat);
            channel.write(ByteBuffer.wrap(head.array()));
            channel.position(head.size() - 16 + mdat);
            channel.write(ByteBuffer.wrap(small, moov, small.length - moov));
        }

        assertThat(WorkflowFile.read(video).workflow().toJson())
                .isEqualTo(Samples.prompt().toJson());
    }

    @Test
    void streamsAreReadOnlyAsFarAsNeeded() throws Exception {
        byte[] flac = Samples.bytes("comfyui/SaveAudio.flac");
        try (InputStream endless =
                new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(flac), new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }
                })) {
            assertThat(WorkflowFile.read(endless).prompt()).isPresent();
        }
    }
}
