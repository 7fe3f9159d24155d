package io.github.comfyeks.edit;

import static io.github.comfyeks.edit.Drawn.CLASSES;
import static io.github.comfyeks.edit.Drawn.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.file.WorkflowFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersTest {
    private final EditableWorkflow castle = Drawn.castle();

    @TempDir
    private Path folder;

    static EditableWorkflow ofEditor() {
        byte[] file = Drawn.UI.getBytes(StandardCharsets.UTF_8);
        return EditableWorkflow.fromUi(WorkflowFile.read(file).uiWorkflow().orElseThrow(), CLASSES);
    }

    private static List<String> names(EditableWorkflow workflow) {
        List<String> names = new ArrayList<>();
        workflow.parameters().forEach(each -> names.add(each.name() + " -> " + each.addresses()));
        return names;
    }

    private static Parameter parameter(EditableWorkflow workflow, String name) {
        return workflow.parameters().find(name).orElseThrow();
    }

    @Test
    void aTitleMarksTheOnlyValueOfItsNode() {
        Parameter prompt = parameter(castle, "prompt");
        assertThat(prompt.addresses()).containsExactly("6.text");
        assertThat(prompt.type()).isEqualTo("STRING");
        assertThat(prompt.description()).isEqualTo("What to draw");
        assertThat(prompt.defaultValue()).contains("a castle");
        assertThat(prompt.multiline()).isTrue();
        assertThat(value(castle.with(Map.of("prompt", "a bridge")), "6", "text"))
                .isEqualTo("a bridge");
    }

    @Test
    void ofSeveralValuesEachIsAParameter() throws IOException {
        EditableWorkflow sampler = EditableWorkflow.read(file("{\"1\": {\"class_type\": \"EmptyLatentImage\", "
                + "\"inputs\": {\"width\": 64, \"height\": 32}, \"_meta\": {\"title\": \"$size\"}}}"));
        assertThat(names(sampler)).containsExactly("size.width -> [1.width]", "size.height -> [1.height]");
        assertThat(value(sampler.with(Map.of("size.width", 16)), "1", "width")).isEqualTo(16L);
    }

    @Test
    void primitivesAndPromotedWidgetsAreParameters() {
        EditableWorkflow drawn = ofEditor();
        assertThat(names(drawn))
                .containsExactlyInAnyOrder("picture -> [2.width]", "Upscale.new width -> [3:10.width, 3:11.width]");
        assertThat(parameter(drawn, "picture").description()).isEqualTo("width In pixels");
        assertThat(parameter(drawn, "Upscale.new width").defaultValue()).contains(128L);
        EditableWorkflow changed = drawn.with(Map.of("picture", 40, "Upscale.new width", 80));
        assertThat(value(changed, "2", "width")).isEqualTo(40L);
        assertThat(value(changed, "3:10", "width")).isEqualTo(80L);
        assertThat(value(changed, "3:11", "width")).isEqualTo(80L);
    }

    @Test
    void aFileInTheEditorsFormatIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("drawn.json"), Drawn.UI);
        assertThat(EditableWorkflow.read(file, CLASSES).workflow())
                .isEqualTo(ofEditor().workflow());
        assertThatThrownBy(() -> EditableWorkflow.read(file))
                .isInstanceOf(WorkflowInvalidException.class)
                .hasMessageContaining("drawn.json: it is in the editor's format");
    }

    @Test
    void aSideFileNamesAndNarrows() throws IOException {
        Path file = file(Drawn.CASTLE.toJson());
        Files.writeString(folder.resolve("castle.params.yaml"), """
                seed: KSampler.seed
                prompt:
                  set: [6.text, Negative Prompt.text]
                  description: For both
                steps: {set: KSampler.steps, min: 10, max: 40, step: 5}
                size: {set: [Size v1.5.width, 5.height], choices: [64, 128]}
                """);
        EditableWorkflow read = EditableWorkflow.read(file, CLASSES);
        assertThat(names(read))
                .containsExactly(
                        "seed -> [3.seed]",
                        "prompt -> [6.text, 7.text]",
                        "steps -> [3.steps]",
                        "size -> [5.width, 5.height]");
        assertThat(parameter(read, "prompt").description()).isEqualTo("For both");
        assertThat(parameter(read, "steps").max()).contains(40);
        assertThat(parameter(read, "size").choices()).isEqualTo(List.of(64, 128));
        EditableWorkflow changed = read.with(Map.of("steps", 40, "size", 128));
        assertThat(value(changed, "3", "steps")).isEqualTo(40L);
        assertThat(value(changed, "5", "height")).isEqualTo(128L);
        assertThatThrownBy(() -> read.with(Map.of("steps", 41))).hasMessageContaining("parameter steps: 41");
        assertThatThrownBy(() -> read.with(Map.of("size", 65))).hasMessageContaining("parameter size: 65");
    }

    @Test
    void aSideFileTellsAllItsProblems() throws IOException {
        Path yaml = Files.writeString(folder.resolve("x.params.yaml"), """
                seed: KSampler.sed
                steps: {sett: KSampler.steps, min: few, choices: 3}
                """);
        assertThatExceptionOfType(WorkflowInvalidException.class)
                .isThrownBy(() -> castle.withParameters(yaml))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "seed: node 3 (KSampler) has no input \"sed\"; nearest: \"seed\"",
                                "steps has an unknown key \"sett\"; nearest: \"set\"",
                                "steps: min is no number but few",
                                "steps: choices is no list of values but 3",
                                "steps sets nothing; write set: NODE.INPUT"));
        Path broken = Files.writeString(folder.resolve("y.params.yaml"), "a: [1");
        assertThatThrownBy(() -> castle.withParameters(broken)).hasMessageContaining("it is no YAML");
        Path tagged = Files.writeString(folder.resolve("z.params.yaml"), "a: !!java.net.URL [\"http://x\"]");
        assertThatThrownBy(() -> castle.withParameters(tagged)).isInstanceOf(WorkflowInvalidException.class);
    }

    @Test
    void allProblemsOfValuesComeAtOnce() {
        EditableWorkflow drawn = ofEditor();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pictur", 1);
        values.put("picture", "wide");
        values.put("Upscale.new width", -1);
        assertThatExceptionOfType(WorkflowInvalidException.class)
                .isThrownBy(() -> drawn.with(values))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(3)
                        .anySatisfy(problem ->
                                assertThat(problem).isEqualTo("there is no parameter \"pictur\"; nearest: \"picture\""))
                        .anySatisfy(problem ->
                                assertThat(problem).startsWith("parameter picture: \"wide\" is no whole number"))
                        .anySatisfy(problem -> assertThat(problem).startsWith("parameter Upscale.new width: -1 is")));
    }

    @Test
    void aChoiceIsJudgedWhereItGoes() throws IOException {
        Path yaml = Files.writeString(folder.resolve("x.params.yaml"), "sampler: KSampler.sampler_name");
        assertThatThrownBy(() -> castle.withParameters(yaml).with(Map.of("sampler", "eular")))
                .hasMessageContaining("node 3 (KSampler) sampler_name: \"eular\" is not a choice")
                .hasMessageContaining("\"euler\"");
    }

    @Test
    void withoutClassesTheValueTellsTheType() {
        EditableWorkflow blind = EditableWorkflow.of(Drawn.CASTLE);
        assertThat(parameter(blind, "prompt").type()).isEqualTo("STRING");
        assertThat(value(blind.with(Map.of("prompt", "x")), "6", "text")).isEqualTo("x");
    }

    @Test
    void theSchemaDrawsAForm() throws IOException {
        Path yaml = Files.writeString(folder.resolve("x.params.yaml"), """
                steps: {set: KSampler.steps, max: 40, step: 5, description: How long}
                sampler: KSampler.scheduler
                """);
        String schema = castle.withParameters(yaml).parameters().toJsonSchema();
        assertThat(schema)
                .contains("\"$schema\" : \"https://json-schema.org/draft/2020-12/schema\"")
                .contains("\"additionalProperties\" : false")
                .containsPattern("\"steps\" : \\{\\s+\"type\" : \"integer\",\\s+\"description\" : \"How long\",\\s+"
                        + "\"default\" : 20,\\s+\"minimum\" : 1,\\s+\"maximum\" : 40,\\s+\"x-step\" : 5")
                .containsPattern("\"sampler\" : \\{\\s+\"enum\" : \\[ \"simple\"")
                .containsPattern("\"prompt\" : \\{\\s+\"type\" : \"string\"");
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("castle.json"), json);
    }
}
