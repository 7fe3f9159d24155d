package io.github.comfyeks.schema;

import java.util.List;

/**
 * One option of a dynamic combo ({@code COMFY_DYNAMICCOMBO_V3}) and the inputs that come with it. The key is sent as the
 * combo's value, each input under the combo's name, a dot and its own name. Immutable.
 *
 * @param key the value that chooses this option
 * @param inputs what it takes, in the server's order; may be dynamic again, may be empty
 */
public record DynamicOption(String key, List<InputSchema> inputs) {
    public DynamicOption {
        inputs = List.copyOf(inputs);
    }
}
