package io.github.comfyeks.model.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a model in a bucket and under ComfyUI's {@code models/} alike: a relative path with slashes, such as
 * {@code checkpoints/sd_xl_base_1.0.safetensors}. A bucket's names are not trusted: one that no folder can safely hold is no key.
 * Immutable; ordered by its text.
 *
 * @param value the path, byte for byte as the bucket has it, without the prefix under which the models lie
 */
public record ModelKey(String value) implements Comparable<ModelKey> {
    /** What lies under this name belongs to Comfyeks: in a bucket its manifest and locks, in a folder its state. */
    public static final String OWN_FOLDER = ".comfyeks";

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST = 1024;
    private static final Set<String> RESERVED = Set.of(
            "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1",
            "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

    /** @throws IllegalArgumentException if it is no key; says why */
    public ModelKey {
        Optional<String> problem = problem(value);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("\"" + value + "\" is no key of a model: " + problem.get());
        }
    }

    /** Why a text is no key; empty if it is one. */
    public static Optional<String> problem(String value) {
        if (value.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (value.startsWith("/")) {
            return Optional.of("it is absolute");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("it is longer than " + LONGEST + " bytes");
        }
        for (String name : value.split("/", -1)) {
            Optional<String> problem = nameProblem(name);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return value.startsWith(OWN_FOLDER + "/") || value.equals(OWN_FOLDER)
                ? Optional.of(OWN_FOLDER + " is not for models")
                : Optional.empty();
    }

    private static Optional<String> nameProblem(String name) {
        if (name.isEmpty()) {
            return Optional.of("a part of the path is empty");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("it leads elsewhere with \"" + name + "\"");
        }
        if (name.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || c == '\\' || Character.getType(c) == Character.SURROGATE)) {
            return Optional.of("it has a control character, a backslash or broken text");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            return Optional.of("a part of the path is longer than " + LONGEST_NAME + " bytes");
        }
        int dot = name.indexOf('.');
        return RESERVED.contains(
                        (dot < 0 ? name : name.substring(0, dot)).strip().toUpperCase(Locale.ROOT))
                ? Optional.of("\"" + name + "\" is a reserved name")
                : Optional.empty();
    }

    /** ComfyUI's model folder, such as {@code checkpoints}; empty if the key has none. */
    public String folder() {
        int slash = value.indexOf('/');
        return slash < 0 ? "" : value.substring(0, slash);
    }

    /** The path within the folder, as a ComfyUI server lists it. */
    public String name() {
        return value.substring(value.indexOf('/') + 1);
    }

    /** The parts of the path. */
    public List<String> parts() {
        return List.of(value.split("/", -1));
    }

    @Override
    public int compareTo(ModelKey other) {
        return value.compareTo(other.value);
    }

    /** The path. */
    @Override
    public String toString() {
        return value;
    }
}
