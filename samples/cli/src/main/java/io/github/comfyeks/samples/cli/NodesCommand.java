package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        description = "Lists the node classes, or shows the inputs and outputs of one.")
final class NodesCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "CLASS", arity = "0..1", description = "Such as KSampler.")
    private @Nullable String classType;

    @Override
    public Integer call() {
        try (ComfyClient client = server.client()) {
            ObjectInfo info = client.server().objectInfo();
            if (classType == null) {
                info.nodes().values().forEach(node -> {
                    output.record("class", node.classType(), "category", node.category());
                    output.line(node.classType());
                });
                return ExitCodes.OK;
            }
            Optional<NodeSchema> found = info.find(classType);
            if (found.isEmpty()) {
                List<String> nearest = info.nearest(classType, 3);
                Comfyeks.tell(
                        output.err(),
                        "the server has no class \"" + classType + "\""
                                + (nearest.isEmpty() ? "" : "; nearest: " + String.join(", ", nearest)));
                return ExitCodes.WORKFLOW;
            }
            show(found.get());
            return ExitCodes.OK;
        }
    }

    private void show(NodeSchema node) {
        output.line(node.classType() + "  (" + node.category() + ")");
        List<List<String>> rows = new ArrayList<>();
        for (InputSchema input : node.inputs()) {
            String choices = input.choices().isEmpty() ? "" : String.valueOf(input.choices());
            String fallback = input.defaultValue().map(String::valueOf).orElse("");
            output.record(
                    "input",
                    input.name(),
                    "section",
                    input.section().toString(),
                    "type",
                    input.type(),
                    "default",
                    fallback);
            rows.add(List.of(
                    input.name(),
                    input.section().toString(),
                    input.type(),
                    fallback.length() > 40 ? fallback.substring(0, 40) + "…" : fallback,
                    choices.length() > 60 ? choices.substring(0, 60) + "…" : choices));
        }
        output.table(List.of("INPUT", "SECTION", "TYPE", "DEFAULT", "CHOICES"), rows);
        node.outputs().forEach(each -> {
            output.record("output", each.name(), "type", each.type());
            output.line("→ " + each.name() + "  " + each.type());
        });
    }
}
