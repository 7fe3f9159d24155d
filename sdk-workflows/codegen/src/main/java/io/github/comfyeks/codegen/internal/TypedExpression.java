package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import io.github.comfyeks.codegen.internal.Arguments.Source;
import io.github.comfyeks.codegen.internal.Field.Setter;
import io.github.comfyeks.codegen.internal.Shapes.NodeShape;
import io.github.comfyeks.codegen.internal.Shapes.OptionShape;
import io.github.comfyeks.schema.Autogrow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node with exactly these inputs as an expression of its generated class. There is none where the class cannot say it: an input
 * that it does not have, a value of another type, a default that the node is to do without.
 */
final class TypedExpression {
    private final Plan plan;
    private final NodeShape shape;
    private final Map<String, TypeName> variables = new LinkedHashMap<>();
    private final Arguments arguments;

    private TypedExpression(Plan plan, NodeShape shape, Map<String, Object> inputs) {
        this.plan = plan;
        this.shape = shape;
        shape.templates()
                .forEach((template, variable) -> variables.put(variable.name(), matched(template, variable, inputs)));
        this.arguments = new Arguments(plan, variables);
    }

    /**
     * The expression.
     *
     * @param type of the node
     * @param variables what the class's type parameters are, by their names
     */
    record Typed(CodeBlock code, TypeName type, Map<String, TypeName> variables) {}

    /** @param inputs by the names under which they are sent: plain data or a {@link Source} each */
    static Optional<Typed> of(Plan plan, NodeShape shape, Map<String, Object> inputs) {
        TypedExpression made = new TypedExpression(plan, shape, inputs);
        boolean isPlain = shape.fields().stream().noneMatch(Field::isStep);
        CodeBlock start = isPlain ? CodeBlock.of("$T.create()", shape.name()) : CodeBlock.of("$T", shape.name());
        return made.chain(start, shape.fields(), inputs, true)
                .map(code -> new Typed(code, made.type(), made.variables));
    }

    private TypeName type() {
        return variables.isEmpty()
                ? shape.name()
                : ParameterizedTypeName.get(shape.name(), variables.values().toArray(TypeName[]::new));
    }

    /** What the compiler finds for a type parameter: the one type of all links; else it is told the bound. */
    private TypeName matched(String template, TypeVariableName variable, Map<String, Object> inputs) {
        Set<TypeName> linked = new HashSet<>();
        boolean isStep = false;
        for (Field field : shape.fields()) {
            if (field.template().filter(template::equals).isPresent()) {
                isStep |= field.isStep();
                inputs.forEach((name, value) -> {
                    if (isOf(name, field.schema().name()) && value instanceof Source source) {
                        linked.add(source.type());
                    }
                });
            }
        }
        TypeName bound =
                variable.bounds().isEmpty() ? Names.OBJECT : variable.bounds().get(0);
        TypeName only = linked.size() == 1 ? linked.iterator().next() : bound;
        return isStep && Arguments.isAbove(bound, only) ? only : bound;
    }

    private static boolean isOf(String name, String input) {
        return name.equals(input) || name.startsWith(input + ".");
    }

    private Optional<CodeBlock> chain(CodeBlock start, List<Field> fields, Map<String, Object> inputs, boolean isNode) {
        Map<String, Object> left = new LinkedHashMap<>(inputs);
        List<Field> ordered =
                new ArrayList<>(fields.stream().filter(Field::isStep).toList());
        boolean followsClass = isNode && !ordered.isEmpty();
        fields.stream().filter(field -> !field.isStep()).forEach(ordered::add);
        CodeBlock.Builder code = CodeBlock.builder().add(start);
        for (Field field : ordered) {
            Map<String, Object> own = taken(left, field.schema().name());
            if (own.isEmpty()) {
                if (field.isStep() || field.sent().isPresent()) {
                    return Optional.empty();
                }
                continue;
            }
            Optional<CodeBlock> call = call(field, own);
            if (call.isEmpty()) {
                return Optional.empty();
            }
            code.add(isNode && !followsClass ? "\n.$L" : ".$L", call.get());
            followsClass = false;
        }
        return left.isEmpty() ? Optional.of(code.build()) : Optional.empty();
    }

    /** What belongs to an input: itself under an empty name, what is below it under the names behind its dot. */
    private static Map<String, Object> taken(Map<String, Object> from, String input) {
        Map<String, Object> own = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, Object>> at = from.entrySet().iterator(); at.hasNext(); ) {
            Map.Entry<String, Object> each = at.next();
            if (isOf(each.getKey(), input)) {
                own.put(
                        each.getKey().equals(input) ? "" : each.getKey().substring(input.length() + 1),
                        each.getValue());
                at.remove();
            }
        }
        return own;
    }

    private Optional<CodeBlock> call(Field field, Map<String, Object> own) {
        if (field.schema().isDynamicCombo()) {
            return option(field, own)
                    .map(option -> CodeBlock.of("$N($L)", field.setters().get(0).method(), option));
        }
        if (field.schema().isAutogrow()) {
            return field.schema().autogrow().flatMap(grow -> grown(field, grow, own));
        }
        if (own.size() != 1 || !own.containsKey("")) {
            return Optional.empty();
        }
        Object value = own.get("");
        if (value instanceof Source source) {
            for (Setter setter : field.setters()) {
                if (arguments.fits(source, setter.parameter())) {
                    return Optional.of(CodeBlock.of("$N($L)", setter.method(), source.code()));
                }
            }
        }
        for (Setter setter : field.setters()) {
            Optional<CodeBlock> argument = arguments.of(value, setter.parameter());
            if (argument.isPresent()) {
                return Optional.of(CodeBlock.of("$N($L)", setter.method(), argument.get()));
            }
        }
        return Optional.empty();
    }

    /** @param own the key under an empty name, and its inputs */
    private Optional<CodeBlock> option(Field field, Map<String, Object> own) {
        Map<String, Object> inputs = new LinkedHashMap<>(own);
        if (!(inputs.remove("") instanceof String key)) {
            return Optional.empty();
        }
        Optional<OptionShape> known = FieldReader.combo(field.schema())
                .flatMap(combo -> plan.shapes().options(combo, field.combo()).stream()
                        .filter(option -> option.option().key().equals(key))
                        .findFirst());
        if (known.isEmpty()) {
            return inputs.isEmpty()
                    ? Optional.of(CodeBlock.of("$T.of($L)", field.combo(), Literals.text(key)))
                    : Optional.empty();
        }
        CodeBlock start = CodeBlock.of("$T.$N()", field.combo(), known.get().factory());
        List<Field> fields = known.get().body().map(Shapes.OptionBody::fields).orElse(List.of());
        return chain(start, fields, inputs, false);
    }

    private Optional<CodeBlock> grown(Field field, Autogrow grow, Map<String, Object> own) {
        Map<String, Object> left = new LinkedHashMap<>(own);
        List<CodeBlock> elements = new ArrayList<>();
        int most = grow.names().isEmpty()
                ? grow.max().orElse(Integer.MAX_VALUE)
                : grow.names().size();
        for (int i = 0; !left.isEmpty(); i++) {
            Map<String, Object> slot = i < most ? taken(left, grow.slot(i)) : Map.of();
            Optional<CodeBlock> element = slot.isEmpty() ? Optional.empty() : element(field, grow, slot);
            if (element.isEmpty()) {
                return Optional.empty();
            }
            elements.add(element.get());
        }
        if (elements.size() < (grow.input().isRequired() ? grow.min() : 0)) {
            return Optional.empty();
        }
        return Optional.of(CodeBlock.of("$N($L)", field.setters().get(0).method(), CodeBlock.join(elements, ", ")));
    }

    private Optional<CodeBlock> element(Field field, Autogrow grow, Map<String, Object> slot) {
        if (grow.input().isDynamicCombo()) {
            return option(field, slot);
        }
        @Nullable Object value = slot.get("");
        return slot.size() == 1 && value != null
                ? arguments.of(value, field.setters().get(0).parameter())
                : Optional.empty();
    }
}
