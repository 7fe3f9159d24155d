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
import io.github.comfyeks.codegen.internal.Shapes.NodeShape;
import io.github.comfyeks.codegen.internal.Shapes.OptionBody;
import io.github.comfyeks.codegen.internal.Shapes.OptionShape;
import io.github.comfyeks.codegen.internal.Shapes.OutputShape;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes the class of a node, with the classes of its dynamic combos in it. */
final class NodeWriter {
    private final Shapes shapes;

    NodeWriter(Shapes shapes) {
        this.shapes = shapes;
    }

    TypeSpec write(NodeSchema node, ClassName name) {
        NodeShape shape = shapes.node(node, name);
        Map<String, TypeVariableName> templates = shape.templates();
        List<Field> fields = shape.fields();
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
        new StepWriter(type, name, templates, fields, shape.nested()).writeFromClass();
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
        addOutputs(type, shape);
        type.addMethod(MethodSpec.methodBuilder("copy")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(self)
                .addParameter(Names.STATE, "state")
                .addStatement(templates.isEmpty() ? "return new $T(state)" : "return new $T<>(state)", name)
                .build());
        addCombos(type, fields);
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

    private static void addOutputs(TypeSpec.Builder type, NodeShape shape) {
        for (OutputShape output : shape.outputs()) {
            type.addMethod(MethodSpec.methodBuilder(output.name())
                    .addJavadoc("$L", Docs.output(output.schema()))
                    .addModifiers(Modifier.PUBLIC)
                    .returns(ParameterizedTypeName.get(Names.OUTPUT, output.type()))
                    .addStatement("return output($L)", output.schema().index())
                    .build());
        }
    }

    private void addCombos(TypeSpec.Builder type, List<Field> fields) {
        for (Field field : fields) {
            FieldReader.combo(field.schema()).ifPresent(combo -> type.addType(combo(combo, field.combo())));
        }
    }

    private TypeSpec combo(InputSchema input, ClassName name) {
        List<OptionShape> options = shapes.options(input, name);
        boolean isPlain = options.stream().allMatch(option -> option.body().isEmpty());
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
        for (OptionShape option : options) {
            String key = option.option().key();
            MethodSpec.Builder factory = MethodSpec.methodBuilder(option.factory())
                    .addJavadoc("$L.\n", Docs.code(key))
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC);
            Optional<StepWriter.Start> start = option.body().map(body -> addOption(type, key, name, body));
            type.addMethod(factory.returns(start.map(StepWriter.Start::type).orElse(name))
                    .addStatement(
                            "return $L",
                            start.map(StepWriter.Start::expression)
                                    .orElseGet(() -> CodeBlock.of("new $T($S)", name, key)))
                    .build());
        }
        return type.build();
    }

    /** Writes the class of an option. */
    private StepWriter.Start addOption(TypeSpec.Builder combo, String key, ClassName parent, OptionBody body) {
        ClassName name = body.name();
        List<Field> fields = body.fields();
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .superclass(parent)
                .addJavadoc("The option $L.\n", Docs.code(key))
                .addField(type(key, fields, CodeBlock.of("")))
                .addMethod(constructor());
        StepWriter.Start start = new StepWriter(type, name, Map.of(), fields, body.nested()).writeFromFactory();
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
        addCombos(type, fields);
        combo.addType(type.build());
        return start;
    }
}
