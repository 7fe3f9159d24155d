package io.github.comfyeks.schema.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDiffTest {
    private static ObjectInfo schema(String json) {
        try {
            return ObjectInfo.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of one class with these required and optional inputs and outputs. */
    private static ObjectInfo node(String required, String optional, String outputs) {
        return schema("{\"N\": {\"input\": {\"required\": {" + required + "}, \"optional\": {" + optional
                + "}}, \"output\": " + outputs + "}}");
    }

    private static List<String> changes(String before, String after) {
        return lines(SchemaDiff.between(node(before, "", "[]"), node(after, "", "[]")));
    }

    private static List<String> lines(SchemaDiff diff) {
        return diff.changes().stream().map(Change::toString).toList();
    }

    private static List<String> breakages(String before, String after, String inputs) {
        Workflow workflow = Workflow.parse("{\"1\": {\"class_type\": \"N\", \"inputs\": {" + inputs + "}}}");
        return SchemaDiff.between(node(before, "", "[]"), node(after, "", "[]")).breakages(workflow).stream()
                .map(Breakage::toString)
                .toList();
    }

    @Test
    void theSameSchemaDiffersInNothing() {
        ObjectInfo one = node(
                "\"a\": [\"INT\", {\"default\": 1, \"tooltip\": \"x\"}], \"b\": [[\"x\", \"y\"]]", "", "[\"IMAGE\"]");
        ObjectInfo other = node(
                "\"b\": [\"COMBO\", {\"options\": [\"y\", \"x\"]}], \"a\": [\"INT\", {\"default\": 1.0}]",
                "",
                "[\"IMAGE\"]");
        SchemaDiff diff = SchemaDiff.between(one, other);
        assertThat(diff.changes()).isEmpty();
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff).hasToString("no differences");
    }

    @Test
    void nodesComeAndGo() {
        SchemaDiff diff = SchemaDiff.between(schema("{\"A\": {}, \"B\": {}}"), schema("{\"B\": {}, \"C\": {}}"));
        assertThat(diff).hasToString("2 differences, 1 of them may break a graph (!)\n! A: node gone\n  C: new node");
    }

    @Test
    void inputsComeAndGoAndBecomeRequired() {
        SchemaDiff diff = SchemaDiff.between(
                node("\"a\": [\"INT\"], \"b\": [\"INT\"]", "\"c\": [\"INT\"]", "[]"),
                node("\"a\": [\"INT\"], \"c\": [\"INT\"], \"d\": [\"MASK\"]", "\"e\": [\"IMAGE\"]", "[]"));
        assertThat(lines(diff))
                .containsExactly(
                        "! N.b: input gone",
                        "! N.c: now required",
                        "! N.d: new required input, MASK",
                        "  N.e: new optional input, IMAGE");
    }

    @Test
    void typesDefaultsLimitsAndChoicesChange() {
        assertThat(changes(
                        "\"t\": [\"INT\"], \"u\": [\"INT\"], \"d\": [\"INT\", {\"default\": 1}], \"l\": [\"INT\", {\"min\": 0, \"max\": 9}],"
                                + " \"w\": [\"INT\", {\"max\": 9}], \"c\": [[\"x\", \"y\"]]",
                        "\"t\": [\"FLOAT\"], \"u\": [\"FLOAT,INT\"], \"d\": [\"INT\"], \"l\": [\"INT\", {\"min\": 1, \"max\": 9}],"
                                + " \"w\": [\"INT\", {\"max\": 10}], \"c\": [[\"y\", \"z\"]]"))
                .containsExactly(
                        "! N.t: type changed: INT -> FLOAT",
                        "  N.u: type changed: INT -> FLOAT,INT",
                        "  N.d: default changed: 1 -> none",
                        "! N.l: limits changed: 0 to 9 -> 1 to 9",
                        "  N.w: limits changed: none to 9 -> none to 10",
                        "! N.c: choices gone: \"x\"",
                        "  N.c: new choices: \"z\"");
    }

    @Test
    void aDefaultOfManyLinesIsOneLineAndOneThatAFileLeftOutIsNone() {
        assertThat(changes(
                        "\"a\": [\"STRING\", {\"default_dropped\": true}], \"b\": [\"STRING\", {\"default\": \"x\"}]",
                        "\"a\": [\"STRING\", {\"default\": \"prose\"}], \"b\": [\"STRING\", {\"default\": \"x\\n"
                                + "y".repeat(99) + "\"}]"))
                .containsExactly("  N.b: default changed: \"x\" -> \"x " + "y".repeat(58) + "…\"");
    }

    @Test
    void listsOfFilesAreNotCompared() {
        assertThat(changes("\"ckpt_name\": [[]]", "\"ckpt_name\": [[\"a.safetensors\"]]"))
                .isEmpty();
    }

    @Test
    void dynamicInputsAreComparedInDepth() {
        String dynamic =
                "\"m\": [\"COMFY_DYNAMICCOMBO_V3\", {\"options\": [{\"key\": \"one\", \"inputs\": {\"required\": "
                        + "{\"x\": [\"%s\"]}}}, {\"key\": \"%s\", \"inputs\": {}}]}]";
        String grow = ", \"g\": [\"COMFY_AUTOGROW_V3\", {\"template\": {\"input\": {\"required\": {\"v\": [\"%s\"]}}, "
                + "\"prefix\": \"v\", \"min\": %s, \"max\": 4}}]";
        assertThat(changes(
                        (dynamic + grow).formatted("INT", "two", "IMAGE", 0),
                        (dynamic + grow).formatted("FLOAT", "three", "MASK", 1)))
                .containsExactly(
                        "! N.m: choices gone: \"two\"",
                        "  N.m: new choices: \"three\"",
                        "! N.m[one].x: type changed: INT -> FLOAT",
                        "! N.g: now required",
                        "! N.g: repetitions changed: 0 to 4 -> 1 to 4",
                        "! N.g<>.v: type changed: IMAGE -> MASK");
    }

    @Test
    void outputsChange() {
        SchemaDiff diff = SchemaDiff.between(node("", "", "[\"IMAGE\", \"MASK\"]"), node("", "", "[\"LATENT\"]"));
        assertThat(lines(diff))
                .containsExactly(
                        "! N: output 0 changed: \"IMAGE\" IMAGE -> \"LATENT\" LATENT",
                        "! N: output 1 gone, \"MASK\" MASK");
    }

    @Test
    void aMoveBreaksOnlyWhatAWorkflowUses() {
        String before = "\"c\": [[\"x\", \"y\"]], \"n\": [\"INT\", {\"max\": 9}]";
        String after = "\"c\": [[\"y\"]], \"n\": [\"INT\", {\"max\": 5}], \"new\": [\"INT\", {\"default\": 3}]";
        assertThat(breakages(before, after, "\"c\": \"x\", \"n\": 7"))
                .containsExactly(
                        "node 1 (N) c: has no choice \"x\"",
                        "node 1 (N) n: 7 is above 5",
                        "node 1 (N) new: is required and not given; default: 3");
        assertThat(breakages(before, after, "\"c\": \"y\", \"n\": 2, \"new\": 1"))
                .isEmpty();
    }

    @Test
    void whatWasWrongBeforeIsNotTheMovesFault() {
        assertThat(breakages("\"c\": [[\"x\"]]", "\"c\": [[\"y\"]]", "\"c\": \"z\""))
                .isEmpty();
    }

    @Test
    void aNodeThatIsGoneIsNamedWithTheNearest() {
        Workflow workflow = Workflow.parse("{\"1\": {\"class_type\": \"IdeogramV1\", \"inputs\": {}}}");
        SchemaDiff diff =
                SchemaDiff.between(schema("{\"IdeogramV1\": {}}"), schema("{\"IdeogramV3\": {}, \"KSampler\": {}}"));
        assertThat(diff.breakages(workflow))
                .containsExactly(new Breakage("1", "IdeogramV1", "", "the class is gone; nearest: IdeogramV3"));
    }

    @Test
    void linksBreakByTypeBySlotAndByMovedOutputs() {
        Workflow workflow = Workflow.parse("""
                {"1": {"class_type": "From", "inputs": {}},
                 "2": {"class_type": "To", "inputs": {"a": ["1", 0], "b": ["1", 1], "c": ["1", 2]}}}
                """);
        String to = "\"To\": {\"input\": {\"required\": {\"a\": [\"IMAGE\"], \"b\": [\"MASK\"], \"c\": [\"INT\"]}}}";
        ObjectInfo before = schema("{" + to + ", \"From\": {\"output\": [\"IMAGE\", \"MASK\", \"INT\"], "
                + "\"output_name\": [\"picture\", \"mask\", \"count\"]}}");
        ObjectInfo after = schema("{" + to + ", \"From\": {\"output\": [\"IMAGE\", \"IMAGE\"], "
                + "\"output_name\": [\"other\", \"picture\"]}}");
        assertThat(SchemaDiff.between(before, after).breakages(workflow).stream()
                        .map(Breakage::toString))
                .containsExactly(
                        "node 2 (To) b: takes MASK and is linked to IMAGE",
                        "node 2 (To) c: is linked to output 2 of node 1, which is gone",
                        "node 2 (To) a: is linked to output 0 of node 1, which gave \"picture\" and gives \"other\"");
    }

    @Test
    void dynamicInputsOfAWorkflowBreakToo() {
        String dynamic =
                "\"m\": [\"COMFY_DYNAMICCOMBO_V3\", {\"options\": [{\"key\": \"one\", \"inputs\": {\"required\": "
                        + "{\"x\": [\"INT\", {\"max\": %s}]}}}]}]";
        assertThat(breakages(dynamic.formatted(9), dynamic.formatted(2), "\"m\": \"one\", \"m.x\": 5"))
                .containsExactly("node 1 (N) m.x: 5 is above 2");
        assertThat(breakages(
                        dynamic.formatted(9), dynamic.formatted(9).replace("one", "two"), "\"m\": \"one\", \"m.x\": 5"))
                .containsExactly("node 1 (N) m: has no option \"one\"");
    }
}
