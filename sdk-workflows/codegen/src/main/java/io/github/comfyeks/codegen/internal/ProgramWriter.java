package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.comfyeks.codegen.internal.ProgramNodes.Statement;
import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the class that makes a workflow: one method, or several with fields where a method would be larger than Java lets it be. */
public final class ProgramWriter {
    /** In inputs and parts of values: a method holds 64 KiB, and one of these takes 30 bytes at most. */
    static final int LARGEST_METHOD = 1_500;

    private static final ClassName GRAPH = ClassName.get(Names.GRAPH, "Graph");

    private final List<Statement> statements;
    private final CodeBlock roots;
    private final ClassName name;

    private ProgramWriter(Plan plan, Workflow workflow, ClassName name) {
        this.name = name;
        this.statements = new ProgramNodes(plan, workflow).statements();
        Set<String> taken = workflow.nodes().values().stream()
                .flatMap(node -> node.links().values().stream())
                .map(Link::nodeId)
                .collect(Collectors.toSet());
        this.roots = statements.stream()
                .filter(statement -> !taken.contains(statement.node().id()))
                .map(statement -> CodeBlock.of("$N", statement.variable()))
                .collect(CodeBlock.joining(", "));
    }

    /** A class's name. */
    public static String className(String name) {
        return Scope.ofTypes().take(JavaNames.type(name, "Workflow"), "Workflow");
    }

    /** See {@link io.github.comfyeks.codegen.WorkflowSourceWriter#write}. */
    public static String write(Plan plan, Workflow workflow, String packageName, String className) {
        ProgramWriter writer = new ProgramWriter(plan, workflow, ClassName.get(packageName, className));
        return JavaFile.builder(packageName, writer.type())
                .skipJavaLangImports(true)
                .indent("    ")
                .build()
                .toString();
    }

    private TypeSpec type() {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("A workflow of $L nodes, written by comfyeks.\n", statements.size());
        if (statements.stream().anyMatch(Statement::isDeprecated)) {
            type.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "deprecation")
                    .build());
        }
        List<List<Statement>> parts = parts();
        MethodSpec.Builder graph = MethodSpec.methodBuilder("graph")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(GRAPH)
                .addJavadoc("The workflow, the same every time.\n");
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        if (parts.size() == 1) {
            statements.forEach(statement -> graph.addCode(statement.asLocal()));
            return type.addMethod(
                            graph.addStatement("return $T.of($L)", GRAPH, roots).build())
                    .build();
        }
        type.addMethod(graph.addStatement("return new $T().made()", name).build());
        MethodSpec.Builder made =
                MethodSpec.methodBuilder("made").addModifiers(Modifier.PRIVATE).returns(GRAPH);
        for (int i = 0; i < parts.size(); i++) {
            MethodSpec.Builder part = MethodSpec.methodBuilder("part" + (i + 1)).addModifiers(Modifier.PRIVATE);
            for (Statement statement : parts.get(i)) {
                type.addField(FieldSpec.builder(statement.type(), statement.variable(), Modifier.PRIVATE)
                        .build());
                part.addCode(statement.asField());
            }
            type.addMethod(part.build());
            made.addStatement("part$L()", i + 1);
        }
        return type.addMethod(
                        made.addStatement("return $T.of($L)", GRAPH, roots).build())
                .build();
    }

    private List<List<Statement>> parts() {
        List<List<Statement>> parts = new ArrayList<>();
        int size = LARGEST_METHOD;
        for (Statement statement : statements) {
            if (size + statement.size() > LARGEST_METHOD) {
                parts.add(new ArrayList<>());
                size = 0;
            }
            parts.get(parts.size() - 1).add(statement);
            size += statement.size();
        }
        return parts;
    }

    /** Each after those that it takes from; what is in a circle or behind one is left out. */
    static List<WorkflowNode> ordered(Workflow workflow) {
        List<WorkflowNode> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        List<WorkflowNode> waiting = new ArrayList<>(workflow.nodes().values());
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            List<WorkflowNode> later = new ArrayList<>();
            for (WorkflowNode node : waiting) {
                if (node.links().values().stream().allMatch(link -> done.contains(link.nodeId()))) {
                    ordered.add(node);
                    done.add(node.id());
                } else {
                    later.add(node);
                }
            }
            waiting = later;
            if (waiting.size() == before) {
                return ordered;
            }
        }
        return ordered;
    }
}
