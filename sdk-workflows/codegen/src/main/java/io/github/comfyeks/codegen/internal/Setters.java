package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import io.github.comfyeks.codegen.internal.Field.Setter;
import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.InputSchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Which methods give an input its value: one for each kind of value that it takes, and one for each kind of link. */
final class Setters {
    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final TypeTable types;
    private final ChoiceTable choices;
    /** The type parameters of the node by match type template. */
    private final Map<String, TypeVariableName> templates;

    Setters(TypeTable types, ChoiceTable choices, Map<String, TypeVariableName> templates) {
        this.types = types;
        this.choices = choices;
        this.templates = templates;
    }

    /**
     * @param name the method's name
     * @param parameter the parameter's
     * @param combo the class of a dynamic combo's options
     * @param others takes further names, for links that one method cannot stand for
     */
    List<Setter> of(InputSchema input, String name, String parameter, ClassName combo, UnaryOperator<String> others) {
        CodeBlock given = CodeBlock.of("$N", parameter);
        List<Setter> setters = new ArrayList<>();
        if (input.isDynamicCombo()) {
            setters.add(new Setter(name, combo, false, given));
        } else if (input.isAutogrow()) {
            input.autogrow()
                    .ifPresentOrElse(
                            grow -> setters.addAll(grown(grow, name, parameter, combo)),
                            () -> setters.add(new Setter(name, Names.GROWN, false, given)));
        } else if (input.matchType().isPresent()) {
            setters.add(new Setter(name, Names.link(matched(input)), false, given));
        } else if (isUnknown(input)) {
            setters.add(new Setter(name, Names.OBJECT, false, given));
        } else {
            List<TypeName> values = values(input);
            values.forEach(type -> setters.add(new Setter(name, type, false, given)));
            if (!values.contains(Names.OBJECT) && (input.forceInput() || !input.socketless())) {
                setters.addAll(links(input, name, given, others));
            }
        }
        return setters;
    }

    /** A type that this generator does not know takes anything. */
    private static boolean isUnknown(InputSchema input) {
        return input.type().startsWith("COMFY_") || input.unionTypes().isEmpty();
    }

    private TypeName matched(InputSchema input) {
        var match = input.matchType().orElseThrow();
        TypeVariableName variable = templates.get(match.templateId());
        if (variable != null) {
            return variable;
        }
        List<ClassName> bounds = match.allowedTypes().contains("*") ? List.of() : types.bounds(match.allowedTypes());
        return bounds.size() == 1 ? bounds.get(0) : Names.ANY;
    }

    private List<Setter> links(InputSchema input, String name, CodeBlock given, UnaryOperator<String> others) {
        if (input.isAny()) {
            return List.of(new Setter(name, Names.link(Names.ANY), false, given));
        }
        List<Setter> links = new ArrayList<>();
        for (ClassName bound : types.bounds(input.unionTypes())) {
            String method = links.isEmpty()
                    ? name
                    : others.apply(name + bound.simpleName().replaceFirst("Value$", ""));
            links.add(new Setter(method, Names.link(bound), false, given));
        }
        return links;
    }

    /** The types of values that it takes; none if it takes links only. */
    private List<TypeName> values(InputSchema input) {
        boolean linkOnly = input.forceInput() && !input.socketless();
        if (input.isCombo()) {
            return linkOnly ? List.of() : List.of(chosen(input));
        }
        List<TypeName> values = new ArrayList<>();
        for (String type : input.unionTypes()) {
            switch (type) {
                case "INT" -> values.add(TypeName.LONG);
                case "FLOAT" -> values.add(TypeName.DOUBLE);
                case "STRING" -> values.add(Names.STRING);
                case "BOOLEAN" -> values.add(TypeName.BOOLEAN);
                default -> {}
            }
            if (type.equals("INT") && input.max().filter(Setters::isBig).isPresent()) {
                values.add(Names.BIG_INTEGER);
            }
        }
        boolean isGiven = input.isAny() || input.unionTypes().stream().anyMatch(types::isGiven);
        if (linkOnly && isGiven) {
            return List.of();
        }
        if (values.isEmpty() && (input.defaultValue().isPresent() || input.socketless() || !isGiven)) {
            values.add(input.defaultValue().map(Setters::typeOf).orElse(Names.OBJECT));
        }
        return values;
    }

    private static boolean isBig(Number max) {
        return max instanceof BigInteger big
                ? big.compareTo(LONGEST) > 0
                : max instanceof Double && max.doubleValue() > Long.MAX_VALUE;
    }

    private static TypeName typeOf(Object value) {
        if (value instanceof String) {
            return Names.STRING;
        }
        if (value instanceof Boolean) {
            return TypeName.BOOLEAN;
        }
        if (value instanceof List<?>) {
            return ParameterizedTypeName.get(Names.LIST, Names.ANY);
        }
        if (value instanceof Map<?, ?>) {
            return ParameterizedTypeName.get(Names.MAP, Names.STRING, Names.ANY);
        }
        return Names.OBJECT;
    }

    private TypeName chosen(InputSchema input) {
        TypeName one = choices.find(input).<TypeName>map(name -> name).orElseGet(() -> element(input.choices()));
        return input.multiselect() ? ParameterizedTypeName.get(Names.LIST, one.box()) : one;
    }

    private static TypeName element(List<Object> choices) {
        if (choices.stream().allMatch(String.class::isInstance)) {
            return Names.STRING;
        }
        if (choices.stream().allMatch(choice -> choice instanceof Integer || choice instanceof Long)) {
            return TypeName.LONG;
        }
        if (choices.stream().allMatch(Number.class::isInstance)) {
            return TypeName.DOUBLE;
        }
        return choices.stream().allMatch(Boolean.class::isInstance) ? TypeName.BOOLEAN : Names.OBJECT;
    }

    /** Any number of them, as they are or as a list. */
    private List<Setter> grown(Autogrow grow, String name, String parameter, ClassName combo) {
        TypeName each = repeated(grow.input(), combo);
        TypeName list = ParameterizedTypeName.get(
                Names.LIST, each.equals(Names.OBJECT) ? Names.ANY : WildcardTypeName.subtypeOf(each));
        return List.of(
                new Setter(name, each, true, slots(grow, CodeBlock.of("$T.of($N)", Names.LIST, parameter))),
                new Setter(name, list, false, slots(grow, CodeBlock.of("$N", parameter))));
    }

    private TypeName repeated(InputSchema input, ClassName combo) {
        if (input.isDynamicCombo()) {
            return combo;
        }
        if (input.matchType().isPresent()) {
            return Names.link(matched(input));
        }
        if (isUnknown(input) || input.isAutogrow()) {
            return Names.OBJECT;
        }
        if (input.isAny()) {
            return Names.input(Names.ANY);
        }
        List<TypeName> values = values(input);
        if (input.isCombo() && !values.isEmpty()) {
            return values.get(0).box();
        }
        if (values.contains(Names.OBJECT)) {
            return Names.OBJECT;
        }
        List<ClassName> bounds = types.bounds(input.unionTypes());
        TypeName bound = bounds.size() == 1 ? bounds.get(0) : Names.ANY;
        return values.isEmpty() ? Names.link(bound) : Names.input(bound);
    }

    private static CodeBlock slots(Autogrow grow, CodeBlock list) {
        List<String> names = grow.names();
        int min = grow.input().isRequired() ? grow.min() : 0;
        if (names.isEmpty()) {
            CodeBlock max = grow.max().isPresent()
                    ? CodeBlock.of("$L", grow.max().getAsInt())
                    : CodeBlock.of("$T.MAX_VALUE", Integer.class);
            return CodeBlock.of("$T.numbered($S, 0, $L, $L, $L)", Names.GROWN, grow.prefix(), min, max, list);
        }
        String first = names.get(0);
        String prefix = first.replaceFirst("\\d{1,9}$", "");
        if (prefix.length() < first.length()) {
            int start = Integer.parseInt(first.substring(prefix.length()));
            boolean counted = true;
            for (int i = 0; i < names.size(); i++) {
                counted &= Objects.equals(names.get(i), prefix + (start + i));
            }
            if (counted) {
                return CodeBlock.of(
                        "$T.numbered($S, $L, $L, $L, $L)", Names.GROWN, prefix, start, min, names.size(), list);
            }
        }
        CodeBlock all = names.stream().map(each -> CodeBlock.of("$S", each)).collect(CodeBlock.joining(", "));
        return CodeBlock.of("$T.named($T.of($L), $L, $L)", Names.GROWN, Names.LIST, all, min, list);
    }
}
