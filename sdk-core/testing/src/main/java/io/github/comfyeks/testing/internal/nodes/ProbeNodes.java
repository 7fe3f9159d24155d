package io.github.comfyeks.testing.internal.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.comfyeks.testing.internal.image.Images;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.Png;
import io.github.comfyeks.testing.internal.json.Json;
import io.github.comfyeks.testing.internal.json.Python;
import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.nodes.NodeCall.Preview;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Test nodes, one for each thing that a node can do to a client: sleep with progress and previews, be deaf to interrupts,
 * raise, show text, send events, expand, ask for inputs lazily, run beside others, block, refuse, flood.
 */
final class ProbeNodes {
    private ProbeNodes() {}

    static void register(Map<String, NodeType> types) {
        types.put("ProbeSleep", NodeType.of(ProbeNodes::sleep));
        types.put("ProbeStubborn", NodeType.of(call -> {
            call.pause(seconds(call.decimal("seconds")));
            return NodeResult.of(grey(0.2));
        }));
        types.put("ProbeStubbornOut", NodeType.of(call -> {
            call.pause(seconds(call.decimal("seconds")));
            return NodeResult.of().withUi(text("done"));
        }));
        types.put("ProbeFail", NodeType.of(ProbeNodes::fail));
        types.put("ProbeText", NodeType.of(call -> {
            String text = call.text("text");
            call.sendProgressText("hello \u00e9 " + text);
            return NodeResult.of(TextNode.valueOf(text)).withUi(text(text));
        }));
        types.put("ProbeNoUi", NodeType.of(call -> NodeResult.of()));
        types.put("ProbeEvent", NodeType.of(ProbeNodes::event));
        types.put("ProbeExpand", NodeType.of(ProbeNodes::expand));
        types.put(
                "ProbeLazy",
                NodeType.of(call -> NodeResult.of(call.images(call.flag("which") ? "a" : "b")))
                        .withLazy(ProbeNodes::wanted));
        types.put(
                "ProbeAsync",
                NodeType.of(call -> NodeResult.later(call.integer("steps"), seconds(call.decimal("delay")), grey(0.3)))
                        .asAsync());
        types.put("ProbeBlock", NodeType.of(call -> {
            String message = call.text("message");
            return NodeResult.of(new NodeResult.Blocker(message.isEmpty() ? null : message));
        }));
        types.put(
                "ProbeValidate",
                NodeType.of(call -> NodeResult.of(call.images("image")))
                        .withValidator(new NodeType.Validator(Set.of("mode"), (inputs, folders) -> {
                            if (!inputs.has("mode")) {
                                throw NodeFailure.missingCheckArgument("ProbeValidate", "mode");
                            }
                            return problem(inputs.path("mode").asText());
                        })));
        types.put("ProbeTypes", NodeType.of(ProbeNodes::types));
        types.put("ProbeLongList", NodeType.of(call -> NodeResult.of()));
        types.put("ProbeFlood", NodeType.of(ProbeNodes::flood));
        types.put("ProbePreviewMethod", NodeType.of(call -> {
            String method =
                    switch (call.previewMethod()) {
                        case "auto" -> "LatentPreviewMethod.Auto";
                        case "latent2rgb" -> "LatentPreviewMethod.Latent2RGB";
                        case "taesd" -> "LatentPreviewMethod.TAESD";
                        default -> "LatentPreviewMethod.NoPreviews";
                    };
            return NodeResult.of(TextNode.valueOf(method)).withUi(text(method));
        }));
        types.put("ProbeDyn", NodeType.of(ProbeNodes::dynamicCombo));
        types.put("ProbeGrow", NodeType.of(ProbeNodes::autogrow));
    }

    private static Images grey(double value) {
        return Images.of(Picture.filled(64, 64, ((int) (value * 255)) * 0x010101));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static ObjectNode text(String text) {
        ObjectNode ui = Json.object();
        ui.putArray("text").add(text);
        return ui;
    }

    private static NodeResult sleep(NodeCall call) throws NodeFailure, InterruptedRunException {
        int steps = call.integer("steps");
        Duration delay = seconds(call.decimal("delay"));
        String format = call.text("preview");
        for (int i = 0; i < steps; i++) {
            call.pause(delay);
            call.progress(i + 1, steps, format.equals("none") ? null : preview(format, i * 20 % 255));
        }
        long seed = call.value("seed")
                .bigIntegerValue()
                .mod(java.math.BigInteger.valueOf(100))
                .longValue();
        return NodeResult.of(grey(seed / 100.0));
    }

    private static Preview preview(String format, int red) {
        Picture picture = Picture.filled(512, 512, red << 16 | 40 << 8 | 90);
        return new Preview(
                format, ByteString.of(format.equals("PNG") ? Png.write(picture, Map.of()) : Png.writeJpeg(picture)));
    }

    private static NodeResult fail(NodeCall call) throws NodeFailure, InterruptedRunException {
        switch (call.text("kind")) {
            case "runtime" -> throw new NodeFailure("RuntimeError", "probe failed on purpose");
            case "oom" -> throw new NodeFailure("torch.OutOfMemoryError", "probe out of memory");
            case "cudaoom" ->
                throw new NodeFailure("torch.OutOfMemoryError", "CUDA out of memory. Tried to allocate 20.00 GiB.");
            case "key" -> throw new NodeFailure("KeyError", "'missing'");
            case "interrupt" -> throw new InterruptedRunException();
            default -> throw new NodeFailure("ValueError", "");
        }
    }

    private static NodeResult event(NodeCall call) throws NodeFailure {
        ObjectNode hello = Json.object();
        hello.putArray("hello").add(1).add(2).addNull();
        call.send("probe.custom", hello, call.flag("to_all"));
        call.send("probe.scalar", TextNode.valueOf("just a string"), false);
        ObjectNode ui = Json.object();
        ui.putArray("probe").addObject().put("a", 1);
        ui.putArray("flag").add(true);
        return NodeResult.of().withUi(ui);
    }

    private static NodeResult expand(NodeCall call) throws NodeFailure {
        JsonNode color = call.value("color");
        String prefix = call.nodeId() + ".0.0.";
        ObjectNode graph = Json.object();
        node(graph, prefix + 1, "EmptyImage")
                .put("width", 64)
                .put("height", 64)
                .put("batch_size", 1)
                .set("color", color);
        ObjectNode sleep = node(graph, prefix + 2, "ProbeSleep");
        sleep.put("steps", 2).put("delay", 0.05).put("preview", "none").set("seed", color);
        sleep.set("image", link(prefix + 1));
        node(graph, prefix + 3, "PreviewImage").set("images", link(prefix + 2));
        int last = 2;
        if (call.flag("fail")) {
            last = 4;
            node(graph, prefix + last, "ProbeFail").put("kind", "runtime").set("image", link(prefix + 2));
        }
        int result = Math.max(last, 3) + 1;
        node(graph, prefix + result, "ImageInvert").set("image", link(prefix + last));
        return NodeResult.expanded(graph, List.of(link(prefix + result)));
    }

    private static ObjectNode node(ObjectNode graph, String id, String classType) {
        ObjectNode node = graph.putObject(id);
        node.put("class_type", classType);
        return node.putObject("inputs");
    }

    private static ArrayNode link(String id) {
        return Json.array().add(id).add(0);
    }

    private static List<String> wanted(NodeCall call) {
        boolean which = call.input("which") instanceof JsonNode node && Python.truthy(node);
        String name = which ? "a" : "b";
        return call.input(name) == null ? List.of(name) : List.of();
    }

    private static @Nullable String problem(String mode) throws NodeFailure {
        return switch (mode) {
            case "text" -> "probe says no";
            case "false" -> "";
            case "raise" -> throw new NodeFailure("RuntimeError", "validator crashed");
            default -> null;
        };
    }

    private static NodeResult types(NodeCall call) {
        StringBuilder out = new StringBuilder("[");
        for (String name : new TreeSet<>(call.inputNames())) {
            if (!name.equals("any") && call.input(name) instanceof JsonNode value) {
                out.append(out.length() > 1 ? ", " : "");
                out.append("('")
                        .append(name)
                        .append("', ")
                        .append(Python.repr(value))
                        .append(')');
            }
        }
        String text = out.append(']').toString();
        return NodeResult.of(TextNode.valueOf(text)).withUi(text(text));
    }

    /** Many previews of noise, to fill the pipe of a client that does not read (E10). */
    private static NodeResult flood(NodeCall call) throws NodeFailure, InterruptedRunException {
        int count = call.integer("count");
        int size = call.integer("size");
        Random random = new Random(call.value("seed").asLong());
        int[] pixels =
                random.ints((long) size * size).map(pixel -> pixel | 0xff000000).toArray();
        Preview noise = new Preview("JPEG", ByteString.of(Png.writeJpeg(new Picture(size, size, pixels, false))));
        for (int i = 0; i < count; i++) {
            call.progress(i + 1, count, noise);
        }
        return NodeResult.of();
    }

    private static NodeResult dynamicCombo(NodeCall call) throws NodeFailure {
        if (call.input("mode") == null) {
            throw NodeFailure.missingArgument("ProbeDyn", "mode");
        }
        String text = Python.repr(nested(call, "mode"));
        return NodeResult.of(TextNode.valueOf(text)).withUi(text(text));
    }

    /** The values of a dynamic combo as its node sees them: what belongs to the option first, the option's name last. */
    private static ObjectNode nested(NodeCall call, String path) throws NodeFailure {
        ObjectNode values = Json.object();
        for (String name : call.inputNames()) {
            String child = name.startsWith(path + ".") ? name.substring(path.length() + 1) : "";
            if (!child.isEmpty() && child.indexOf('.') < 0) {
                boolean deeper = call.inputNames().stream().anyMatch(other -> other.startsWith(name + "."))
                        || child.equals("inner");
                values.set(child, deeper ? nested(call, name) : call.value(name));
            }
        }
        values.set(path.substring(path.lastIndexOf('.') + 1), call.value(path));
        return values;
    }

    private static NodeResult autogrow(NodeCall call) throws NodeFailure {
        ObjectNode vals = Json.object();
        TreeSet<String> named = new TreeSet<>();
        for (String name : new TreeSet<>(call.inputNames())) {
            if (name.startsWith("vals.")) {
                vals.set(name.substring(5), call.value(name));
            } else if (name.startsWith("named.")) {
                named.add(name.substring(6));
            }
        }
        if (vals.isEmpty()) {
            throw NodeFailure.missingArgument("ProbeGrow", "vals");
        }
        String text = Python.repr(vals) + " " + Python.repr(Json.array(named));
        return NodeResult.of(TextNode.valueOf(text)).withUi(text(text));
    }
}
