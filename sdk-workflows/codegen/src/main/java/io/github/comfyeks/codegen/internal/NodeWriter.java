package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import io.github.comfyeks.codegen.internal.Field.Setter;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.OutputSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes the class of a node, with the classes of its dynamic combos in it. */
final class NodeWriter {
    private final TypeTable types;
    private final FieldReader reader;

    NodeWriter(TypeTable types, ChoiceTable choices) {
        this.types = types;
        this.reader = new FieldReader(types, choices);
    }

    TypeSpec write(NodeSchema node, ClassName name) {
        List<InputSchema> inputs = Schemas.sent(node.inputs());
        Map<String, TypeVariableName> templates = reader.templates(inputs);
        Scope nested = Scope.ofTypes(List.of(name.simpleName()));
        List<Field> fields = reader.read(inputs, name, nested, templates);
        TypeName self = StepWriter.type(name, List.copyOf(templates.values()));
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addTypeVariables(templates.values())
                .superclass(ParameterizedTypeName.get(Names.TYPED_NODE, self))
                .addJavadoc("$L", Docs.node(node))
                .addField(type(node.classType(), fields, outputs(node)))
                .addMethod(constructor());
        if (node.deprecated()) {
            type.addAnnotation(Deprecated.class);
        }
        new StepWriter(type, name, templates, fields, nested).writeFromClass();
        for (Field field : fields) {
            if (!field.isStep()) {
                for (Setter setter : field.setters()) {
                    type.addMethod(StepWriter.method(field, setter)
                            .returns(self)
                            .addStatement("return with($L, $L)", field.index(), setter.value())
                            .build());
                }
            }
        }
        addOutputs(type, node, templates);
        type.addMethod(MethodSpec.methodBuilder("copy")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(self)
                .addParameter(Names.STATE, "state")
                .addStatement(templates.isEmpty() ? "return new $T(state)" : "return new $T<>(state)", name)
                .build());
        addCombos(type, fields, List.of(name.simpleName()));
        return type.build();
    }

    private static FieldSpec type(String classType, List<Field> fields, CodeBlock outputs) {
        CodeBlock.Builder made = CodeBlock.builder().add("$T.of($S)", Names.NODE_TYPE, classType);
        for (Field field : fields) {
            made.add("\n$>$>.input($S", field.schema().name());
            field.sent().ifPresent(value -> made.add(", $L", Defaults.literal(value)));
            made.add(")$<$<");
        }
        return FieldSpec.builder(Names.NODE_TYPE, "TYPE", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L", made.add(outputs).build())
                .build();
    }

    private static CodeBlock outputs(NodeSchema node) {
        if (node.outputs().isEmpty()) {
            return CodeBlock.of("");
        }
        CodeBlock types = node.outputs().stream()
                .map(output -> CodeBlock.of("$S", output.matchTemplate().isPresent() ? "*" : output.type()))
                .collect(CodeBlock.joining(", "));
        return CodeBlock.of("\n$>$>.outputs($L)$<$<", types);
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Names.STATE, "state")
                .addStatement("super(TYPE, state)")
                .build();
    }

    private void addOutputs(TypeSpec.Builder type, NodeSchema node, Map<String, TypeVariableName> templates) {
        Scope members = Scope.ofMembers(Names.ACCESSORS);
        for (OutputSchema output : node.outputs()) {
            type.addMethod(MethodSpec.methodBuilder(members.take(JavaNames.member(output.name(), "output"), "Output"))
                    .addJavadoc("$L", Docs.output(output))
                    .addModifiers(Modifier.PUBLIC)
                    .returns(ParameterizedTypeName.get(Names.OUTPUT, given(output, templates)))
                    .addStatement("return output($L)", output.index())
                    .build());
        }
    }

    private TypeName given(OutputSchema output, Map<String, TypeVariableName> templates) {
        if (output.matchTemplate().isPresent()) {
            TypeVariableName variable = templates.get(output.matchTemplate().get());
            return variable == null ? Names.ANY : variable;
        }
        List<ClassName> bounds = output.type().contains("*") ? List.of() : types.bounds(TypeTable.split(output.type()));
        return bounds.size() == 1 ? bounds.get(0) : Names.ANY;
    }

    private void addCombos(TypeSpec.Builder type, List<Field> fields, List<String> enclosing) {
        for (Field field : fields) {
            FieldReader.combo(field.schema()).ifPresent(combo -> type.addType(combo(combo, field.combo(), enclosing)));
        }
    }

    private TypeSpec combo(InputSchema input, ClassName name, List<String> enclosing) {
        List<String> within = with(enclosing, name);
        Scope nested = Scope.ofTypes(within);
        Scope factories = Scope.ofMembers(Names.ACCESSORS);
        boolean isPlain = input.dynamicOptions().stream()
                .allMatch(option -> Schemas.sent(option.inputs()).isEmpty());
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .superclass(Names.OPTION)
                .addJavadoc("Options of $L, each with its inputs. Immutable.\n", Docs.code(input.name()))
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(String.class, "key")
                        .addStatement("super(key)")
                        .build())
                .addMethod(MethodSpec.methodBuilder("of")
                        .addJavadoc("An option that only another server has, without inputs.\n")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .returns(name)
                        .addParameter(String.class, "key")
                        .addStatement("return new $T(key)", name)
                        .build());
        if (isPlain) {
            type.addModifiers(Modifier.FINAL);
        } else {
            type.addMethod(MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(Names.NODE_TYPE, "type")
                    .addParameter(Names.STATE, "state")
                    .addStatement("super(type, state)")
                    .build());
        }
        for (DynamicOption option : input.dynamicOptions()) {
            String method = factories.take(JavaNames.member(option.key(), "option"), "Option");
            MethodSpec.Builder factory = MethodSpec.methodBuilder(method)
                    .addJavadoc("$L.\n", Docs.code(option.key()))
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC);
            Optional<StepWriter.Start> start = addOption(type, option, name, nested, within);
            type.addMethod(factory.returns(start.map(StepWriter.Start::type).orElse(name))
                    .addStatement(
                            "return $L",
                            start.map(StepWriter.Start::expression)
                                    .orElseGet(() -> CodeBlock.of("new $T($S)", name, option.key())))
                    .build());
        }
        return type.build();
    }

    /** Writes the class of an option; one without inputs needs none. */
    private Optional<StepWriter.Start> addOption(
            TypeSpec.Builder combo, DynamicOption option, ClassName parent, Scope siblings, List<String> enclosing) {
        List<InputSchema> inputs = Schemas.sent(option.inputs());
        if (inputs.isEmpty()) {
            return Optional.empty();
        }
        ClassName name = parent.nestedClass(siblings.take(JavaNames.type(option.key(), "Option"), "Option"));
        List<String> within = with(enclosing, name);
        Scope nested = Scope.ofTypes(within);
        List<Field> fields = reader.read(inputs, name, nested, Map.of());
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .superclass(parent)
                .addJavadoc("The option $L.\n", Docs.code(option.key()))
                .addField(type(option.key(), fields, CodeBlock.of("")))
                .addMethod(constructor());
        StepWriter.Start start = new StepWriter(type, name, Map.of(), fields, nested).writeFromFactory();
        for (Field field : fields) {
            if (!field.isStep()) {
                for (Setter setter : field.setters()) {
                    type.addMethod(StepWriter.method(field, setter)
                            .returns(name)
                            .addStatement("return new $T(state().with($L, $L))", name, field.index(), setter.value())
                            .build());
                }
            }
        }
        addCombos(type, fields, within);
        combo.addType(type.build());
        return Optional.of(start);
    }

    private static List<String> with(List<String> names, ClassName name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name.simpleName());
        return longer;
    }
}
