package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeVariableName;
import io.github.comfyeks.schema.Autogrow;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.MatchType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the inputs of a node or an option into fields. */
final class FieldReader {
    private final TypeTable types;
    private final ChoiceTable choices;

    FieldReader(TypeTable types, ChoiceTable choices) {
        this.types = types;
        this.choices = choices;
    }

    /** A type parameter for each match type template of these inputs. */
    Map<String, TypeVariableName> templates(List<InputSchema> inputs) {
        Map<String, MatchType> found = new LinkedHashMap<>();
        inputs.forEach(input -> matchType(input).ifPresent(match -> found.putIfAbsent(match.templateId(), match)));
        Map<String, TypeVariableName> variables = new LinkedHashMap<>();
        found.forEach((template, match) -> {
            String name = found.size() == 1 ? "T" : "T" + (variables.size() + 1);
            List<ClassName> bounds =
                    match.allowedTypes().contains("*") ? List.of() : types.bounds(match.allowedTypes());
            variables.put(
                    template,
                    bounds.size() == 1 ? TypeVariableName.get(name, bounds.get(0)) : TypeVariableName.get(name));
        });
        return variables;
    }

    private static Optional<MatchType> matchType(InputSchema input) {
        return input.matchType().or(() -> input.autogrow().map(Autogrow::input).flatMap(InputSchema::matchType));
    }

    /** The dynamic combo that an input is, or that it repeats. */
    static Optional<InputSchema> combo(InputSchema input) {
        InputSchema each = input.autogrow().map(Autogrow::input).orElse(input);
        return each.dynamicOptions().isEmpty() ? Optional.empty() : Optional.of(each);
    }

    /**
     * @param owner the class that gets the methods
     * @param nested the names taken within it
     */
    List<Field> read(List<InputSchema> inputs, ClassName owner, Scope nested, Map<String, TypeVariableName> templates) {
        Setters setters = new Setters(types, choices, templates);
        Scope members = Scope.ofMembers(Names.SETTERS);
        List<String> names = inputs.stream()
                .map(input -> members.take(JavaNames.member(input.name(), "input"), "Input"))
                .toList();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            InputSchema input = inputs.get(i);
            ClassName combo = combo(input)
                    .map(each -> owner.nestedClass(nested.take(JavaNames.type(input.name(), "Option"), "Option")))
                    .orElse(Names.OPTION);
            fields.add(new Field(
                    i,
                    input,
                    names.get(i),
                    Defaults.of(input),
                    matchType(input).map(MatchType::templateId).filter(templates::containsKey),
                    combo,
                    setters.of(input, names.get(i), names.get(i), combo, other -> members.take(other, "Input"))));
        }
        return fields;
    }
}
