package io.github.comfyeks.nodes;

import io.github.comfyeks.graph.Choice;
import io.github.comfyeks.graph.CustomNode;
import io.github.comfyeks.graph.Input;
import io.github.comfyeks.graph.Option;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.graph.TypedNode;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Makes nodes of generated classes by going their steps, with any value that a method takes. Each variant goes another way where
 * there are several.
 */
final class Specimens {
    private final int variant;

    Specimens(int variant) {
        this.variant = variant;
    }

    /** A node with nothing but what it must be given. */
    TypedNode<?> least(Class<?> type) {
        Object at = call(pick(type, Modifier::isStatic), null);
        return (TypedNode<?>) walked(at, TypedNode.class);
    }

    /** The node with every option set that has a method. */
    TypedNode<?> most(TypedNode<?> least) {
        TypedNode<?> node = least;
        for (Method method : methods(least.getClass(), modifiers -> !Modifier.isStatic(modifiers))) {
            if (method.getParameterCount() == 1 && method.getReturnType().equals(least.getClass())) {
                node = (TypedNode<?>) call(method, node);
            }
        }
        return node;
    }

    private Object walked(Object start, Class<?> goal) {
        Object at = start;
        while (!goal.isInstance(at)) {
            at = call(pick(at.getClass(), modifiers -> !Modifier.isStatic(modifiers)), at);
        }
        return at;
    }

    private Method pick(Class<?> type, Predicate<Integer> modifiers) {
        List<Method> methods = methods(type, modifiers);
        return methods.get(variant % methods.size());
    }

    private static List<Method> methods(Class<?> type, Predicate<Integer> modifiers) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> modifiers.test(method.getModifiers()))
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }

    private Object call(Method method, @org.jspecify.annotations.Nullable Object on) {
        for (int length = 1; ; length++) {
            int count = length;
            Object[] arguments = Arrays.stream(method.getGenericParameterTypes())
                    .map(type -> value(type, count))
                    .toArray();
            try {
                return Objects.requireNonNull(method.invoke(on, arguments));
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof IllegalArgumentException) || length > 5) {
                    throw new AssertionError(method.toGenericString(), e);
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    private Object value(Type type, int length) {
        Class<?> raw = raw(type);
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), length);
            Type component = type instanceof GenericArrayType generic
                    ? generic.getGenericComponentType()
                    : raw.getComponentType();
            for (int i = 0; i < length; i++) {
                Array.set(array, i, value(component, length));
            }
            return array;
        }
        if (raw == List.class) {
            return Collections.nCopies(length, value(((ParameterizedType) type).getActualTypeArguments()[0], length));
        }
        if (raw == Output.class || raw == Input.class) {
            return CustomNode.of("Any").output(0);
        }
        if (Option.class.isAssignableFrom(raw)) {
            return raw == Option.class ? Option.of("x") : option(raw);
        }
        if (Choice.class.isAssignableFrom(raw)) {
            return constant(raw);
        }
        Map<Class<?>, Object> plain = Map.of(
                long.class,
                7L,
                Long.class,
                7L,
                double.class,
                0.5,
                boolean.class,
                true,
                String.class,
                "text",
                Object.class,
                "anything",
                BigInteger.class,
                BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
                Map.class,
                Map.of("x", 1));
        return Objects.requireNonNull(plain.get(raw), () -> "no specimen of " + type);
    }

    private Object option(Class<?> combo) {
        List<Method> factories = methods(combo, Modifier::isStatic).stream()
                .filter(method -> method.getParameterCount() == 0)
                .toList();
        return walked(call(factories.get(variant % factories.size()), null), Option.class);
    }

    private static Object constant(Class<?> choice) {
        try {
            return Objects.requireNonNull(choice.getFields()[0].get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        return raw(((TypeVariable<?>) type).getBounds()[0]);
    }
}
