package io.github.comfyeks.codegen;

import io.github.comfyeks.codegen.internal.Plan;
import io.github.comfyeks.codegen.internal.ProgramWriter;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.WorkflowSource;
import javax.lang.model.SourceVersion;

/**
 * Writes a workflow as Java: a class whose method {@code graph()} makes the same workflow, with the same ids and titles, of generated
 * node classes. A node of another class, or with inputs that its generated class cannot say, is a {@code CustomNode}. Variables are
 * named by titles. The JSON is the same, but that a whole number at an input of type FLOAT is written as 7.0 instead of 7. The same
 * workflow makes the same text every time. Immutable, and safe for any number of threads.
 */
public final class WorkflowSourceWriter {
    private final Plan plan;

    private WorkflowSourceWriter(Plan plan) {
        this.plan = plan;
    }

    /**
     * @param schema what the node classes were generated from, such as the schema within {@code comfyeks-nodes}
     * @param options with which they were
     */
    public static WorkflowSourceWriter create(ObjectInfo schema, GeneratorOptions options) {
        return new WorkflowSourceWriter(Plan.of(schema, options));
    }

    /**
     * Writes one class.
     *
     * @param className with its package, such as {@code com.acme.Castle}
     * @throws IllegalArgumentException if that is no name of a class
     * @throws WorkflowInvalidException if Java cannot say the workflow, with all problems: links that run in a circle, lists that
     *     are neither links nor in {@code __value__}, values too large for a class file
     */
    public SourceFile write(WorkflowSource workflow, String className) {
        int dot = className.lastIndexOf('.');
        if (!SourceVersion.isName(className, SourceVersion.RELEASE_17)) {
            throw new IllegalArgumentException(
                    "\"" + className + "\" is no name of a Java class; give one such as com.acme.Castle");
        }
        String packageName = dot < 0 ? "" : className.substring(0, dot);
        String text = ProgramWriter.write(plan, workflow.workflow(), packageName, className.substring(dot + 1));
        return new SourceFile(className.replace('.', '/') + ".java", text);
    }

    /** A class's name made of a file's or a title: {@code my castle-2} → MyCastle2. */
    public static String classNameOf(String name) {
        return ProgramWriter.className(name);
    }
}
