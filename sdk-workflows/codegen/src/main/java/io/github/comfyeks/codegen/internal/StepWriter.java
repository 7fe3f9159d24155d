package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import io.github.comfyeks.codegen.internal.Field.Setter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Writes what one must give as steps: a class each, whose methods lead to the next. What was not given, or given in another place,
 * does not compile.
 */
final class StepWriter {
    private final TypeSpec.Builder owner;
    private final ClassName name;
    private final Map<String, TypeVariableName> templates;
    private final List<Field> steps;
    private final List<ClassName> classes = new ArrayList<>();

    StepWriter(
            TypeSpec.Builder owner,
            ClassName name,
            Map<String, TypeVariableName> templates,
            List<Field> fields,
            Scope nested) {
        this.owner = owner;
        this.name = name;
        this.templates = templates;
        this.steps = fields.stream().filter(Field::isStep).toList();
        for (Field step : steps) {
            classes.add(name.nestedClass(nested.take("Needs" + JavaNames.capital(step.name()), "Input")));
        }
    }

    /** Of a node: the first step is a static method of its class. */
    void writeFromClass() {
        if (steps.isEmpty()) {
            MethodSpec.Builder create = MethodSpec.methodBuilder("create")
                    .addJavadoc("A node with nothing but defaults.\n")
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .addTypeVariables(templates.values())
                    .returns(type(name, templates.values().stream().toList()));
            owner.addMethod(create.addStatement("return $L", made(name, templates.isEmpty(), first()))
                    .build());
            return;
        }
        addSetters(owner, 0, true);
        writeClasses(1);
    }

    /** Of an option: gives the expression that its factory answers, and the type of that. */
    Start writeFromFactory() {
        writeClasses(0);
        ClassName at = steps.isEmpty() ? name : classes.get(0);
        return new Start(at, made(at, true, CodeBlock.of("$T.of($T.TYPE)", Names.STATE, name)));
    }

    record Start(ClassName type, CodeBlock expression) {}

    private CodeBlock first() {
        return CodeBlock.of("$T.of(TYPE)", Names.STATE);
    }

    private void writeClasses(int from) {
        for (int i = from; i < steps.size(); i++) {
            TypeSpec.Builder step = TypeSpec.classBuilder(classes.get(i))
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                    .addTypeVariables(known(i))
                    .addJavadoc(
                            "On the way: next comes $L.\n",
                            Docs.code(steps.get(i).schema().name()))
                    .addField(FieldSpec.builder(Names.STATE, "state", Modifier.PRIVATE, Modifier.FINAL)
                            .build())
                    .addMethod(MethodSpec.constructorBuilder()
                            .addModifiers(Modifier.PRIVATE)
                            .addParameter(Names.STATE, "state")
                            .addStatement("this.state = state")
                            .build());
            addSetters(step, i, false);
            owner.addType(step.build());
        }
    }

    private void addSetters(TypeSpec.Builder type, int index, boolean isStatic) {
        Field step = steps.get(index);
        boolean isLast = index == steps.size() - 1;
        List<TypeVariableName> before = known(index);
        List<TypeVariableName> after = isLast ? List.copyOf(templates.values()) : known(index + 1);
        ClassName next = isLast ? name : classes.get(index + 1);
        for (Setter setter : step.setters()) {
            MethodSpec.Builder method = method(step, setter)
                    .addTypeVariables(after.stream()
                            .filter(variable -> !before.contains(variable))
                            .toList())
                    .returns(type(next, after));
            if (isStatic) {
                method.addModifiers(Modifier.STATIC);
            }
            CodeBlock state = CodeBlock.of(
                    "$L.with($L, $L)", isStatic ? first() : CodeBlock.of("this.state"), step.index(), setter.value());
            type.addMethod(method.addStatement("return $L", made(next, after.isEmpty(), state))
                    .build());
        }
    }

    private static CodeBlock made(ClassName type, boolean isPlain, CodeBlock state) {
        return CodeBlock.of(isPlain ? "new $T($L)" : "new $T<>($L)", type, state);
    }

    /** The type parameters that the steps before this one have fixed. */
    private List<TypeVariableName> known(int index) {
        return steps.subList(0, index).stream()
                .map(Field::template)
                .flatMap(Optional::stream)
                .distinct()
                .map(templates::get)
                .toList();
    }

    static TypeName type(ClassName name, List<TypeVariableName> variables) {
        return variables.isEmpty() ? name : ParameterizedTypeName.get(name, variables.toArray(TypeName[]::new));
    }

    /** A method that gives an input, without what it returns and does. */
    static MethodSpec.Builder method(Field field, Setter setter) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(setter.method())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("$L", Docs.input(field.schema(), field.sent()));
        if (!setter.varargs()) {
            return method.addParameter(setter.parameter(), field.name());
        }
        if (isGeneric(setter.parameter())) {
            method.addAnnotation(SafeVarargs.class)
                    .addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                            .addMember("value", "$S", "varargs") // the array goes into a list at once
                            .build())
                    .addModifiers(Modifier.FINAL);
        }
        return method.addParameter(ArrayTypeName.of(setter.parameter()), field.name())
                .varargs();
    }

    /** Whether an array of it is none that the machine can check. */
    private static boolean isGeneric(TypeName type) {
        return type instanceof ParameterizedTypeName parameterized
                && parameterized.typeArguments().stream()
                        .anyMatch(argument -> !(argument instanceof WildcardTypeName wildcard
                                && wildcard.upperBounds().equals(List.of(Names.OBJECT))));
    }
}
