package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.comfyeks.codegen.GeneratorOptions;
import io.github.comfyeks.codegen.internal.Shapes.NodeShape;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is called what. The same schema and options make the same names, whatever the server's order. */
public final class Plan {
    private final Map<NodeSchema, ClassName> nodes = new LinkedHashMap<>();
    private final TypeTable types;
    private final ChoiceTable choices;
    private final Shapes shapes;
    private final @Nullable Plan base;

    private Plan(ObjectInfo schema, GeneratorOptions options, @Nullable Plan base) {
        List<NodeSchema> all = new ArrayList<>();
        for (NodeSchema node : schema.nodes().values()) {
            if (!node.devOnly()) {
                all.add(node);
            }
        }
        all.sort(Comparator.comparing(NodeSchema::classType));
        Map<String, Scope> scopes = new HashMap<>();
        List<NodeSchema> wanted = all.stream()
                .filter(options.classes())
                .filter(node -> options.base()
                        .filter(there -> there.schema().find(node.classType()).isPresent())
                        .isEmpty())
                .toList();
        for (NodeSchema node : wanted) {
            String at = node.apiNode() ? options.partnerPackage() : options.packageName();
            Scope scope = scopes.computeIfAbsent(at, k -> Scope.ofTypes());
            nodes.put(node, ClassName.get(at, scope.take(JavaNames.nodeClass(node.classType()), "Node")));
        }
        this.types = new TypeTable(wanted, all, options.packageName() + ".type", base == null ? null : base.types);
        this.choices = new ChoiceTable(
                all,
                options.packageName(),
                options.partnerPackage(),
                at -> scopes.computeIfAbsent(at, k -> Scope.ofTypes()),
                base == null ? null : base.choices);
        this.shapes = new Shapes(types, choices);
        this.base = base;
    }

    /** The names for this schema. */
    public static Plan of(ObjectInfo schema, GeneratorOptions options) {
        Plan base = options.base()
                .map(there -> of(there.schema(), GeneratorOptions.of(there.packageName())))
                .orElse(null);
        return new Plan(schema, options, base);
    }

    /** Everything, by its name. */
    public Map<ClassName, TypeSpec> write() {
        NodeWriter writer = new NodeWriter(shapes);
        Map<ClassName, TypeSpec> written = new LinkedHashMap<>();
        nodes.forEach((node, name) -> written.put(name, writer.write(node, Objects.requireNonNull(name))));
        written.putAll(choices.types());
        written.putAll(types.types());
        return written;
    }

    /** The class of these nodes, if there is one here or among those that were generated before. */
    Optional<NodeShape> find(String classType) {
        for (Map.Entry<NodeSchema, ClassName> node : nodes.entrySet()) {
            if (node.getKey().classType().equals(classType)) {
                return Optional.of(shapes.node(node.getKey(), node.getValue()));
            }
        }
        return base == null ? Optional.empty() : base.find(classType);
    }

    /** The constant of this choice; empty if the type has none. */
    Optional<String> constant(TypeName type, String choice) {
        return choices.constant(type, choice);
    }

    /** Whether a type is an open list of choices. */
    boolean isChoice(TypeName type) {
        return choices.isType(type);
    }

    Shapes shapes() {
        return shapes;
    }
}
