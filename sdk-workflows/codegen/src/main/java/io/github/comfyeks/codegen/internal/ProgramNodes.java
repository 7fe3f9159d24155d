package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import io.github.comfyeks.codegen.internal.Arguments.Source;
import io.github.comfyeks.codegen.internal.Shapes.NodeShape;
import io.github.comfyeks.codegen.internal.Shapes.OutputShape;
import io.github.comfyeks.codegen.internal.TypedExpression.Typed;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes of a workflow as variables of a program. Used once. */
final class ProgramNodes {
    private static final int LONGEST_NAME = 40;

    /**
     * One of them.
     *
     * @param remark why it is not of its class; empty if it is, or if there is none
     * @param size of the code, in inputs and parts of values
     */
    record Statement(
            WorkflowNode node,
            String variable,
            TypeName type,
            CodeBlock expression,
            String remark,
            boolean isDeprecated,
            int size) {
        CodeBlock asLocal() {
            return assigned("var $N");
        }

        CodeBlock asField() {
            return assigned("$N");
        }

        private CodeBlock assigned(String target) {
            CodeBlock.Builder code = CodeBlock.builder();
            if (!remark.isEmpty()) {
                code.add("// $L\n", remark);
            }
            return code.addStatement(target + " = $L", variable, expression).build();
        }
    }

    /** What is known of a node that was written. */
    private record Variable(String name, @Nullable NodeShape shape, Map<String, TypeName> parameters) {}

    private final Plan plan;
    private final Workflow workflow;
    private final Scope names = Scope.ofMembers(Set.of());
    private final Map<String, Optional<NodeShape>> shapes = new HashMap<>();
    private final Map<String, Variable> variables = new HashMap<>();
    private final Map<String, Set<String>> roles = new HashMap<>();
    private final Map<String, Integer> lastSlots = new HashMap<>();

    ProgramNodes(Plan plan, Workflow workflow) {
        this.plan = plan;
        this.workflow = workflow;
        for (WorkflowNode node : workflow.nodes().values()) {
            node.links().forEach((input, link) -> {
                roles.computeIfAbsent(link.nodeId(), id -> new HashSet<>()).add(input);
                lastSlots.merge(link.nodeId(), link.slot(), Math::max);
            });
        }
    }

    /** @throws WorkflowInvalidException if Java cannot say them */
    List<Statement> statements() {
        List<WorkflowNode> ordered = ProgramWriter.ordered(workflow);
        List<String> problems = new ArrayList<>();
        if (ordered.size() < workflow.nodes().size()) {
            List<String> left = workflow.nodes().values().stream()
                    .filter(node -> !ordered.contains(node))
                    .map(WorkflowNode::id)
                    .toList();
            problems.add(
                    "the links of nodes " + String.join(", ", left) + " run in a circle, which no expression does");
        }
        for (WorkflowNode node : workflow.nodes().values()) {
            node.inputs().forEach((input, value) -> {
                String where = "node " + node.id() + " (" + node.classType() + ") " + input + ": ";
                if (value instanceof List<?> && node.link(input).isEmpty()) {
                    problems.add(
                            where + "a list that is neither a link nor a value; write {\"__value__\": " + value + "}");
                } else if (size(value) > ProgramWriter.LARGEST_METHOD) {
                    problems.add(where + "a value of " + size(value) + " parts is larger than a Java method may be");
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new WorkflowInvalidException("workflow", problems, null);
        }
        return ordered.stream().map(this::statement).toList();
    }

    private Statement statement(WorkflowNode node) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        node.inputs().forEach((name, value) -> inputs.put(name, value));
        node.links().forEach((name, link) -> inputs.put(name, source(link)));
        Optional<NodeShape> shape = shape(node);
        Optional<Typed> typed = shape.filter(
                        known -> slots(node) <= known.outputs().size() && hasValues(inputs))
                .flatMap(known -> TypedExpression.of(plan, known, inputs));
        String variable = names.take(variable(node), "Node");
        variables.put(
                node.id(),
                new Variable(
                        variable,
                        typed.isPresent() ? shape.orElse(null) : null,
                        typed.map(Typed::variables).orElse(Map.of())));
        CodeBlock.Builder code =
                CodeBlock.builder().add(typed.map(Typed::code).orElseGet(() -> custom(node.classType(), inputs)));
        if (!node.title().isEmpty()) {
            code.add("\n.titled($L)", Literals.text(node.title()));
        }
        code.add("\n.withId($L)", Literals.text(node.id()));
        return new Statement(
                node,
                variable,
                typed.map(Typed::type).orElse(Names.CUSTOM_NODE),
                code.build(),
                typed.isEmpty() ? shape.map(known -> remark(node, known)).orElse("") : "",
                typed.isPresent() && shape.get().schema().deprecated(),
                2 + size(node.inputs()));
    }

    private static String remark(WorkflowNode node, NodeShape shape) {
        List<String> strange = node.inputs().keySet().stream()
                .filter(name ->
                        shape.schema().input(name.replaceFirst("\\..*", "")).isEmpty())
                .map(JavaNames::oneLine)
                .toList();
        return "the class " + shape.name().simpleName()
                + (strange.isEmpty() ? " cannot say these inputs" : " has no input " + String.join(", ", strange));
    }

    private Optional<NodeShape> shape(WorkflowNode node) {
        return shapes.computeIfAbsent(node.classType(), plan::find);
    }

    /** How many outputs are asked for. */
    private int slots(WorkflowNode node) {
        return lastSlots.getOrDefault(node.id(), -1) + 1;
    }

    private static boolean hasValues(Map<String, Object> inputs) {
        return !inputs.containsValue(null);
    }

    private static CodeBlock custom(String classType, Map<String, Object> inputs) {
        CodeBlock.Builder code = CodeBlock.builder().add("$T.of($L)", Names.CUSTOM_NODE, Literals.text(classType));
        inputs.forEach((name, value) -> code.add(
                "\n.with($L, $L)",
                Literals.text(name),
                value instanceof Source source ? source.code() : Literals.data(value)));
        return code.build();
    }

    private Source source(Link link) {
        Variable from = Objects.requireNonNull(variables.get(link.nodeId()));
        if (from.shape() == null) {
            CodeBlock code = CodeBlock.of("$N.output($L)", from.name(), link.slot());
            TypeName carried = shape(workflow.node(link.nodeId()))
                    .map(NodeShape::schema)
                    .map(schema -> carried(schema, link.slot()))
                    .orElse(Names.ANY);
            return new Source(code, Names.ANY).as(carried);
        }
        OutputShape output = from.shape().outputs().get(link.slot());
        TypeName type = output.type() instanceof TypeVariableName variable
                ? Objects.requireNonNull(from.parameters().get(variable.name()))
                : output.type();
        return new Source(CodeBlock.of("$N.$N()", from.name(), output.name()), type);
    }

    private TypeName carried(NodeSchema schema, int slot) {
        return slot < schema.outputs().size()
                        && schema.outputs().get(slot).matchTemplate().isEmpty()
                ? plan.shapes().carried(schema.outputs().get(slot).type())
                : Names.ANY;
    }

    /** By the title that it has of its own, by what it is for, or else by its class. */
    private String variable(WorkflowNode node) {
        boolean isOwn = !node.title().isEmpty()
                && shape(node)
                        .map(known -> !known.schema().displayName().equals(node.title()))
                        .orElse(true);
        if (isOwn) {
            String name = JavaNames.member(shortened(node.title()), "node");
            if (!name.equals("node")) {
                return name;
            }
        }
        Set<String> role = roles.getOrDefault(node.id(), Set.of());
        if (role.equals(Set.of("positive")) || role.equals(Set.of("negative"))) {
            return role.iterator().next();
        }
        return JavaNames.member(node.classType(), "node");
    }

    private static String shortened(String title) {
        if (title.length() <= LONGEST_NAME) {
            return title;
        }
        int space = title.lastIndexOf(' ', LONGEST_NAME);
        return title.substring(0, space > 0 ? space : LONGEST_NAME);
    }

    /** How many parts a value has. */
    private static int size(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return 1 + list.stream().mapToInt(ProgramNodes::size).sum();
        }
        if (value instanceof Map<?, ?> map) {
            return 1 + map.values().stream().mapToInt(each -> 1 + size(each)).sum();
        }
        return 1;
    }
}
