package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.ConversionProblem;
import io.github.comfyeks.convert.ConversionProblem.Severity;
import io.github.comfyeks.convert.Drawing;
import io.github.comfyeks.convert.internal.Layout.Area;
import io.github.comfyeks.convert.internal.Layout.Box;
import io.github.comfyeks.convert.internal.Sockets.Socket;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.schema.OutputSchema;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Draws one workflow. Used once. */
public final class UiWriter {
    /** A node on its way into the file. */
    private static final class Drawn {
        final WorkflowNode node;
        final @Nullable NodeSchema schema;
        final List<Socket> inputs;
        final WidgetValues widgets;
        final List<String> outputNames = new ArrayList<>();
        final List<String> outputTypes = new ArrayList<>();
        final List<List<Long>> outputLinks = new ArrayList<>();
        final Map<String, Long> inputLinks = new LinkedHashMap<>();

        Drawn(WorkflowNode node, @Nullable NodeSchema schema) {
            this.node = node;
            this.schema = schema;
            this.inputs = schema == null ? Sockets.ofUnknown(node) : Sockets.of(node, schema);
            this.widgets = schema == null ? WidgetValues.ofUnknown(node) : WidgetValues.of(node, schema);
            for (OutputSchema output : schema == null ? List.<OutputSchema>of() : schema.outputs()) {
                addOutput(output.name(), Sockets.shown(output.type()));
            }
        }

        private void addOutput(String name, String type) {
            outputNames.add(name);
            outputTypes.add(type);
            outputLinks.add(new ArrayList<>());
        }

        /** The slot's type; slots that the class does not have are drawn nevertheless. */
        String give(int slot, long link) {
            while (outputNames.size() <= slot) {
                addOutput("output " + outputNames.size(), "*");
            }
            outputLinks.get(slot).add(link);
            return outputTypes.get(slot);
        }

        /** The title that it has of its own. */
        String title() {
            boolean isOwn = schema == null || !node.title().equals(Converter.displayName(schema));
            return isOwn ? node.title() : "";
        }

        Box box() {
            String title =
                    title().isEmpty() ? schema == null ? node.classType() : Converter.displayName(schema) : title();
            return new Box(
                    Sizes.width(title, inputs, outputNames, widgets.widgets()),
                    Sizes.height(schema, inputs, outputNames.size(), widgets.widgets(), widgets.values()),
                    Stage.of(node, schema));
        }
    }

    private final Map<String, Long> ids;
    private final List<Drawn> nodes = new ArrayList<>();
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final List<List<Object>> links = new ArrayList<>();
    private final List<int[]> edges = new ArrayList<>();

    private UiWriter(Workflow workflow, ObjectInfo objectInfo) {
        this.ids = ids(workflow);
        for (WorkflowNode node : workflow.nodes().values()) {
            indexes.put(node.id(), nodes.size());
            nodes.add(new Drawn(node, objectInfo.find(node.classType()).orElse(null)));
        }
    }

    /** See {@link io.github.comfyeks.convert.WorkflowConverter#toUi}. */
    public static Drawing write(Workflow workflow, ObjectInfo objectInfo, Clock clock, boolean lenient) {
        UiWriter writer = new UiWriter(workflow, objectInfo);
        Map<String, Object> file = writer.file();
        Map<String, String> newIds = new LinkedHashMap<>();
        writer.ids.forEach((id, number) -> newIds.put(id, number.toString()));
        Map<String, Object> prompt =
                Converter.convert(file, objectInfo, () -> 0, clock, true).prompt();
        List<ConversionProblem> problems = RoundTrip.problems(workflow, newIds, prompt, objectInfo);
        List<String> raised = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(ConversionProblem::toString)
                .toList();
        if (!lenient && !raised.isEmpty()) {
            throw new WorkflowInvalidException("workflow", raised, null);
        }
        return new Drawing(Collections.unmodifiableMap(file), Collections.unmodifiableMap(newIds), problems);
    }

    /** Whole numbers stay, as far as the editor counts; what is none is numbered on behind them. */
    private static Map<String, Long> ids(Workflow workflow) {
        Map<String, Long> ids = new LinkedHashMap<>();
        long last = 0;
        for (String id : workflow.nodes().keySet()) {
            if (id.matches("0|[1-9]\\d{0,8}")) {
                ids.put(id, Long.parseLong(id));
                last = Math.max(last, Long.parseLong(id));
            }
        }
        for (String id : workflow.nodes().keySet()) {
            if (!ids.containsKey(id)) {
                ids.put(id, ++last);
            }
        }
        return ids;
    }

    private Map<String, Object> file() {
        nodes.forEach(this::link);
        Layout layout = Layout.of(nodes.stream().map(Drawn::box).toList(), edges);
        int[] places = new int[nodes.size()];
        for (int place = 0; place < places.length; place++) {
            places[layout.order().get(place)] = place;
        }
        List<Object> drawn = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Box box = nodes.get(i).box();
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("pos", List.of(layout.x(i), layout.y(i)));
            shape.put("size", List.of(box.width(), box.height()));
            shape.put("order", places[i]);
            drawn.add(node(nodes.get(i), shape));
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("last_node_id", Collections.max(ids.values()));
        file.put("last_link_id", (long) links.size());
        file.put("nodes", drawn);
        file.put("links", links);
        file.put("groups", groups(layout.areas()));
        file.put("config", Map.of());
        file.put("extra", Map.of("ds", Map.of("scale", 0.7, "offset", List.of(60, 60))));
        file.put("version", 0.4);
        return file;
    }

    private void link(Drawn taker) {
        for (int slot = 0; slot < taker.inputs.size(); slot++) {
            Socket socket = taker.inputs.get(slot);
            Link link = taker.node.link(socket.name()).orElse(null);
            if (link == null) {
                continue;
            }
            int from = Objects.requireNonNull(indexes.get(link.nodeId()));
            long id = links.size() + 1L;
            String type = nodes.get(from).give(link.slot(), id);
            links.add(List.of(id, number(link.nodeId()), link.slot(), number(taker.node.id()), slot, type));
            taker.inputLinks.put(socket.name(), id);
            edges.add(new int[] {from, Objects.requireNonNull(indexes.get(taker.node.id()))});
        }
    }

    private long number(String id) {
        return Objects.requireNonNull(ids.get(id));
    }

    private Map<String, Object> node(Drawn drawn, Map<String, Object> shape) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", number(drawn.node.id()));
        node.put("type", drawn.node.classType());
        node.putAll(shape);
        node.put("flags", Map.of());
        node.put("mode", 0);
        node.put(
                "inputs",
                drawn.inputs.stream().map(socket -> input(drawn, socket)).toList());
        List<Object> outputs = new ArrayList<>();
        for (int slot = 0; slot < drawn.outputNames.size(); slot++) {
            Map<String, Object> output = new LinkedHashMap<>();
            output.put("name", drawn.outputNames.get(slot));
            output.put("type", drawn.outputTypes.get(slot));
            output.put("links", drawn.outputLinks.get(slot));
            outputs.add(output);
        }
        node.put("outputs", outputs);
        if (!drawn.title().isEmpty()) {
            node.put("title", drawn.title());
        }
        node.put("properties", Map.of("Node name for S&R", drawn.node.classType()));
        node.put("widgets_values", Collections.unmodifiableList(drawn.widgets.values()));
        return node;
    }

    @SuppressWarnings("NullAway") // plain data holds nulls
    private static Map<String, Object> input(Drawn drawn, Socket socket) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", socket.name());
        input.put("type", socket.type());
        if (socket.isWidget()) {
            input.put("widget", Map.of("name", socket.name()));
        }
        input.put("link", drawn.inputLinks.get(socket.name()));
        return input;
    }

    private static List<Object> groups(List<Area> areas) {
        List<Object> groups = new ArrayList<>();
        for (Area area : areas) {
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("id", groups.size() + 1);
            group.put("title", area.stage().title());
            group.put("bounding", List.of(area.x(), area.y(), area.width(), area.height()));
            group.put("color", area.stage().color());
            group.put("font_size", 24);
            group.put("flags", Map.of());
            groups.add(group);
        }
        return groups;
    }
}
