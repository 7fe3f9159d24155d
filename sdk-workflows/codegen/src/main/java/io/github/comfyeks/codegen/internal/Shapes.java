package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.OutputSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the classes of nodes and options are made of, by Java's names: for who writes them and for who writes programs with them. */
final class Shapes {
    /**
     * The class of a node.
     *
     * @param templates its type parameters by match type template
     * @param nested the names taken within it
     */
    record NodeShape(
            NodeSchema schema,
            ClassName name,
            Map<String, TypeVariableName> templates,
            Scope nested,
            List<Field> fields,
            List<OutputShape> outputs) {}

    /**
     * An accessor.
     *
     * @param type what the output gives: a marker, a type parameter of the node, or any
     */
    record OutputShape(OutputSchema schema, String name, TypeName type) {}

    /**
     * An option of a dynamic combo.
     *
     * @param factory the method of the combo's class that begins it
     * @param body its own class; an option without inputs needs none
     */
    record OptionShape(DynamicOption option, String factory, Optional<OptionBody> body) {}

    record OptionBody(ClassName name, Scope nested, List<Field> fields) {}

    private final TypeTable types;
    private final FieldReader reader;

    Shapes(TypeTable types, ChoiceTable choices) {
        this.types = types;
        this.reader = new FieldReader(types, choices);
    }

    NodeShape node(NodeSchema node, ClassName name) {
        List<InputSchema> inputs = Schemas.sent(node.inputs());
        Map<String, TypeVariableName> templates = reader.templates(inputs);
        Scope nested = Scope.ofTypes(name.simpleNames());
        List<Field> fields = reader.read(inputs, name, nested, templates);
        Scope members = Scope.ofMembers(Names.ACCESSORS);
        List<OutputShape> outputs = new ArrayList<>();
        for (OutputSchema output : node.outputs()) {
            String accessor = members.take(JavaNames.member(output.name(), "output"), "Output");
            outputs.add(new OutputShape(output, accessor, given(output, templates)));
        }
        return new NodeShape(node, name, templates, nested, fields, outputs);
    }

    private TypeName given(OutputSchema output, Map<String, TypeVariableName> templates) {
        if (output.matchTemplate().isPresent()) {
            TypeVariableName variable = templates.get(output.matchTemplate().get());
            return variable == null ? Names.ANY : variable;
        }
        return carried(output.type());
    }

    /** The marker of what links of this type carry; any if it is none or several. */
    TypeName carried(String type) {
        List<ClassName> bounds = type.contains("*") ? List.of() : types.bounds(TypeTable.split(type));
        return bounds.size() == 1 ? bounds.get(0) : Names.ANY;
    }

    /** @param name the class of the combo's options */
    List<OptionShape> options(InputSchema combo, ClassName name) {
        Scope nested = Scope.ofTypes(name.simpleNames());
        Scope factories = Scope.ofMembers(Names.ACCESSORS);
        List<OptionShape> options = new ArrayList<>();
        for (DynamicOption option : combo.dynamicOptions()) {
            String factory = factories.take(JavaNames.member(option.key(), "option"), "Option");
            List<InputSchema> inputs = Schemas.sent(option.inputs());
            Optional<OptionBody> body = Optional.empty();
            if (!inputs.isEmpty()) {
                ClassName own = name.nestedClass(nested.take(JavaNames.type(option.key(), "Option"), "Option"));
                Scope within = Scope.ofTypes(own.simpleNames());
                body = Optional.of(new OptionBody(own, within, reader.read(inputs, own, within, Map.of())));
            }
            options.add(new OptionShape(option, factory, body));
        }
        return options;
    }
}
