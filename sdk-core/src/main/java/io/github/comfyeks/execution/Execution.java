package io.github.comfyeks.execution;

import io.github.comfyeks.error.NodeError;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A run on the server, as a handle. Waiting, the future, the stream of events and a listener are four faces of one state
 * machine: the run ends once, and all of them tell the same.
 *
 * <p>Thread-safe. Closing lets go of the run: on the server it goes on, unless {@link QueueOptions#letGo()} says
 * otherwise, and {@link #ref()} finds it again, also from another process.
 */
public interface Execution extends AutoCloseable {
    /** The run's id on the server. */
    PromptId promptId();

    /** What finds the run again. Its text can be stored: it holds no secret. */
    ExecutionRef ref();

    /** The submitted graph; empty after an attach. */
    Optional<Workflow> workflow();

    /** Where it stands, as far as this process knows. */
    ExecutionState state();

    /** How far it is. */
    Progress progress();

    /** What the server objected to while it accepted the rest; empty unless {@link QueueOptions#acceptPartial()} was set. */
    List<NodeError> nodeErrors();

    /**
     * Waits for the end.
     *
     * @throws io.github.comfyeks.error.ExecutionFailedException if a node raised
     * @throws io.github.comfyeks.error.ExecutionInterruptedException if it was interrupted
     * @throws io.github.comfyeks.error.ExecutionLostException if the server knows it no longer
     * @throws io.github.comfyeks.error.LimitReachedException if one of the run's limits was reached
     * @throws io.github.comfyeks.error.DetachedException if the handle was closed, or this thread interrupted: the flag is
     *     set again
     */
    ExecutionResult await();

    /**
     * Waits for the end, but no longer than this: then a {@link io.github.comfyeks.error.LimitReachedException} of {@link
     * io.github.comfyeks.error.Limit#AWAIT} is thrown. The handle stays usable, unless {@link QueueOptions#letGo()}
     * asked for the interrupt.
     */
    ExecutionResult await(Duration limit);

    /**
     * Completed with the result or with the exception that {@link #await()} would throw, on the client's callback executor.
     * Each call gives a future of its own; cancelling it lets go of the run.
     */
    CompletableFuture<ExecutionResult> result();

    /** The events from the submission on; ends by itself. */
    EventStream events();

    /** Adds a listener, which is told what happened so far (but for droppable events), then the rest. */
    void listen(ExecutionListener listener);

    /**
     * Ends this run on the server and nobody else's: deletes it while it waits, interrupts it while it runs. It is a wish: a
     * node that never looks runs to its end, and a run that ends meanwhile ends as it does. {@link #await()} tells.
     *
     * @return whether the server was asked; false if the run has ended already
     * @throws io.github.comfyeks.error.UnsupportedByServerException on a server whose interrupt cannot name a prompt
     */
    boolean interrupt();

    /** Lets go of the run. */
    @Override
    void close();
}
