package io.github.comfyeks.schema;

import java.util.List;

/**
 * The template of an input whose type follows what is linked ({@code COMFY_MATCHTYPE_V3}): all inputs of a node with one
 * template take one type, and outputs that name it give that type. Immutable.
 *
 * @param templateId its name within the node
 * @param allowedTypes the types that it may be; {@code *} is any
 */
public record MatchType(String templateId, List<String> allowedTypes) {
    public MatchType {
        allowedTypes = List.copyOf(allowedTypes);
    }
}
