package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.internal.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A side file that names parameters: {@code NAME.params.yaml}. */
public final class ParameterFile {
    /** The key of addresses. */
    static final String SET = "set";

    /** The key of what it may be. */
    static final String CHOICES = "choices";

    private static final String DESCRIPTION = "description";
    private static final List<String> NUMBERS = List.of("min", "max", "step");
    private static final List<String> KEYS = List.of(SET, DESCRIPTION, CHOICES, "min", "max", "step");
    private static final int LARGEST = 1 << 20;

    private final Addresses addresses;
    private final List<String> problems = new ArrayList<>();

    private ParameterFile(Draft draft) {
        this.addresses = new Addresses(draft);
    }

    /** Where it would lie for a workflow. */
    public static Path beside(Path workflow) {
        String name = String.valueOf(workflow.getFileName());
        int dot = name.lastIndexOf('.');
        return workflow.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".params.yaml");
    }

    /**
     * The draft with the file's parameters before all others.
     *
     * @throws WorkflowInvalidException with all problems of the file
     */
    public static Draft read(Path file, Draft draft) {
        ParameterFile reading = new ParameterFile(draft);
        List<ParameterMark> marks = new ArrayList<>();
        Object data = data(file);
        if (data instanceof Map<?, ?> map) {
            map.forEach((name, entry) -> marks.add(reading.mark(String.valueOf(name), entry)));
        } else if (data != null) {
            reading.problems.add("it is no mapping of names to addresses");
        }
        if (!reading.problems.isEmpty()) {
            throw new WorkflowInvalidException(file.toString(), reading.problems, null);
        }
        marks.addAll(draft.marks());
        return draft.withMarks(marks);
    }

    private static @Nullable Object data(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit(LARGEST)
                .setMaxAliasesForCollections(20)
                .build();
        try {
            return new Load(settings).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e, e);
        } catch (YamlEngineException e) {
            throw new WorkflowInvalidException(file.toString(), List.of("it is no YAML: " + e.getMessage()), e);
        }
    }

    private ParameterMark mark(String name, @Nullable Object entry) {
        Map<String, Object> narrowed = new LinkedHashMap<>();
        Map<?, ?> keys = entry instanceof Map<?, ?> map ? map : Map.of();
        keys.forEach((key, value) -> narrow(name, String.valueOf(key), value, narrowed));
        List<Place> places = places(name, entry instanceof Map<?, ?> ? keys.get(SET) : entry);
        narrowed.put(SET, places);
        return new ParameterMark(name, keys.get(DESCRIPTION) instanceof String words ? words : "", places, narrowed);
    }

    private void narrow(String name, String key, @Nullable Object value, Map<String, Object> into) {
        if (!KEYS.contains(key)) {
            problems.add(name + " has an unknown key \"" + key + "\"" + Nearest.hint(key, KEYS));
        } else if (NUMBERS.contains(key)) {
            if (value instanceof Number) {
                into.put(key, value);
            } else {
                problems.add(name + ": " + key + " is no number but " + value);
            }
        } else if (key.equals(CHOICES)) {
            if (value instanceof List<?> list && !list.isEmpty() && !list.contains(null)) {
                into.put(key, list);
            } else {
                problems.add(name + ": choices is no list of values but " + value);
            }
        }
    }

    private List<Place> places(String name, @Nullable Object set) {
        List<?> given = set instanceof List<?> list ? list : set == null ? List.of() : List.of(set);
        if (given.isEmpty()) {
            problems.add(name + " sets nothing; write set: NODE.INPUT");
        }
        List<Place> places = new ArrayList<>();
        for (Object address : given) {
            try {
                places.add(addresses.place(String.valueOf(address)));
            } catch (WorkflowInvalidException e) {
                e.problems().forEach(problem -> problems.add(name + ": " + problem));
            }
        }
        return places;
    }
}
