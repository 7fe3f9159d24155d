package io.github.comfyeks.schema;

import io.github.comfyeks.internal.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One input of a node class, or of a dynamic input within it: {@code name: [type, {options}]} in {@code /object_info}.
 *
 * <p>Values are plain JSON data (null, Boolean, Number, String, List or Map); whole numbers are Integer, Long or BigInteger,
 * whatever holds them. Whatever has no accessor here is in {@link #options()}. Immutable and safe for any number of threads.
 */
public final class InputSchema {
    private static final String COMBO = "COMBO";

    private final String name;
    private final InputSection section;
    private final @Nullable Object raw;
    private final String type;
    private final boolean listStyle;
    private final Map<String, Object> options;
    private final List<Object> choices;
    private final List<DynamicOption> dynamicOptions;
    private final @Nullable Autogrow autogrow;
    private final @Nullable MatchType matchType;

    private InputSchema(String name, InputSection section, @Nullable Object raw) {
        this.name = name;
        this.section = section;
        this.raw = raw;
        List<Object> spec = Plain.list(raw);
        Object declared = raw instanceof List<?> ? (spec.isEmpty() ? null : spec.get(0)) : raw;
        this.listStyle = declared instanceof List<?>;
        this.type = listStyle ? COMBO : declared instanceof String text ? text : "";
        this.options = spec.size() > 1 ? Plain.map(spec.get(1)) : Map.of();
        this.choices =
                listStyle ? Plain.list(declared) : type.equals(COMBO) ? Plain.list(options.get("options")) : List.of();
        Map<String, Object> template = Plain.map(options.get("template"));
        this.dynamicOptions = isDynamicCombo() ? dynamic(Plain.list(options.get("options"))) : List.of();
        this.autogrow = isAutogrow() ? grow(template) : null;
        this.matchType = type.equals("COMFY_MATCHTYPE_V3")
                ? new MatchType(
                        Plain.text(template.get("template_id")), split(Plain.text(template.get("allowed_types"))))
                : null;
    }

    /**
     * Reads one input.
     *
     * @param raw {@code [type, {options}]} or, in hidden inputs, a plain type, as plain data; of anything else the type is empty
     */
    public static InputSchema of(String name, InputSection section, @Nullable Object raw) {
        return new InputSchema(name, section, raw);
    }

    /** Reads all sections of an {@code input} or {@code inputs} object: required, optional, hidden, then any others. */
    static List<InputSchema> all(@Nullable Object raw) {
        Map<String, Object> sections = Plain.map(raw);
        List<InputSchema> inputs = new ArrayList<>();
        for (InputSection section : List.of(InputSection.REQUIRED, InputSection.OPTIONAL, InputSection.HIDDEN)) {
            addSection(inputs, section, sections.get(section.value()));
        }
        sections.forEach((section, specs) -> {
            if (!section.equals("required") && !section.equals("optional") && !section.equals("hidden")) {
                addSection(inputs, new InputSection(section), specs);
            }
        });
        return List.copyOf(inputs);
    }

    private static void addSection(List<InputSchema> inputs, InputSection section, @Nullable Object specs) {
        Plain.map(specs).forEach((name, spec) -> inputs.add(of(name, section, spec)));
    }

    private static List<DynamicOption> dynamic(List<Object> options) {
        List<DynamicOption> read = new ArrayList<>();
        for (Object option : options) {
            Map<String, Object> map = Plain.map(option);
            if (map.containsKey("key")) {
                read.add(new DynamicOption(Plain.text(map.get("key")), all(map.get("inputs"))));
            }
        }
        return List.copyOf(read);
    }

    private static @Nullable Autogrow grow(Map<String, Object> template) {
        List<InputSchema> inputs = all(template.get("input"));
        if (inputs.isEmpty()) {
            return null;
        }
        List<String> names =
                Plain.list(template.get("names")).stream().map(Plain::text).toList();
        OptionalInt max = template.get("max") instanceof Number number
                ? OptionalInt.of(number.intValue())
                : names.isEmpty() ? OptionalInt.empty() : OptionalInt.of(names.size());
        return new Autogrow(
                inputs.get(0),
                Plain.text(template.get("prefix")),
                names,
                template.get("min") instanceof Number number ? number.intValue() : 0,
                max);
    }

    /** As it is sent; within a dynamic input, the part after the last dot. */
    public String name() {
        return name;
    }

    public InputSection section() {
        return section;
    }

    public boolean isRequired() {
        return section.equals(InputSection.REQUIRED);
    }

    /** ComfyUI's type, such as {@code INT}, {@code IMAGE} or {@code A,B}; {@code COMBO} for combos of both styles. */
    public String type() {
        return type;
    }

    /** The types that it takes: those between the commas of the type, mostly one. */
    public List<String> unionTypes() {
        return split(type);
    }

    /** Whether it takes any type: {@code *}. */
    public boolean isAny() {
        return unionTypes().contains("*");
    }

    /** Whether it takes one of {@link #choices()}, or several if {@link #multiselect()}. */
    public boolean isCombo() {
        return type.equals(COMBO);
    }

    /** Whether the combo is written in the old style, with the list of its choices in the type's place. */
    public boolean isListStyle() {
        return listStyle;
    }

    /** What a combo takes, mostly text; empty for other types, and if the server knows none (now). */
    public List<Object> choices() {
        return choices;
    }

    /** The choices most like this one, the most alike first; empty if none is alike. For messages. */
    public List<String> nearestChoices(String value, int count) {
        return Nearest.to(value, choices.stream().map(String::valueOf).toList(), count);
    }

    /** Whether the value chooses further inputs: see {@link #dynamicOptions()}. */
    public boolean isDynamicCombo() {
        return type.equals("COMFY_DYNAMICCOMBO_V3");
    }

    /** The options of a dynamic combo; empty for other types. */
    public List<DynamicOption> dynamicOptions() {
        return dynamicOptions;
    }

    /** Whether it stands for any number of inputs: see {@link #autogrow()}. */
    public boolean isAutogrow() {
        return type.equals("COMFY_AUTOGROW_V3");
    }

    /** The template of an input that repeats; empty for other types. */
    public Optional<Autogrow> autogrow() {
        return Optional.ofNullable(autogrow);
    }

    /** The template of an input whose type follows what is linked; empty for other types. */
    public Optional<MatchType> matchType() {
        return Optional.ofNullable(matchType);
    }

    /** Everything that the node says of the input beside its type. */
    public Map<String, Object> options() {
        return options;
    }

    /** The option under this name; empty if it is missing or null. */
    public Optional<Object> option(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** Whether this option is {@code true}. */
    public boolean flag(String option) {
        return Boolean.TRUE.equals(options.get(option));
    }

    /** Whether a default is given, {@code null} included. The server never fills it in for a required input. */
    public boolean hasDefault() {
        return options.containsKey("default");
    }

    /** The default; empty if there is none or it is {@code null}. Not always of the type, nor among the choices. */
    public Optional<Object> defaultValue() {
        return option("default");
    }

    /** The smallest value, inclusive. */
    public Optional<Number> min() {
        return number("min");
    }

    /** The largest value, inclusive: of seeds beyond a long. */
    public Optional<Number> max() {
        return number("max");
    }

    /** The step of a slider; the server does not check it. */
    public Optional<Number> step() {
        return number("step");
    }

    private Optional<Number> number(String option) {
        return options.get(option) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    /** Whether a combo takes a list of its choices. */
    public boolean multiselect() {
        return flag("multiselect") || flag("multi_select") || options.get("multi_select") instanceof Map<?, ?>;
    }

    /** Whether a text has many lines. */
    public boolean multiline() {
        return flag("multiline");
    }

    /** Whether it is meant to be linked though its type could be written. */
    public boolean forceInput() {
        return flag("forceInput");
    }

    /** Whether it must not be linked. */
    public boolean socketless() {
        return flag("socketless");
    }

    /** Whether the node may end without evaluating it. */
    public boolean lazy() {
        return flag("lazy");
    }

    /** Whether the user interface hides it among the advanced ones. */
    public boolean advanced() {
        return flag("advanced");
    }

    /** Whether the user interface changes the value after each run, as for seeds. */
    public boolean controlAfterGenerate() {
        Object value = options.get("control_after_generate");
        return value instanceof String || Boolean.TRUE.equals(value);
    }

    /** What it is, in words. */
    public Optional<String> tooltip() {
        return options.get("tooltip") instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** How the user interface calls it, if not by its name. */
    public Optional<String> displayName() {
        return options.get("display_name") instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The input as the server wrote it. */
    public @Nullable Object raw() {
        return raw;
    }

    private static List<String> split(String types) {
        List<String> parts = new ArrayList<>(1);
        for (String part : types.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return List.copyOf(parts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InputSchema that
                && name.equals(that.name)
                && section.equals(that.section)
                && Objects.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, section);
    }

    /** Name, section and type. */
    @Override
    public String toString() {
        return name + " (" + section + " " + type + ")";
    }
}
