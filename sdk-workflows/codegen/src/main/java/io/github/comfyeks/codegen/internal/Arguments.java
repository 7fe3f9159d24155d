package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a workflow has at an input, as an argument for a parameter of a certain type. */
final class Arguments {
    private static final long EXACT = 1L << 53;

    /**
     * An output that is linked.
     *
     * @param code the expression
     * @param type what its {@code Output} carries
     */
    record Source(CodeBlock code, TypeName type) {
        Source as(TypeName other) {
            return isAny(other) || isAbove(other, type)
                    ? this
                    : new Source(CodeBlock.of("$L.as($T.class)", code, other), other);
        }
    }

    private final Plan plan;
    /** What the type parameters of the node are, by their names. */
    private final Map<String, TypeName> variables;

    Arguments(Plan plan, Map<String, TypeName> variables) {
        this.plan = plan;
        this.variables = variables;
    }

    private static boolean isAny(TypeName type) {
        return type.equals(Names.ANY);
    }

    /** Whether a link goes in here without being told its type. */
    boolean fits(Source source, TypeName parameter) {
        return parameter instanceof ParameterizedTypeName linked
                && linked.rawType().equals(Names.OUTPUT)
                && source.as(bound(linked)).equals(source);
    }

    /** @param value plain data or a {@link Source}; empty if a parameter of this type does not take it */
    Optional<CodeBlock> of(@Nullable Object value, TypeName parameter) {
        if (parameter instanceof ParameterizedTypeName generic) {
            return generic(value, generic);
        }
        if (value instanceof Source source) {
            return parameter.equals(Names.OBJECT) ? Optional.of(source.code()) : Optional.empty();
        }
        if (parameter.equals(Names.OBJECT)) {
            return value == null ? Optional.empty() : Optional.of(Literals.data(value));
        }
        if (value instanceof String text) {
            return ofText(text, parameter);
        }
        TypeName plain = parameter.isBoxedPrimitive() ? parameter.unbox() : parameter;
        if (value instanceof Boolean flag && plain.equals(TypeName.BOOLEAN)) {
            return Optional.of(CodeBlock.of("$L", flag));
        }
        if (value instanceof BigInteger && plain.equals(Names.BIG_INTEGER)) {
            return Optional.of(Literals.data(value));
        }
        return value instanceof Number number
                ? ofNumber(number, plain, parameter.isBoxedPrimitive())
                : Optional.empty();
    }

    private Optional<CodeBlock> ofText(String text, TypeName parameter) {
        if (parameter.equals(Names.STRING)) {
            return Optional.of(Literals.text(text));
        }
        if (!plan.isChoice(parameter)) {
            return Optional.empty();
        }
        return Optional.of(plan.constant(parameter, text)
                .map(constant -> CodeBlock.of("$T.$N", parameter, constant))
                .orElseGet(() -> CodeBlock.of("$T.of($L)", parameter, Literals.text(text))));
    }

    /** The same number: 7 and 7.0 are one. */
    private static Optional<CodeBlock> ofNumber(Number number, TypeName plain, boolean isBoxed) {
        if (plain.equals(TypeName.LONG)) {
            boolean isWhole = number instanceof Long
                    || (number instanceof Double real && real == Math.rint(real) && Math.abs(real) <= EXACT);
            return isWhole
                    ? Optional.of(
                            isBoxed ? CodeBlock.of("$LL", number.longValue()) : Literals.whole(number.longValue()))
                    : Optional.empty();
        }
        if (!plain.equals(TypeName.DOUBLE)) {
            return Optional.empty();
        }
        if (number instanceof Long whole) {
            if (Math.abs(whole) > EXACT) {
                return Optional.empty();
            }
            return Optional.of(whole == whole.intValue() && !isBoxed ? Literals.whole(whole) : Literals.real(whole));
        }
        return number instanceof Double real ? Optional.of(Literals.real(real)) : Optional.empty();
    }

    private Optional<CodeBlock> generic(@Nullable Object value, ParameterizedTypeName parameter) {
        ClassName raw = parameter.rawType();
        if (raw.equals(Names.OUTPUT) || raw.equals(Names.INPUT)) {
            if (value instanceof Source source) {
                return Optional.of(source.as(bound(parameter)).code());
            }
            return raw.equals(Names.INPUT) ? literal(value, bound(parameter)) : Optional.empty();
        }
        List<?> list = Literals.wrapped(value);
        if (raw.equals(Names.LIST) && list != null) {
            return ofList(list, parameter.typeArguments().get(0));
        }
        return raw.equals(Names.MAP) && list == null && value instanceof Map
                ? Optional.of(Literals.data(value))
                : Optional.empty();
    }

    private Optional<CodeBlock> ofList(List<?> list, TypeName element) {
        List<CodeBlock> elements = new ArrayList<>();
        for (Object each : list) {
            Optional<CodeBlock> one = of(each, isAny(element) ? Names.OBJECT : element);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            elements.add(one.get());
        }
        return Optional.of(CodeBlock.of("$T.of($L)", Names.LIST, CodeBlock.join(elements, ", ")));
    }

    /** An element of a list that takes links too. */
    private static Optional<CodeBlock> literal(@Nullable Object value, TypeName bound) {
        boolean asReal = bound instanceof ClassName name && name.simpleName().equals("FloatValue");
        Object typed = asReal && value instanceof Long whole && Math.abs(whole) <= EXACT
                ? (Object) whole.doubleValue()
                : value;
        String marker = typed instanceof Long || typed instanceof BigInteger
                ? "IntValue"
                : typed instanceof Double
                        ? "FloatValue"
                        : typed instanceof String ? "StringValue" : typed instanceof Boolean ? "BooleanValue" : "";
        return marker.isEmpty() || !(isAny(bound) || isAbove(bound, ClassName.get(Names.STANDARD_TYPES, marker)))
                ? Optional.empty()
                : Optional.of(CodeBlock.of("$T.of($L)", Names.VALUE, Literals.data(typed)));
    }

    /** Whether one is the other, or a standard marker that stands for it. */
    static boolean isAbove(TypeName upper, TypeName lower) {
        if (upper.equals(lower)) {
            return true;
        }
        if (!(upper instanceof ClassName above) || !(lower instanceof ClassName below)) {
            return false;
        }
        try {
            return Class.forName(above.reflectionName()).isAssignableFrom(Class.forName(below.reflectionName()));
        } catch (ClassNotFoundException e) {
            return false; // a marker of the pack
        }
    }

    /** The {@code X} of {@code <? extends X>}. */
    private TypeName bound(ParameterizedTypeName parameter) {
        TypeName argument = parameter.typeArguments().get(0);
        TypeName bound = argument instanceof WildcardTypeName wildcard && !isAny(argument)
                ? wildcard.upperBounds().get(0)
                : argument;
        return bound instanceof TypeVariableName variable
                ? Objects.requireNonNull(variables.get(variable.name()))
                : bound;
    }
}
