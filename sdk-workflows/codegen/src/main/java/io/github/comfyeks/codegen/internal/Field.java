package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.github.comfyeks.schema.InputSchema;
import java.util.List;
import java.util.Optional;

/**
 * One input on its way to Java.
 *
 * @param index its place in the node's type
 * @param schema as the server has it
 * @param name its methods' name
 * @param sent what is sent unless the caller says otherwise
 * @param template the match type template whose type it takes, of a node that has a type parameter for it
 * @param combo the class of a dynamic combo's options
 * @param setters the methods that set it
 */
record Field(
        int index,
        InputSchema schema,
        String name,
        Optional<Object> sent,
        Optional<String> template,
        ClassName combo,
        List<Setter> setters) {
    /**
     * One way to give it.
     *
     * @param method the name
     * @param parameter what it takes; of varargs an array's component
     * @param varargs whether it takes any number of these
     * @param value the expression that is held, of the parameter {@code name}
     */
    record Setter(String method, TypeName parameter, boolean varargs, CodeBlock value) {}

    /** Whether a node cannot be without the caller giving it. */
    boolean isStep() {
        if (!schema.isRequired() || sent.isPresent()) {
            return false;
        }
        return schema.autogrow()
                .map(grow -> grow.min() > 0 && grow.input().isRequired())
                .orElse(true);
    }
}
