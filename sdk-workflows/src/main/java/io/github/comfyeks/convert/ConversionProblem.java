package io.github.comfyeks.convert;

/**
 * What stood in the way of a conversion, or is to be looked at. Immutable.
 *
 * @param severity whether it stands in the way
 * @param code which kind; open, since files hold ever new surprises
 * @param nodeId the node's id in the prompt; empty if it is about the file
 * @param classType the node's class; empty if it is about the file
 * @param title the node's own title, or else its class
 * @param path the subgraphs that it lies in, from the root, by their names; empty at the root
 * @param message a sentence: what is wrong, and what to do
 */
public record ConversionProblem(
        Severity severity, Code code, String nodeId, String classType, String title, String path, String message) {
    /** How bad it is. */
    public enum Severity {
        /** A strict conversion raises it. */
        ERROR,
        /** The page takes it without a word, and so does a strict conversion; the outcome may not be what was drawn. */
        WARNING
    }

    /** A kind of problem. */
    public record Code(String value) {
        /** The server has no such class; the page sends the node without one. */
        public static final Code UNKNOWN_CLASS = new Code("UNKNOWN_CLASS");

        /**
         * An input names a link that is not there or comes from a node that is not there, or a subgraph hands its own input straight
         * out: the page gives up on the file. Or a GetNode has no SetNode.
         */
        public static final Code DEAD_LINK = new Code("DEAD_LINK");

        /** Links or subgraphs run in a circle. */
        public static final Code CYCLE = new Code("CYCLE");

        /** A group node of an old editor whose definition the file lacks. */
        public static final Code GROUP_NODE = new Code("GROUP_NODE");

        /** A warning: a node has more or fewer values than its class on this server takes, so the file is of another version of it. */
        public static final Code WIDGET_COUNT = new Code("WIDGET_COUNT");

        /** A value that the page itself does not take. */
        public static final Code REFUSED_VALUE = new Code("REFUSED_VALUE");

        /** Of a drawing: a value or link that the editor's format cannot hold; it would come back as another, or not at all. */
        public static final Code LOST = new Code("LOST");

        /** Of a drawing: a widget that the workflow has no value for; the editor sends what it begins with. Never raised. */
        public static final Code FILLED_IN = new Code("FILLED_IN");

        /** The file is no workflow of the editor. */
        public static final Code NOT_A_WORKFLOW = new Code("NOT_A_WORKFLOW");

        @Override
        public String toString() {
            return value;
        }
    }

    /** The sentence, with the code. */
    @Override
    public String toString() {
        return message + " [" + code + "]";
    }
}
