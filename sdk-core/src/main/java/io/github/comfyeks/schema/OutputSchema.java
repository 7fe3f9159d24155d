package io.github.comfyeks.schema;

import java.util.List;
import java.util.Optional;

/**
 * One output of a node class. Immutable.
 *
 * @param index its slot, from 0, as links name it
 * @param name its name; the type's if the node gave none
 * @param type its type, such as {@code IMAGE}; {@code COMBO} if the node lists options instead
 * @param isList whether it gives a list of values of the type
 * @param matchTemplate the id of the match type template that its type follows, if it does
 * @param tooltip what it is, in words, if the node says
 * @param choices the options of a {@code COMBO}, as far as the node lists them; mostly empty
 */
public record OutputSchema(
        int index,
        String name,
        String type,
        boolean isList,
        Optional<String> matchTemplate,
        Optional<String> tooltip,
        List<Object> choices) {}
