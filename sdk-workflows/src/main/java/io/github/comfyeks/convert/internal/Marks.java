package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.internal.UiGraph.UiLink;
import io.github.comfyeks.convert.internal.UiNode.Slot;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an editor's file says of its prompt beside what is sent: in which subgraphs nodes lie, and which values have names of their own. */
public final class Marks {
    private static final int DEEPEST = 64;

    /** An input of a node of the prompt. */
    public record Place(String nodeId, String input) {}

    /** A value under a name that the artist gave, with the inputs that hold it. */
    public record Mark(String name, List<Place> places) {}

    private final FileModel file;
    private final Map<String, String> paths = new LinkedHashMap<>();
    private final Map<String, List<Place>> marks = new LinkedHashMap<>();

    private Marks(FileModel file) {
        this.file = file;
    }

    /** Reads them; of a file that converts. */
    public static Marks of(Map<String, ?> ui, ObjectInfo objectInfo) {
        Marks marks = new Marks(new FileModel(Data.map(ui), objectInfo));
        marks.walk(Scope.root(marks.file), "");
        return marks;
    }

    /** Node id → the titles of the subgraphs that it lies in, joined by slashes. Without the nodes of the root. */
    public Map<String, String> paths() {
        return paths;
    }

    /** Titled primitive nodes, and the widgets of subgraphs that lie in the root: {@code title.widget}. Places need not be in the prompt. */
    public List<Mark> marks() {
        List<Mark> all = new ArrayList<>();
        marks.forEach((name, places) -> all.add(new Mark(name, List.copyOf(places))));
        return all;
    }

    private void walk(Scope scope, String path) {
        for (UiNode node : scope.graph.nodes) {
            if (file.isDefinition(node.type)) {
                if (scope.depth() < DEEPEST) {
                    Scope inside = scope.inside(node);
                    String title = node.title.isEmpty() ? inside.graph.name : node.title;
                    if (scope.parent == null) {
                        promoted(inside, node, title);
                    }
                    walk(inside, path.isEmpty() ? title : path + "/" + title);
                }
            } else if (node.type.equals(Primitives.TYPE)) {
                primitive(scope, node);
            } else if (!path.isEmpty()) {
                paths.put(scope.id(node), path);
            }
        }
    }

    private void primitive(Scope scope, UiNode primitive) {
        if (primitive.title.isEmpty() || primitive.title.startsWith("Primitive")) {
            return; // the editor's own title
        }
        for (UiLink link : scope.graph.links.values()) {
            UiNode target = link.originId().equals(primitive.id) ? scope.graph.byId.get(link.targetId()) : null;
            if (target != null && link.targetSlot() >= 0 && link.targetSlot() < target.inputs.size()) {
                Slot slot = target.inputs.get(link.targetSlot());
                mark(primitive.title, widget(scope, target, slot.widget() == null ? slot.name() : slot.widget()));
            }
        }
    }

    private void promoted(Scope inside, UiNode host, String title) {
        for (int i = 0; i < inside.graph.inputs.size(); i++) {
            Slot slot = inside.hostSlot(i);
            if (slot == null || slot.link() == null) {
                String name = title + "." + inside.graph.inputs.get(i).label();
                behind(inside, i).forEach(place -> mark(name, place));
            }
        }
        for (Object each : Data.list(host.properties.get("proxyWidgets"))) {
            List<@Nullable Object> proxy = Data.list(each);
            String id = proxy.size() < 2 ? "" : Data.id(proxy.get(0));
            UiNode node = inside.graph.byId.get(file.newIds(host.type).getOrDefault(id, id));
            if (node != null) {
                String widget = Data.text(proxy.get(1));
                Slot slot = node.input(widget);
                if (slot == null || slot.link() == null) { // else an input of the subgraph stands for it
                    mark(title + "." + widget, widget(inside, node, widget));
                }
            }
        }
    }

    /** The widgets that an input of a subgraph sets, however deep. */
    private List<Place> behind(Scope scope, int input) {
        List<Place> places = new ArrayList<>();
        for (UiNode node : scope.graph.nodes) {
            for (Slot slot : node.inputs) {
                UiLink link = slot.link() == null ? null : scope.graph.links.get(slot.link());
                if (link == null || !link.originId().equals(UiGraph.INPUT_NODE) || link.originSlot() != input) {
                    continue;
                }
                if (file.isDefinition(node.type)) {
                    Scope nested = scope.inside(node);
                    if (scope.depth() < DEEPEST && nested.graph.inputIndex(slot.name()) >= 0) {
                        places.addAll(behind(nested, nested.graph.inputIndex(slot.name())));
                    }
                } else {
                    Place place = widget(scope, node, slot.name());
                    if (place != null) {
                        places.add(place);
                    }
                }
            }
        }
        return places;
    }

    private @Nullable Place widget(Scope scope, UiNode node, String name) {
        boolean isWidget = !file.isDefinition(node.type) && file.widgets(node).containsKey(name);
        return isWidget ? new Place(scope.id(node), name) : null;
    }

    private void mark(String name, @Nullable Place place) {
        if (place != null) {
            List<Place> places = marks.computeIfAbsent(name, key -> new ArrayList<>());
            if (!places.contains(place)) {
                places.add(place);
            }
        }
    }
}
