package io.github.comfyeks.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ProtocolException;
import io.github.comfyeks.internal.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectInfoTest {
    private final ObjectInfo now = resource("0.33.0");
    private final ObjectInfo old = resource("0.3.64");

    @Test
    void readsAnOrdinaryNode() {
        NodeSchema sampler = node(now, "KSampler");

        assertThat(sampler.displayName()).isEqualTo("KSampler");
        assertThat(sampler.category()).isEqualTo("model/sampling");
        assertThat(sampler.pythonModule()).isEqualTo("nodes");
        assertThat(sampler.outputNode()).isFalse();
        assertThat(sampler.inputs())
                .extracting(InputSchema::name)
                .startsWith("model", "seed", "steps", "cfg", "sampler_name", "scheduler");
        assertThat(sampler.inputs()).allMatch(InputSchema::isRequired);
        assertThat(input(sampler, "seed").max()).contains(new BigInteger("18446744073709551615"));
        assertThat(input(sampler, "seed").controlAfterGenerate()).isTrue();
        assertThat(input(sampler, "cfg").step()).contains(0.1);
        assertThat(input(sampler, "cfg").defaultValue()).contains(8.0);
        assertThat(input(sampler, "model").tooltip()).isPresent();
        assertThat(input(sampler, "model").hasDefault()).isFalse();
        assertThat(sampler.outputs()).singleElement().satisfies(output -> {
            assertThat(output.type()).isEqualTo("LATENT");
            assertThat(output.name()).isEqualTo("LATENT");
            assertThat(output.isList()).isFalse();
            assertThat(output.matchTemplate()).isEmpty();
        });
        assertThat(sampler.input("nosuch")).isEmpty();
    }

    @Test
    void readsBothStylesOfCombo() {
        InputSchema listed = input(node(now, "KSampler"), "sampler_name");
        InputSchema typed = input(node(now, "ResizeImageMaskNode"), "scale_method");

        assertThat(listed.isCombo()).isTrue();
        assertThat(listed.isListStyle()).isTrue();
        assertThat(listed.type()).isEqualTo("COMBO");
        assertThat(listed.choices()).contains("euler", "uni_pc");
        assertThat(typed.isCombo()).isTrue();
        assertThat(typed.isListStyle()).isFalse();
        assertThat(typed.choices()).contains("area", "lanczos");
        assertThat(typed.multiselect()).isFalse();
    }

    @Test
    void keepsChoicesThatAreNoText() {
        assertThat(input(node(now, "KlingTextToVideoWithAudio"), "duration").choices())
                .containsExactly(5, 10);
        assertThat(input(node(old, "PixverseTemplateNode"), "template").choices())
                .isNotEmpty();
        InputSchema image = input(node(now, "LoadImageOutput"), "image");
        assertThat(image.isCombo()).isTrue();
        assertThat(image.choices()).isEmpty();
        assertThat(image.option("remote")).isPresent();
    }

    @Test
    void readsDynamicCombosWithinOneAnother() {
        InputSchema format = input(node(now, "SaveVideo"), "format");

        assertThat(format.isDynamicCombo()).isTrue();
        DynamicOption auto = format.dynamicOptions().get(0);
        assertThat(auto.key()).isEqualTo("auto");
        InputSchema codec = auto.inputs().get(0);
        assertThat(codec.isDynamicCombo()).isTrue();
        assertThat(codec.dynamicOptions().get(0).inputs()).isEmpty();
        InputSchema encoding = codec.dynamicOptions().get(1).inputs().get(0);
        assertThat(encoding.section()).isEqualTo(InputSection.OPTIONAL);
        assertThat(encoding.displayName()).contains("encoding mode");
        assertThat(encoding.dynamicOptions().get(1).inputs())
                .extracting(InputSchema::name)
                .contains("crf", "color_space");
    }

    @Test
    void readsInputsThatRepeat() {
        Autogrow images = autogrow(now, "BatchImagesNode", "images");
        Autogrow values = autogrow(now, "ComfyMathExpression", "values");

        assertThat(images.input().type()).isEqualTo("IMAGE");
        assertThat(images.prefix()).isEqualTo("image");
        assertThat(images.min()).isEqualTo(1);
        assertThat(images.max()).hasValue(50);
        assertThat(images.slot(2)).isEqualTo("image2");
        assertThat(values.input().unionTypes()).containsExactly("FLOAT", "INT", "BOOLEAN");
        assertThat(values.max()).hasValue(26);
        assertThat(values.slot(2)).isEqualTo("c");
        assertThat(autogrow(now, "CreateList", "inputs").input().matchType())
                .contains(new MatchType("type", List.of("*")));
    }

    @Test
    void readsTypesThatFollowALink() {
        NodeSchema resize = node(now, "ResizeImageMaskNode");
        NodeSchema choose = node(now, "ComfySwitchNode");

        assertThat(input(resize, "input").matchType()).contains(new MatchType("input_type", List.of("IMAGE", "MASK")));
        assertThat(resize.outputs().get(0).matchTemplate()).contains("input_type");
        assertThat(input(choose, "on_true").lazy()).isTrue();
        assertThat(choose.experimental()).isTrue();
        assertThat(node(now, "CreateList").inputIsList()).isTrue();
        assertThat(node(now, "CreateList").outputs().get(0).isList()).isTrue();
        assertThat(input(node(now, "PreviewAny"), "source").isAny()).isTrue();
    }

    @Test
    void readsHiddenInputsOfBothStyles() {
        NodeSchema save = node(now, "SaveImage");
        NodeSchema service = node(now, "KlingTextToVideoWithAudio");

        assertThat(save.inputs(InputSection.HIDDEN))
                .extracting(InputSchema::type)
                .containsExactly("PROMPT", "EXTRA_PNGINFO");
        assertThat(save.input("prompt")).isEmpty();
        assertThat(save.outputNode()).isTrue();
        assertThat(service.apiNode()).isTrue();
        assertThat(service.inputs(InputSection.HIDDEN))
                .extracting(InputSchema::type)
                .contains("UNIQUE_ID");
    }

    @Test
    void tellsADefaultOfNullFromNone() {
        InputSchema file = input(node(old, "GeminiInputFiles"), "file");

        assertThat(file.hasDefault()).isTrue();
        assertThat(file.defaultValue()).isEmpty();
    }

    @Test
    void survivesWhatCustomNodesMayWrite() throws IOException {
        String json =
                "{\"Odd/Name\": {\"input\": {\"required\": {\"a\": [], \"b\": null, \"c\": \"INT\", \"d\": [3, 4],"
                        + " \"e\": [[], null], \"f\": [\"COMFY_AUTOGROW_V3\", {}], \"g\": [\"COMFY_DYNAMICCOMBO_V3\"],"
                        + " \"h\": [\"FLOAT\", {\"default\": NaN}]}, \"extra\": {\"x\": [\"*\"]}, \"hidden\": 7},"
                        + " \"output\": [[\"p\", \"q\"], null], \"output_name\": \"IMAGE\"}, \"Empty\": {}, \"None\": null}";

        ObjectInfo info = ObjectInfo.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));

        NodeSchema odd = node(info, "Odd/Name");
        assertThat(odd.inputs())
                .extracting(InputSchema::type)
                .containsExactly(
                        "", "", "INT", "", "COMBO", "COMFY_AUTOGROW_V3", "COMFY_DYNAMICCOMBO_V3", "FLOAT", "*");
        assertThat(input(odd, "x").section()).isEqualTo(new InputSection("extra"));
        assertThat(input(odd, "f").autogrow()).isEmpty();
        assertThat(input(odd, "h").defaultValue()).contains(Double.NaN);
        assertThat(odd.outputs().get(0).choices()).containsExactly("p", "q");
        assertThat(odd.outputs().get(1).type()).isEmpty();
        assertThat(node(info, "Empty").inputs()).isEmpty();
        assertThat(info.find("None")).isEmpty();
    }

    @Test
    void findsTheNearestClass() {
        assertThat(now.nearest("ksampler", 1)).containsExactly("KSampler");
        assertThat(now.find("ksampler")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "[]", "{\"A\": {"})
    void refusesWhatIsNoSchema(String body) {
        assertThatThrownBy(() -> ObjectInfo.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("[GET /object_info]");
    }

    @Test
    void losesNothing() throws IOException {
        for (String version : List.of("0.33.0", "0.3.64")) {
            try (InputStream in = open(version)) {
                assertLossless(in.readAllBytes());
            }
        }
    }

    /** What the accessors say, written down again, is what the server wrote. */
    private static void assertLossless(byte[] json) throws IOException {
        ObjectInfo info = ObjectInfo.read(new ByteArrayInputStream(json));
        Map<String, Object> sent = Json.map(Json.tree(json));
        assertThat(info.nodes()).hasSameSizeAs(sent);
        info.nodes().forEach((classType, node) -> {
            assertThat(node.raw()).as(classType).isEqualTo(sent.get(classType));
            Map<String, Object> sections = new LinkedHashMap<>();
            Plain.map(node.raw().get("input")).forEach((section, specs) -> {
                Map<String, Object> rebuilt = new LinkedHashMap<>();
                node.inputs(new InputSection(section)).forEach(input -> rebuilt.put(input.name(), rebuild(input)));
                assertThat(List.copyOf(rebuilt.keySet()))
                        .isEqualTo(List.copyOf(Plain.map(specs).keySet()));
                sections.put(section, rebuilt);
            });
            assertThat(sections).as(classType).isEqualTo(node.raw().get("input"));
            assertThat(node.outputs())
                    .as(classType)
                    .extracting(OutputSchema::type)
                    .isEqualTo(node.raw().get("output"));
        });
    }

    private static Object rebuild(InputSchema input) {
        if (!(input.raw() instanceof List<?> raw)) {
            return input.type();
        }
        input.dynamicOptions().forEach(option -> option.inputs().forEach(ObjectInfoTest::rebuild));
        assertThat(input.isDynamicCombo()).isEqualTo(!input.dynamicOptions().isEmpty());
        assertThat(input.isAutogrow()).isEqualTo(input.autogrow().isPresent());
        Object type = input.isListStyle() ? input.choices() : input.type();
        return raw.size() == 1 ? List.of(type) : List.of(type, input.options());
    }

    private static Autogrow autogrow(ObjectInfo info, String classType, String input) {
        return input(node(info, classType), input).autogrow().orElseThrow();
    }

    private static NodeSchema node(ObjectInfo info, String classType) {
        return info.find(classType).orElseThrow();
    }

    private static InputSchema input(NodeSchema node, String name) {
        return node.input(name).orElseThrow();
    }

    private static ObjectInfo resource(String version) {
        try {
            return ObjectInfo.read(open(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String version) {
        return Objects.requireNonNull(
                ObjectInfoTest.class.getResourceAsStream("/schema/object_info-" + version + ".json"));
    }
}
