package io.github.comfyeks.codegen;

import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is generated, and where. Immutable.
 *
 * @param packageName of the nodes; link types go into {@code type} below it
 * @param partnerPackage of nodes that call a paid service
 * @param classes which nodes; those for developers of ComfyUI itself are left out anyway
 * @param base nodes that were generated before: they are left out, their types and choices used
 */
public record GeneratorOptions(
        String packageName, String partnerPackage, Predicate<NodeSchema> classes, Optional<Base> base) {
    /**
     * Nodes that are there.
     *
     * @param schema what they were generated from
     * @param packageName where they are
     */
    public record Base(ObjectInfo schema, String packageName) {}

    /** All nodes into this package, partner nodes into {@code partner} below it. */
    public static GeneratorOptions of(String packageName) {
        return new GeneratorOptions(packageName, packageName + ".partner", node -> true, Optional.empty());
    }

    /** A copy with another package for partner nodes. */
    public GeneratorOptions withPartnerPackage(String name) {
        return new GeneratorOptions(packageName, name, classes, base);
    }

    /** A copy for these nodes only. */
    public GeneratorOptions withClasses(Predicate<NodeSchema> which) {
        return new GeneratorOptions(packageName, partnerPackage, which, base);
    }

    /**
     * A copy that stands on nodes generated before with the plain options, such as {@code comfyeks-nodes}: a custom node's sampler
     * then takes their {@code SamplerName}, and what it gives fits into their inputs.
     */
    public GeneratorOptions withBase(ObjectInfo schema, String basePackage) {
        return new GeneratorOptions(packageName, partnerPackage, classes, Optional.of(new Base(schema, basePackage)));
    }
}
