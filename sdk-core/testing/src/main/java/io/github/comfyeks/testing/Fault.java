package io.github.comfyeks.testing;

/**
 * A fault to be switched on when a server is built: {@code builder().fault(faults -> faults.dropSocketAfterEvents(7))}.
 *
 * <p>Implementations must be safe to call from the thread that builds the server.
 */
@FunctionalInterface
public interface Fault {
    /** Switches the fault on. */
    void switchOn(Faults faults);
}
