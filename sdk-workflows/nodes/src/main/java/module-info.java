/** ComfyUI's own nodes as typed Java. */
module io.github.comfyeks.nodes {
    requires transitive io.github.comfyeks.workflows;
    requires static transitive org.jspecify;

    exports io.github.comfyeks.nodes;
    exports io.github.comfyeks.nodes.partner;
    exports io.github.comfyeks.nodes.type;
}
