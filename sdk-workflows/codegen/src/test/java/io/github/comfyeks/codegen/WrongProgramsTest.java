package io.github.comfyeks.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not reach a server does not compile, and what may does. */
class WrongProgramsTest {
    private static final List<SourceFile> NODES = TestSchemas.some(
            "KSampler",
            "CLIPTextEncode",
            "CheckpointLoaderSimple",
            "EmptyLatentImage",
            "EmptyImage",
            "VAEDecode",
            "SaveImage",
            "PrimitiveInt",
            "PrimitiveFloat",
            "ComfySwitchNode",
            "CreateList",
            "BatchImagesNode",
            "ComfyMathExpression",
            "ResizeImageMaskNode",
            "SolidMask",
            "SaveVideo",
            "CreateVideo",
            "PreviewAny",
            "SaveText",
            "CurveEditor",
            "ImageCompare");

    private static final String PROGRAM = """
            import io.github.comfyeks.graph.*;
            import io.github.comfyeks.graph.type.*;
            import n.*;

            class Program {
                final CheckpointLoaderSimple checkpoint = CheckpointLoaderSimple.ckptName("a.safetensors");
                final Output<Conditioning> p = CLIPTextEncode.text("a").clip(checkpoint.clip()).conditioning();
                final Output<Conditioning> n = CLIPTextEncode.text("b").clip(checkpoint.clip()).conditioning();
                final Output<Latent> l = EmptyLatentImage.create().latent();
                final Output<n.type.Curve> curve = CurveEditor.create().curve();
                final Output<Image> image = EmptyImage.create().image();
                final Output<Mask> mask = SolidMask.create().mask();

                Object program() {
                    return %s;
                }
            }
            """;

    @TempDir
    private static Path nodes = Path.of("");

    @BeforeAll
    static void compileTheNodes() throws IOException {
        InMemory compiled = InMemory.compile(NODES);
        assertThat(compiled.objections()).isEmpty();
        compiled.writeTo(nodes);
    }

    private static List<String> objections(String expression) {
        SourceFile program = new SourceFile("Program.java", PROGRAM.formatted(expression));
        return InMemory.compile(List.of(program), "-Xlint:none", nodes).objections();
    }

    private static final String SAMPLER = "KSampler.model(checkpoint.model()).samplerName(SamplerName.EULER)";

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("a step left out", SAMPLER + ".positive(p)", "method positive(Output<Conditioning>)"),
                Arguments.of(
                        "two steps swapped",
                        SAMPLER + ".scheduler(Scheduler.NORMAL).negative(n).positive(p).latentImage(l)",
                        "method negative(Output<Conditioning>)"),
                Arguments.of(
                        "an unfinished node linked",
                        "VAEDecode.samples(" + SAMPLER + ".latent())",
                        "location: class KSampler.NeedsScheduler"),
                Arguments.of("a link of another type", "VAEDecode.samples(image)", "Output<Image> cannot be converted"),
                Arguments.of("a value where only links go", "VAEDecode.samples(7)", "int cannot be converted"),
                Arguments.of("an option before the steps", "KSampler.seed(4)", "non-static method seed(long)"),
                Arguments.of(
                        "a scheduler for a sampler",
                        "KSampler.model(checkpoint.model()).samplerName(Scheduler.BETA)",
                        "no suitable method found for samplerName(Scheduler)"),
                Arguments.of(
                        "a text for a number",
                        "EmptyImage.create().width(\"512\")",
                        "no suitable method found for width"),
                Arguments.of("a fraction for a whole number", "EmptyImage.create().width(0.5)", "no suitable method"),
                Arguments.of(
                        "a link of FLOAT for INT",
                        "EmptyImage.create().width(PrimitiveFloat.value(1).floatOutput())",
                        "no suitable method found for width(Output<FloatValue>)"),
                Arguments.of(
                        "two types for one template",
                        "ComfySwitchNode.switchInput(true).onFalse(image).onTrue(mask)",
                        "Output<Mask> cannot be converted to Output<? extends Image>"),
                Arguments.of("a type outside of a template", "ResizeImageMaskNode.input(l)", "inference variable T"),
                Arguments.of(
                        "another type into a repeating input",
                        "BatchImagesNode.images(image, mask)",
                        "Output<Mask> cannot be converted"),
                Arguments.of(
                        "an option of another combo",
                        "SaveVideo.video(CreateVideo.images(image).video()).format(ResizeImageMaskNode.ResizeType.scaleWidth())",
                        "ScaleWidth cannot be converted to SaveVideo.Format"),
                Arguments.of(
                        "an option without what it needs",
                        "SaveVideo.video(CreateVideo.images(image).video()).format(SaveVideo.Format.mp4())",
                        "NeedsCodec cannot be converted to SaveVideo.Format"),
                Arguments.of(
                        "a type that no union has",
                        "ComfyMathExpression.values(PrimitiveInt.value(1).intOutput(), image)",
                        "Output<Image> cannot be converted to Input<? extends IntOrFloatOrBoolean>"),
                Arguments.of(
                        "a value for what must be linked",
                        "SaveText.text(\"x\")",
                        "String cannot be converted to Output"),
                Arguments.of(
                        "a link for what must be a value",
                        "CurveEditor.create().curve(curve)",
                        "Output<Curve> cannot be converted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void doesNotCompile(String what, String expression, String message) {
        assertThat(objections(expression))
                .as(what)
                .hasSize(1)
                .first()
                .asString()
                .contains(message);
    }

    static Stream<String> right() {
        return Stream.of(
                SAMPLER
                        + ".scheduler(Scheduler.NORMAL).positive(p).negative(n).latentImage(l).seed(42).steps(20).cfg(7)",
                "KSampler.model(checkpoint.model()).samplerName(SamplerName.of(\"mine\")).scheduler(Scheduler.NORMAL)"
                        + ".positive(p).negative(p).latentImage(l).seed(new java.math.BigInteger(\"18446744073709551615\"))",
                "EmptyImage.create().width(PrimitiveInt.value(64).intOutput())",
                "ResizeImageMaskNode.input(mask).resizeType(ResizeImageMaskNode.ResizeType.matchSize().match(image)).mask()"
                        .replace(".mask()", ".resized().as(Mask.class)"),
                "BatchImagesNode.images(java.util.List.of(image, image))",
                "ComfyMathExpression.values(Value.of(1), Value.of(0.5), PrimitiveInt.value(1).intOutput()).expression(\"a\")",
                "SaveImage.images(ComfySwitchNode.switchInput(true).onFalse(image).onTrue(image).output())",
                "ComfySwitchNode.switchInput(true).onFalse(p).onTrue(n).output()",
                "SaveVideo.video(CreateVideo.images(image).fps(24).video())"
                        + ".format(SaveVideo.Format.mp4().codec(SaveVideo.Format.Mp4.Codec.h264()))",
                "PreviewAny.source(mask)",
                "CreateList.inputs(image, image).list()");
    }

    @ParameterizedTest
    @MethodSource("right")
    void compiles(String expression) {
        assertThat(objections(expression)).isEmpty();
    }

    @Test
    void whatAListGivesIsOfTheTypeThatItTook() {
        assertThat(objections("SaveImage.images(CreateList.inputs(image, image).list())"))
                .isEmpty();
        assertThat(objections("SaveImage.images(CreateList.inputs(mask, mask).list())"))
                .hasSize(1);
    }
}
