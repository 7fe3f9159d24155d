package io.github.comfyeks.validation.internal;

/** What the server does at one input of a node. */
sealed interface Step {
    String input();

    /** It notes an error and goes on. */
    record Fails(String input, String type) implements Step {}

    /** It follows a link to the node that feeds the input. */
    record Follows(String input, String from) implements Step {}

    /** Its code fails, and with it the check of the whole node. */
    record Crashes(String input) implements Step {}
}
