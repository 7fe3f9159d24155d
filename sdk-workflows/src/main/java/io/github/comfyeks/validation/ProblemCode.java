package io.github.comfyeks.validation;

/**
 * What kind of problem it is. Open: later versions may find more. Immutable.
 *
 * @param value its name, in lower case with underscores
 */
public record ProblemCode(String value) {
    /** The server has no such class, or the node names none ({@code missing_node_type}). */
    public static final ProblemCode UNKNOWN_CLASS = new ProblemCode("unknown_class");

    /** A node, or its inputs, that is no object; the server answers 500. */
    public static final ProblemCode MALFORMED_NODE = new ProblemCode("malformed_node");

    /** No node is an output node, so that nothing can run ({@code prompt_no_outputs}). */
    public static final ProblemCode NO_OUTPUT_NODE = new ProblemCode("no_output_node");

    /** A required input is not there; no default is filled in ({@code required_input_missing}). */
    public static final ProblemCode MISSING_INPUT = new ProblemCode("missing_input");

    /** The linked output has another type ({@code return_type_mismatch}). */
    public static final ProblemCode WRONG_LINK_TYPE = new ProblemCode("wrong_link_type");

    /** A link to a node or an output that does not exist; the server's own code fails on it. */
    public static final ProblemCode DEAD_LINK = new ProblemCode("dead_link");

    /** A list that is no link ({@code bad_linked_input}), or a link whose parts are of the wrong kind. */
    public static final ProblemCode BAD_LINK = new ProblemCode("bad_link");

    /** Smaller than the minimum or bigger than the maximum. */
    public static final ProblemCode OUT_OF_RANGE = new ProblemCode("out_of_range");

    /** Not among the choices of a combo ({@code value_not_in_list}). */
    public static final ProblemCode NOT_A_CHOICE = new ProblemCode("not_a_choice");

    /** No value of the input's type can be made of it ({@code invalid_input_type}). */
    public static final ProblemCode WRONG_TYPE = new ProblemCode("wrong_type");

    /** Nodes that wait for one another ({@code dependency_cycle}). */
    public static final ProblemCode CYCLE = new ProblemCode("cycle");

    /** The node's own check raises an exception for certain. */
    public static final ProblemCode NODE_CHECK_FAILS = new ProblemCode("node_check_fails");

    /** Warning: the node's own code decides about the value, which cannot be seen from here. */
    public static final ProblemCode NODE_DECIDES = new ProblemCode("node_decides");

    /** Warning: no output node needs the node, so the server neither checks nor runs it. */
    public static final ProblemCode FEEDS_NOTHING = new ProblemCode("feeds_nothing");

    /** Warning: not on the schema's grid; the server does not look, the model may. */
    public static final ProblemCode OFF_STEP = new ProblemCode("off_step");

    /** Warning: a seed that stays the same for every run of a batch; only if the caller says that it is one. */
    public static final ProblemCode FIXED_SEED = new ProblemCode("fixed_seed");

    /** Warning: the class is deprecated. */
    public static final ProblemCode DEPRECATED_CLASS = new ProblemCode("deprecated_class");

    /** Warning: a model file that none of the given servers has. */
    public static final ProblemCode MODEL_ON_NO_SERVER = new ProblemCode("model_on_no_server");

    /** Warning: the first server has the value, another given one has it not. */
    public static final ProblemCode NOT_ON_EVERY_SERVER = new ProblemCode("not_on_every_server");

    /** Warning: text for a boolean; any text but the empty one is true, {@code "false"} too. */
    public static final ProblemCode TEXT_AS_BOOLEAN = new ProblemCode("text_as_boolean");

    /** Warning: text for a number. */
    public static final ProblemCode TEXT_AS_NUMBER = new ProblemCode("text_as_number");

    /** Warning: another kind of value than the input's; the server bends it. */
    public static final ProblemCode BENT_VALUE = new ProblemCode("bent_value");

    /** Warning: a fraction for a whole number; the server cuts it off. */
    public static final ProblemCode FRACTION_CUT = new ProblemCode("fraction_cut");

    /** Warning: a negative output slot; the server counts from the end. */
    public static final ProblemCode NEGATIVE_SLOT = new ProblemCode("negative_slot");

    /** Warning: a value where only a link makes sense; the server does not look, the run fails. */
    public static final ProblemCode VALUE_FOR_LINK = new ProblemCode("value_for_link");

    /** Warning: a dynamic combo without a known key; the server does not look, the run fails. */
    public static final ProblemCode MISSING_OPTION = new ProblemCode("missing_option");

    /** Warning: an input that the class does not have; the server ignores it. */
    public static final ProblemCode UNKNOWN_INPUT = new ProblemCode("unknown_input");

    /** Warning: a repetition beyond the greatest number; the server drops it in silence. */
    public static final ProblemCode TOO_MANY = new ProblemCode("too_many");

    @Override
    public String toString() {
        return value;
    }
}
