package io.github.comfyeks.testing;

import java.time.Duration;

/** One execution of a scripted node. For use by the script alone, while it runs. */
public interface FakeNodeRun {
    /** The node's id in the graph. */
    String nodeId();

    /** The value of an input as JSON; {@code null} for a link or a missing one. */
    String input(String name);

    /** Waits, deaf to interrupts. */
    void pause(Duration duration) throws Exception;

    /** Reports a step; throws if somebody asked for an interrupt. */
    void progress(int value, int max) throws Exception;

    /** Sends an event of the node's own to the prompt's client. */
    void send(String type, String json) throws Exception;

    /** Does what the class does without the script, placeholders included. */
    void runNormally() throws Exception;

    /** Shows this UI output, a JSON object such as {@code {"text": ["done"]}}. */
    void show(String json) throws Exception;

    /** Raises a Python exception, such as {@code torch.OutOfMemoryError}; never returns. */
    void fail(String exceptionType, String message) throws Exception;
}
