package io.github.comfyeks.convert.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.MatchType;
import io.github.comfyeks.schema.NodeSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inputs that take whatever type their group takes ({@code COMFY_MATCHTYPE_V3}), also as repetitions. */
final class MatchGroups {
    private MatchGroups() {}

    /** The group that an input belongs to; null if to none. */
    static @Nullable String of(NodeSchema schema, String input) {
        int dot = input.indexOf('.');
        Optional<InputSchema> declared = schema.input(dot < 0 ? input : input.substring(0, dot));
        if (declared.isEmpty()) {
            return null;
        }
        Optional<MatchType> match = dot < 0
                ? declared.get().matchType()
                : declared.get().autogrow().flatMap(autogrow -> autogrow.input().matchType());
        return match.map(MatchType::templateId).orElse(null);
    }
}
