package io.github.comfyeks.graph;

import io.github.comfyeks.graph.type.BooleanValue;
import io.github.comfyeks.graph.type.FloatValue;
import io.github.comfyeks.graph.type.IntValue;
import io.github.comfyeks.graph.type.StringValue;
import java.math.BigInteger;

/**
 * A literal, as one element of a list of inputs. Immutable.
 *
 * @param data plain JSON data
 * @param <T> the type
 */
public record Value<T>(Object data) implements Input<T> {
    public static Value<IntValue> of(long number) {
        return new Value<>(number);
    }

    /** For seeds beyond a long. */
    public static Value<IntValue> of(BigInteger number) {
        return new Value<>(number);
    }

    public static Value<FloatValue> of(double number) {
        return new Value<>(number);
    }

    public static Value<StringValue> of(String text) {
        return new Value<>(text);
    }

    public static Value<BooleanValue> of(boolean flag) {
        return new Value<>(flag);
    }
}
