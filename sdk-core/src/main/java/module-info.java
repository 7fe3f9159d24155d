/** The ComfyUI client of Comfyeks. Packages named {@code internal} are not exported and may change at any time. */
@SuppressWarnings("module") // the module that internal is opened to is built after this one
module io.github.comfyeks.core {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.java_websocket;
    requires org.slf4j;
    requires static transitive org.jspecify;

    uses io.github.comfyeks.workflow.WorkflowCheck;

    exports io.github.comfyeks;
    exports io.github.comfyeks.error;
    exports io.github.comfyeks.execution;
    exports io.github.comfyeks.internal to
            io.github.comfyeks.admin,
            io.github.comfyeks.workflows;
    exports io.github.comfyeks.observe;
    exports io.github.comfyeks.output;
    exports io.github.comfyeks.ref;
    exports io.github.comfyeks.schema;
    exports io.github.comfyeks.server;
    exports io.github.comfyeks.transport;
    exports io.github.comfyeks.upload;
    exports io.github.comfyeks.workflow;
}
