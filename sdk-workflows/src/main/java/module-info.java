/** Typed workflow graphs and the check of workflows. Packages named {@code internal} are not exported. */
module io.github.comfyeks.workflows {
    requires com.fasterxml.jackson.core;
    requires org.snakeyaml.engine.v2;
    requires transitive io.github.comfyeks.core;
    requires static transitive org.jspecify;

    exports io.github.comfyeks.convert;
    exports io.github.comfyeks.edit;
    exports io.github.comfyeks.file;
    exports io.github.comfyeks.graph;
    exports io.github.comfyeks.graph.type;
    exports io.github.comfyeks.inspect;
    exports io.github.comfyeks.picture;
    exports io.github.comfyeks.recipe;
    exports io.github.comfyeks.schema.diff;
    exports io.github.comfyeks.validation;

    provides io.github.comfyeks.workflow.WorkflowCheck with
            io.github.comfyeks.validation.internal.ServerCheck;
}
