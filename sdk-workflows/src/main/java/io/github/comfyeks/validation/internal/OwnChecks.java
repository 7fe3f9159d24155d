package io.github.comfyeks.validation.internal;

import io.github.comfyeks.schema.NodeSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ComfyUI's own classes that check an input by code of their own instead of by the schema, which {@code /object_info} does not
 * tell. Found by asking a server about every input of every class.
 */
final class OwnChecks {
    /** How a class checks. */
    enum Kind {
        /** Looks for a file: text that is no file is refused, all else makes the check fail. */
        FILE,
        /** Takes part in text; all else makes the check fail. */
        TEXT,
        /** Takes whatever is there, but something must be. */
        ANYTHING,
        /** Takes whatever is there, or nothing. */
        OPTIONAL
    }

    /**
     * One check.
     *
     * @param input the input that the node checks itself
     */
    record OwnCheck(String input, Kind kind) {}

    private static final Map<String, OwnCheck> CHECKS = Map.ofEntries(
            Map.entry("LoadImage", new OwnCheck("image", Kind.FILE)),
            Map.entry("LoadImageMask", new OwnCheck("image", Kind.FILE)),
            Map.entry("LoadImageOutput", new OwnCheck("image", Kind.FILE)),
            Map.entry("WebcamCapture", new OwnCheck("image", Kind.FILE)),
            Map.entry("LoadLatent", new OwnCheck("latent", Kind.FILE)),
            Map.entry("LoadAudio", new OwnCheck("audio", Kind.FILE)),
            Map.entry("LoadVideo", new OwnCheck("file", Kind.FILE)),
            Map.entry("Load3D", new OwnCheck("model_file", Kind.FILE)),
            Map.entry("Load3DAdvanced", new OwnCheck("model_file", Kind.FILE)),
            Map.entry("FluxProUltraImageNode", new OwnCheck("aspect_ratio", Kind.TEXT)),
            Map.entry("ModelAttentionBackend", new OwnCheck("attention", Kind.ANYTHING)),
            Map.entry("CustomCombo", new OwnCheck("choice", Kind.ANYTHING)),
            Map.entry("SelectModelDevice", new OwnCheck("device", Kind.OPTIONAL)),
            Map.entry("SelectCLIPDevice", new OwnCheck("device", Kind.OPTIONAL)),
            Map.entry("SelectVAEDevice", new OwnCheck("device", Kind.OPTIONAL)));

    /** Checks the types of what is linked to it by itself. */
    private static final String OWN_LINKS = "TripoConversionNode";

    private OwnChecks() {}

    static @Nullable OwnCheck of(NodeSchema schema) {
        return CHECKS.get(schema.classType());
    }

    static boolean checksLinks(NodeSchema schema) {
        return schema.classType().equals(OWN_LINKS);
    }

    /** Whether only the schema decides: a class that came with a custom node may bring a check of which we know nothing. */
    static boolean isKnown(NodeSchema schema) {
        return !schema.pythonModule().startsWith("custom_nodes");
    }

    /** Choices that an old server does not check, for they are a tuple there and no list; the schema shows both alike. */
    static boolean wasUnchecked(NodeSchema schema, String input) {
        return schema.classType().equals("LoraSave") && input.equals("lora_type");
    }

    /** Why its own check fails for certain; empty if that cannot be said. */
    static Optional<String> failure(OwnCheck own, Map<String, @Nullable Object> inputs) {
        if (own.kind() == Kind.OPTIONAL) {
            return Optional.empty();
        }
        if (!inputs.containsKey(own.input())) {
            return Optional.of("is missing, and the node's own check needs it");
        }
        if (own.kind() == Kind.ANYTHING) {
            return Optional.empty();
        }
        Object value = inputs.get(own.input());
        if (value instanceof List<?>) {
            return Optional.of("is linked, but the node's own check needs text");
        }
        Object bare = value instanceof Map<?, ?> map && map.containsKey("__value__") ? map.get("__value__") : value;
        return bare instanceof String
                ? Optional.empty()
                : Optional.of("must be text for the node's own check, not " + Words.show(bare));
    }
}
