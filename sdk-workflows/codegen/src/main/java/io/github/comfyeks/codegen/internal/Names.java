package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What generated code stands on. */
final class Names {
    static final String GRAPH = "io.github.comfyeks.graph";
    static final String STANDARD_TYPES = GRAPH + ".type";

    static final ClassName TYPED_NODE = ClassName.get(GRAPH, "TypedNode");
    static final ClassName STATE = TYPED_NODE.nestedClass("State");
    static final ClassName NODE_TYPE = ClassName.get(GRAPH, "NodeType");
    static final ClassName OUTPUT = ClassName.get(GRAPH, "Output");
    static final ClassName INPUT = ClassName.get(GRAPH, "Input");
    static final ClassName OPTION = ClassName.get(GRAPH, "Option");
    static final ClassName CHOICE = ClassName.get(GRAPH, "Choice");
    static final ClassName GROWN = ClassName.get(GRAPH, "Grown");
    static final ClassName VALUE = ClassName.get(GRAPH, "Value");
    static final ClassName CUSTOM_NODE = ClassName.get(GRAPH, "CustomNode");
    static final ClassName LIST = ClassName.get(List.class);
    static final ClassName MAP = ClassName.get(Map.class);
    static final ClassName OBJECT = ClassName.get(Object.class);
    static final ClassName STRING = ClassName.get(String.class);
    static final ClassName BIG_INTEGER = ClassName.get(BigInteger.class);
    static final WildcardTypeName ANY = WildcardTypeName.subtypeOf(Object.class);

    /** Methods without a parameter that every node, option and object has. */
    static final Set<String> ACCESSORS = Set.of(
            "classType",
            "inputs",
            "title",
            "id",
            "state",
            "key",
            "naming",
            "toString",
            "hashCode",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "clone",
            "finalize",
            "create");

    /** Methods with one parameter that every node or object has. */
    static final Set<String> SETTERS = Set.of("titled", "withId", "copy", "output", "relinked", "equals", "wait");

    private Names() {}

    /** {@code Output<? extends X>}. */
    static TypeName link(TypeName bound) {
        return ParameterizedTypeName.get(
                OUTPUT, bound instanceof WildcardTypeName ? bound : WildcardTypeName.subtypeOf(bound));
    }

    /** {@code Input<? extends X>}. */
    static TypeName input(TypeName bound) {
        return ParameterizedTypeName.get(
                INPUT, bound instanceof WildcardTypeName ? bound : WildcardTypeName.subtypeOf(bound));
    }
}
