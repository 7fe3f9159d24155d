package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks;
import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.edit.LocalFile;
import io.github.comfyeks.graph.Choice;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.internal.Nearest;
import io.github.comfyeks.schema.DynamicOption;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.InputSection;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.ProblemCode;
import io.github.comfyeks.validation.internal.LiveInputs;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what was marked as parameters, and applies values to them. */
public final class ParameterReader {
    private static final Pattern TITLE = Pattern.compile("\\$(\\S+)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final String CLASS = "Parameters";

    private ParameterReader() {}

    // ---- finding ----

    /** What the editor's file marks. */
    public static List<ParameterMark> marked(Marks marks) {
        List<ParameterMark> all = new ArrayList<>();
        for (Marks.Mark mark : marks.marks()) {
            Matcher title = TITLE.matcher(mark.name());
            boolean isMarked = title.matches();
            all.add(new ParameterMark(
                    isMarked ? title.group(1) : mark.name(), isMarked ? words(title) : "", mark.places(), Map.of()));
        }
        return all;
    }

    private static String words(Matcher title) {
        return title.group(2) == null ? "" : title.group(2).strip();
    }

    /** Every parameter of a workflow. */
    public static List<FoundParameter> read(Draft draft) {
        List<ParameterMark> marks = new ArrayList<>(draft.marks());
        draft.workflow().nodes().values().forEach(node -> titled(node, marks));
        Map<String, List<ParameterMark>> byName = new LinkedHashMap<>();
        marks.forEach(mark ->
                byName.computeIfAbsent(mark.name(), name -> new ArrayList<>()).add(mark));
        List<FoundParameter> found = new ArrayList<>();
        byName.forEach((name, alike) -> found(draft, alike).ifPresent(found::add));
        return found;
    }

    private static void titled(WorkflowNode node, List<ParameterMark> marks) {
        Matcher title = TITLE.matcher(node.title());
        if (!title.matches()) {
            return;
        }
        List<String> inputs = node.inputs().keySet().stream()
                .filter(name -> node.link(name).isEmpty())
                .toList();
        for (String input : inputs) {
            String name = title.group(1) + (inputs.size() == 1 ? "" : "." + input);
            marks.add(new ParameterMark(name, words(title), List.of(new Place(node.id(), input)), Map.of()));
        }
    }

    private static Optional<FoundParameter> found(Draft draft, List<ParameterMark> alike) {
        ParameterMark first = alike.get(0);
        List<ParameterMark> counted = first.narrowed().containsKey(ParameterFile.SET) ? List.of(first) : alike;
        List<Place> places = counted.stream()
                .flatMap(mark -> mark.places().stream())
                .distinct()
                .filter(place -> isValue(draft.workflow(), place))
                .toList();
        if (places.isEmpty()) {
            return Optional.empty();
        }
        Place place = places.get(0);
        WorkflowNode node = draft.workflow().node(place.nodeId());
        Object value = plain(node.inputs().get(place.input()));
        Optional<InputSchema> declared = declared(draft.classes(), node, place.input());
        String description = counted.stream()
                .map(ParameterMark::description)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .or(() -> declared.flatMap(InputSchema::tooltip))
                .orElse("");
        boolean isFile = declared.filter(ParameterReader::isUpload).isPresent();
        InputSchema schema = narrowed(first, declared, value, isFile);
        List<Object> choices =
                schema.choices().isEmpty() ? declared.map(InputSchema::choices).orElse(List.of()) : schema.choices();
        return Optional.of(new FoundParameter(
                first.name(),
                description,
                places,
                schema,
                value,
                isFile,
                choices,
                first.narrowed().containsKey(ParameterFile.CHOICES)));
    }

    private static boolean isValue(Workflow workflow, Place place) {
        return workflow.find(place.nodeId())
                .filter(node -> node.inputs().containsKey(place.input())
                        && node.link(place.input()).isEmpty())
                .isPresent();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.containsKey("__value__") ? map.get("__value__") : value;
    }

    private static Optional<InputSchema> declared(@Nullable ObjectInfo classes, WorkflowNode node, String input) {
        return classes == null
                ? Optional.empty()
                : classes.find(node.classType()).flatMap(schema -> LiveInputs.find(schema, node.inputs(), input));
    }

    private static boolean isUpload(InputSchema input) {
        return input.options().keySet().stream().anyMatch(option -> option.endsWith("_upload") && input.flag(option));
    }

    private static InputSchema narrowed(
            ParameterMark mark, Optional<InputSchema> declared, @Nullable Object value, boolean isFile) {
        Map<String, Object> options =
                new LinkedHashMap<>(declared.map(InputSchema::options).orElse(Map.of()));
        List<Object> choices = declared.map(ParameterReader::choices).orElse(List.of());
        String type = declared.map(InputSchema::type).orElse(type(value));
        if (declared.isPresent() && declared.get().isDynamicCombo()) {
            type = "COMBO";
        }
        if (isFile) {
            type = "STRING"; // the server's list is not all that there can be
        }
        options.putAll(mark.narrowed());
        options.remove(ParameterFile.SET);
        if (mark.narrowed().get(ParameterFile.CHOICES) instanceof List<?> own) {
            type = "COMBO";
            choices = List.copyOf(own);
        } else if (type.equals("COMBO") && choices.isEmpty()) {
            type = "STRING"; // the node alone knows
        }
        if (type.equals("COMBO")) {
            options.put("options", choices);
        }
        return InputSchema.of(mark.name(), InputSection.REQUIRED, List.of(type, options));
    }

    private static List<Object> choices(InputSchema input) {
        return input.isDynamicCombo()
                ? List.copyOf(
                        input.dynamicOptions().stream().map(DynamicOption::key).toList())
                : input.choices();
    }

    private static String type(@Nullable Object value) {
        return value instanceof Boolean
                ? "BOOLEAN"
                : value instanceof Number ? "FLOAT" : value instanceof String ? "STRING" : "*";
    }

    // ---- applying ----

    /**
     * The draft with these values, by the names of parameters.
     *
     * @throws io.github.comfyeks.error.WorkflowInvalidException with all problems
     */
    public static Draft apply(Draft draft, Map<String, ? extends @Nullable Object> values) {
        Map<String, FoundParameter> known = new LinkedHashMap<>();
        read(draft).forEach(parameter -> known.put(parameter.name(), parameter));
        Change change = new Change(draft);
        values.forEach((name, value) -> change.trying(() -> {
            FoundParameter parameter = known.get(name);
            if (parameter == null) {
                throw Change.refused("there is no parameter \"" + name + "\"" + Nearest.hint(name, known.keySet()));
            }
            check(parameter, value);
            parameter.places().forEach(place -> change.set(place, value));
        }));
        return change.done();
    }

    /** By the validator's rules, as if all parameters were a node. What comes from elsewhere is looked at where it goes. */
    private static void check(FoundParameter parameter, @Nullable Object value) {
        if (value instanceof Path || value instanceof LocalFile || value instanceof Output<?>) {
            return;
        }
        Object data = value instanceof Choice choice ? choice.value() : value;
        Object given = data instanceof List<?> list ? Map.of("__value__", list) : data;
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        inputs.put(parameter.name(), given);
        NodeSchema schema = NodeSchema.of(
                CLASS,
                Map.of("input", Map.of("required", Map.of(parameter.name(), raw(parameter))), "output_node", true));
        String prefix = "node " + CLASS + " (" + CLASS + ") ";
        List<String> problems = Checks.messages(
                ObjectInfo.of(List.of(schema)),
                Map.of(CLASS, Map.of("class_type", CLASS, "inputs", inputs)),
                problem -> parameter.ownChoices() || !problem.code().equals(ProblemCode.NOT_A_CHOICE));
        if (!problems.isEmpty()) {
            throw Change.refused(problems.get(0).replace(prefix, "parameter "));
        }
    }

    private static Object raw(FoundParameter parameter) {
        return Objects.requireNonNull(parameter.schema().raw());
    }
}
