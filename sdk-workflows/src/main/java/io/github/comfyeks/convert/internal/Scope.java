package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.internal.UiGraph.UiLink;
import io.github.comfyeks.convert.internal.UiNode.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One use of a graph: the root, or a subgraph as one of its instances. Instances of a definition share its nodes and differ by
 * the values that their hosts promote.
 */
final class Scope {
    /** A value that may be null, which is another thing than none. */
    record Held(@Nullable Object value) {}

    final FileModel file;
    final UiGraph graph;
    final @Nullable Scope parent;
    final @Nullable UiNode host;
    final String prefix;

    private final Map<String, Held> byInput = new HashMap<>();
    private final Map<String, Map<String, Held>> byWidget = new HashMap<>();
    private final Map<String, Scope> inner = new HashMap<>();

    private Scope(FileModel file, UiGraph graph, @Nullable Scope parent, @Nullable UiNode host, String prefix) {
        this.file = file;
        this.graph = graph;
        this.parent = parent;
        this.host = host;
        this.prefix = prefix;
    }

    static Scope root(FileModel file) {
        return new Scope(file, file.root, null, null, "");
    }

    /** The inside of an instance in this scope. */
    Scope inside(UiNode instance) {
        Scope known = inner.get(instance.id);
        if (known == null) {
            known = new Scope(file, file.definition(instance.type), this, instance, prefix + instance.id + ":");
            inner.put(instance.id, known);
            known.takeHostValues(instance);
        }
        return known;
    }

    /** How many subgraphs deep. */
    int depth() {
        return parent == null ? 0 : parent.depth() + 1;
    }

    /** The id of a node of this scope in the prompt. */
    String id(UiNode node) {
        return prefix + node.id;
    }

    // ---- what a host promotes ----

    private void takeHostValues(UiNode instance) {
        Map<String, Object> named = Data.map(instance.widgetsValues);
        List<@Nullable Object> values = Data.list(instance.widgetsValues);
        Map<String, Held> quarantined = quarantined(instance);
        int at = 0;
        for (int k = 0; k < graph.inputs.size(); k++) {
            String name = graph.inputs.get(k).name();
            if (promoted(k).isEmpty()) {
                continue;
            }
            Held kept = quarantined.get(name);
            if (kept != null) {
                byInput.put(name, kept);
            } else if (named.containsKey(name)) {
                byInput.put(name, new Held(named.get(name)));
            } else if (at < values.size()) {
                byInput.put(name, new Held(values.get(at)));
            }
            at++;
        }
        List<@Nullable Object> proxies = Data.list(instance.properties.get("proxyWidgets"));
        for (int i = 0; i < proxies.size(); i++) {
            List<@Nullable Object> proxy = Data.list(proxies.get(i));
            Object value = i < values.size() ? values.get(i) : null;
            if (proxy.size() >= 2) {
                takeProxy(instance, Data.id(proxy.get(0)), Data.text(proxy.get(1)), value);
            }
        }
    }

    /** Values that an editor put aside since it could not place them when it loaded an older file; by input. */
    private static Map<String, Held> quarantined(UiNode instance) {
        Map<String, Held> values = new HashMap<>();
        for (Object each : Data.list(instance.properties.get("proxyWidgetErrorQuarantine"))) {
            Map<String, Object> entry = Data.map(each);
            List<@Nullable Object> original = Data.list(entry.get("originalEntry"));
            if (entry.containsKey("hostValue") && original.size() >= 2 && "-1".equals(Data.id(original.get(0)))) {
                values.put(Data.text(original.get(1)), new Held(entry.get("hostValue")));
            }
        }
        return values;
    }

    private void takeProxy(UiNode instance, String nodeId, String widget, @Nullable Object value) {
        if (nodeId.equals("-1")) {
            if (value != null
                    && graph.inputs.stream().anyMatch(port -> port.name().equals(widget))) {
                byInput.put(widget, new Held(value));
            }
            return;
        }
        Map<String, String> newIds = file.newIds(instance.type);
        UiNode node = graph.byId.get(newIds.getOrDefault(nodeId, nodeId));
        if (node == null || widget.startsWith("$$")) {
            return;
        }
        Slot slot = node.input(widget);
        UiLink link = slot == null || slot.link() == null ? null : graph.links.get(slot.link());
        if (link != null && link.originId().equals(UiGraph.INPUT_NODE)) {
            if (value != null && link.originSlot() < graph.inputs.size()) {
                byInput.put(graph.inputs.get(link.originSlot()).name(), new Held(value));
            }
            return;
        }
        boolean dead = slot != null && slot.link() != null && link == null;
        Widget own = file.widgets(node).get(widget);
        if (value != null && (file.isDefinition(node.type) || own != null)) {
            byWidget.computeIfAbsent(node.id, id -> new HashMap<>()).put(widget, new Held(value));
        } else if (dead && own != null) { // promoting the widget mends its link
            byWidget.computeIfAbsent(node.id, id -> new HashMap<>()).put(widget, new Held(own.value()));
        }
    }

    /** What the host says of a widget that none of its inputs is for. */
    @Nullable
    Held override(UiNode node, String widget) {
        Map<String, Held> ofNode = byWidget.get(node.id);
        return ofNode == null ? null : ofNode.get(widget);
    }

    private Optional<Promotions.Promoted> promoted(int input) {
        return file.promotions.of(graph, input);
    }

    /** The host's slot for one of this scope's inputs. */
    @Nullable
    Slot hostSlot(int input) {
        if (host == null || input < 0 || input >= graph.inputs.size()) {
            return null;
        }
        return host.input(graph.inputs.get(input).name());
    }

    /** The value that the host has for a promoted input; null if the input is none. */
    @Nullable
    Held hostValue(int input) {
        Optional<Promotions.Promoted> promoted = promoted(input);
        if (promoted.isEmpty()) {
            return null;
        }
        String name = graph.inputs.get(input).name();
        if (parent != null && host != null) {
            Held override = parent.override(host, name);
            if (override != null) {
                return override;
            }
        }
        Held own = byInput.get(name);
        return own != null ? own : innerValue(promoted.get());
    }

    private @Nullable Held innerValue(Promotions.Promoted promoted) {
        UiNode node = promoted.node();
        if (file.isDefinition(node.type)) {
            Scope nested = inside(node);
            return nested.hostValue(nested.graph.inputIndex(promoted.slot().name()));
        }
        Widget widget = file.widgets(node).get(promoted.slot().name());
        return widget == null || !widget.present() ? null : new Held(widget.value());
    }
}
