package io.github.comfyeks.ref;

import java.util.UUID;

/**
 * The id of one submitted prompt, as ComfyUI's {@code prompt_id}.
 *
 * <p>Ids that the SDK makes are lower-case hyphenated UUIDs, the only form that ComfyUI 0.33.0 takes; ids read from a
 * server may be any text, since older servers take anything. Immutable.
 *
 * @param value the id as the server writes it; never empty
 */
public record PromptId(String value) {
    public PromptId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a prompt id is not empty");
        }
    }

    /** A new random id in the form that every supported server takes. */
    public static PromptId random() {
        return new PromptId(UUID.randomUUID().toString());
    }

    /** The id with this text. */
    public static PromptId of(String value) {
        return new PromptId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
