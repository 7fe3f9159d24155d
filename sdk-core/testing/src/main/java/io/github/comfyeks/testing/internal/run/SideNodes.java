package io.github.comfyeks.testing.internal.run;

import io.github.comfyeks.testing.internal.nodes.Interrupts.InterruptedRunException;
import io.github.comfyeks.testing.internal.nodes.NodeFailure;
import io.github.comfyeks.testing.internal.nodes.NodeResult;
import io.github.comfyeks.testing.internal.nodes.NodeResult.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that run beside others (E6), as coroutines do: one thread, each step at its time, steps that are due together in the
 * order in which they were planned.
 */
final class SideNodes {
    /** Steps this close together count as due at the same time. */
    private static final long TOGETHER_NANOS = 4_000_000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingInt(Task::turn));
    private final Map<String, NodeResult> results = new HashMap<>();
    private int turns;

    /** The next step of a node. */
    private record Task(
            String nodeId,
            NodeResult result,
            Pending pending,
            RunCall.Steps steps,
            Runnable atEnd,
            int step,
            long due,
            int turn) {
        Task next(long newDue, int newTurn) {
            return new Task(nodeId, result, pending, steps, atEnd, step + 1, newDue, newTurn);
        }
    }

    void add(GraphRun run, String nodeId, NodeResult result, Runnable atEnd) {
        Pending pending = result.pending();
        if (pending == null) {
            throw new IllegalArgumentException("nothing to wait for");
        }
        long due = System.nanoTime() + pending.delay().toNanos();
        tasks.add(new Task(nodeId, result, pending, new RunCall.Steps(run, nodeId), atEnd, 1, due, turns++));
    }

    /** The node whose step is next. */
    String nextNode() {
        Task task = tasks.peek();
        return task == null ? "" : task.nodeId();
    }

    /** The result of a node whose steps are over, or null. */
    @Nullable
    NodeResult takeResult(String nodeId) {
        return results.remove(nodeId);
    }

    /** Waits for the next step, and takes all that are due by then. */
    void step(GraphRun run) throws NodeFailure, InterruptedRunException {
        Task first = tasks.peek();
        if (first == null) {
            throw new NodeFailure("graph.DependencyCycleError", "Dependency cycle detected");
        }
        run.services().interrupts().pause(Duration.ofNanos(first.due() - System.nanoTime()));
        long horizon = Math.max(first.due(), System.nanoTime()) + TOGETHER_NANOS;
        List<Task> due = new ArrayList<>();
        for (Task task = tasks.peek(); task != null && task.due() <= horizon; task = tasks.peek()) {
            due.add(tasks.remove());
        }
        for (Task task : due) {
            take(task, run);
        }
    }

    private void take(Task task, GraphRun run) throws InterruptedRunException {
        run.services().interrupts().check();
        task.steps().report(task.step(), task.pending().steps(), null);
        if (task.step() < task.pending().steps()) {
            tasks.add(task.next(System.nanoTime() + task.pending().delay().toNanos(), turns++));
        } else {
            results.put(task.nodeId(), NodeResult.of(task.result().outputs()));
            task.atEnd().run();
        }
    }
}
