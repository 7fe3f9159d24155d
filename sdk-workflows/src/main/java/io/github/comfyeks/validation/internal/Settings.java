package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.ObjectInfo;
import java.util.List;

/**
 * What the caller chose.
 *
 * @param behaviour of which versions the server is
 * @param others what other servers know
 * @param batch whether the workflow is one of many runs, which want seeds of their own
 */
public record Settings(Behaviour behaviour, List<ObjectInfo> others, boolean batch) {
    public Settings {
        others = List.copyOf(others);
    }
}
