package io.github.comfyeks.testing.internal.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.json.Python;
import io.github.comfyeks.testing.internal.nodes.NodeFailure;
import io.github.comfyeks.testing.internal.nodes.NodeType.Validator;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import io.github.comfyeks.testing.internal.schema.DynamicInputs;
import io.github.comfyeks.testing.internal.schema.InputSpec;
import io.github.comfyeks.testing.internal.schema.NodeSchema;
import io.github.comfyeks.testing.internal.schema.Schemas;
import io.github.comfyeks.testing.internal.version.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the nodes of one graph, each once, from an output upwards. Bends the graph's values on the way. */
final class NodeCheck {
    /** What is known about a node: whether it can run, and what is wrong with it itself. */
    record Result(boolean valid, List<ObjectNode> errors) {}

    private final ObjectNode graph;
    private final Schemas schemas;
    private final NodeTypes types;
    private final Folders folders;
    private final Version version;
    private final ValueCheck values;
    private final Map<String, Result> results = new LinkedHashMap<>();

    NodeCheck(ObjectNode graph, Schemas schemas, NodeTypes types, Folders folders, Version version) {
        this.graph = graph;
        this.schemas = schemas;
        this.types = types;
        this.folders = folders;
        this.version = version;
        this.values = new ValueCheck(version);
    }

    /** All results so far, in the order in which they were found. */
    Map<String, Result> results() {
        return results;
    }

    Result check(String id, List<String> visiting) throws ValidationCrash {
        Result known = results.get(id);
        if (known != null) {
            return known;
        }
        if (visiting.contains(id)) {
            return reportCycle(id, visiting);
        }
        JsonNode node = graph.path(id);
        if (!(node.get("inputs") instanceof ObjectNode inputs)) {
            throw new ValidationCrash("KeyError", "'inputs'");
        }
        NodeSchema schema = schemaOf(id);
        Validator validator = types.find(schema.classType()).validator();
        List<ObjectNode> errors = new ArrayList<>();
        boolean valid = true;
        for (InputSpec spec : specs(schema, inputs).values()) {
            JsonNode value = inputs.get(spec.name());
            if (value == null) {
                if (spec.required()) {
                    errors.add(Errors.requiredMissing(spec.name(), shortName(schema, spec.name())));
                }
            } else if (value.isArray()) {
                valid &= checkLink(id, spec, value, visiting, errors);
            } else {
                checkLiteral(spec, inputs, validator, errors);
            }
        }
        if (validator != null) {
            runValidator(validator, inputs, errors);
        }
        return store(id, valid, errors);
    }

    private Result store(String id, boolean valid, List<ObjectNode> errors) {
        Result earlier = results.getOrDefault(id, new Result(true, List.of()));
        Set<ObjectNode> all = new LinkedHashSet<>(earlier.errors());
        all.addAll(errors);
        Result result = new Result(earlier.valid() && valid && errors.isEmpty(), List.copyOf(all));
        results.put(id, result);
        return result;
    }

    private NodeSchema schemaOf(String id) throws ValidationCrash {
        NodeSchema schema = schemas.find(graph.path(id).path("class_type").asText());
        if (schema == null) {
            throw new ValidationCrash(
                    "KeyError", "'" + graph.path(id).path("class_type").asText() + "'");
        }
        return schema;
    }

    private Map<String, InputSpec> specs(NodeSchema schema, ObjectNode inputs) {
        return DynamicInputs.resolve(
                schema, inputs, version.isModern() ? DynamicInputs.Missing.REPORTED : DynamicInputs.Missing.UNCHECKED);
    }

    private static String shortName(NodeSchema schema, String name) {
        return schema.isDynamic() ? name.substring(name.lastIndexOf('.') + 1) : name;
    }

    private boolean checkLink(String id, InputSpec spec, JsonNode link, List<String> visiting, List<ObjectNode> errors)
            throws ValidationCrash {
        if (link.size() != 2) {
            errors.add(Errors.badLink(spec, link));
            return true;
        }
        String from = sourceOf(link);
        String received = outputType(schemaOf(from), link.get(1));
        if (!TypeMatch.matches(received, spec)) {
            errors.add(Errors.typeMismatch(spec, received, link));
            return true;
        }
        List<String> path = new ArrayList<>(visiting);
        path.add(id);
        try {
            return check(from, path).valid();
        } catch (ValidationCrash crash) {
            results.put(from, new Result(false, List.of(Errors.innerCrash(spec, link, crash))));
            return false;
        }
    }

    private String sourceOf(JsonNode link) throws ValidationCrash {
        JsonNode source = link.get(0);
        if (source.isContainerNode()) {
            throw new ValidationCrash("TypeError", "unhashable type: '" + (source.isArray() ? "list" : "dict") + "'");
        }
        if (!source.isTextual() || !graph.has(source.textValue())) {
            throw new ValidationCrash("KeyError", Python.repr(source));
        }
        return source.textValue();
    }

    private static String outputType(NodeSchema schema, JsonNode slot) throws ValidationCrash {
        if (!slot.isIntegralNumber() && !slot.isBoolean()) {
            String name = Python.typeName(slot);
            throw new ValidationCrash("TypeError", "tuple indices must be integers or slices, not " + name);
        }
        if (slot.isIntegralNumber() && !slot.canConvertToLong()) {
            throw new ValidationCrash("IndexError", "cannot fit 'int' into an index-sized integer");
        }
        int size = schema.outputs().size();
        if (Math.abs(slot.asLong()) > size) {
            throw new ValidationCrash("IndexError", "tuple index out of range");
        }
        int index = slot.asInt() < 0 ? size + slot.asInt() : slot.asInt();
        if (index < 0 || index >= size) {
            throw new ValidationCrash("IndexError", "tuple index out of range");
        }
        return schema.outputs().get(index);
    }

    private void checkLiteral(InputSpec spec, ObjectNode inputs, @Nullable Validator validator, List<ObjectNode> errors)
            throws ValidationCrash {
        ObjectNode error = values.bend(spec, inputs);
        boolean ownCheck = validator != null && validator.inputs().contains(spec.name());
        if (error == null && !ownCheck) {
            checkComparable(spec, inputs.path(spec.name()));
            error = values.check(spec, inputs.path(spec.name()));
        }
        if (error != null) {
            errors.add(error);
        }
    }

    /** Limits stand with types too that are not bent to numbers. */
    private static void checkComparable(InputSpec spec, JsonNode value) throws ValidationCrash {
        JsonNode min = spec.options().get("min");
        JsonNode limit = min == null ? spec.options().get("max") : min;
        if (limit != null && limit.isNumber() && !value.isNumber() && !value.isBoolean()) {
            throw new ValidationCrash(
                    "TypeError",
                    "'" + (min == null ? '>' : '<') + "' not supported between instances of '" + Python.typeName(value)
                            + "' and '" + Python.typeName(limit) + "'");
        }
    }

    private void runValidator(Validator validator, ObjectNode inputs, List<ObjectNode> errors) throws ValidationCrash {
        try {
            String problem = validator.check().problem(inputs, folders);
            if (problem != null) {
                validator.inputs().forEach(name -> errors.add(Errors.customFailed(name, problem)));
            }
        } catch (NodeFailure e) {
            throw new ValidationCrash(e.type(), e.text());
        }
    }

    /** Older versions run into a limit of Python and forget the reason on the way back (S8). */
    private Result reportCycle(String id, List<String> visiting) {
        if (!version.isModern()) {
            return new Result(false, List.of());
        }
        List<String> path = new ArrayList<>(visiting.subList(visiting.indexOf(id), visiting.size()));
        List<String> cycle = List.copyOf(path);
        path.add(id);
        String text = String.join(
                " -> ",
                path.stream()
                        .map(step -> step + " ("
                                + graph.path(step).path("class_type").asText() + ")")
                        .toList());
        cycle.forEach(step -> results.put(step, new Result(false, List.of(Errors.cycle(step, cycle, text)))));
        return results.getOrDefault(id, new Result(false, List.of()));
    }
}
