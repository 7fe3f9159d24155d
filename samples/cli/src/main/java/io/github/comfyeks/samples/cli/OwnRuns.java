package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.execution.Execution;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The runs that this command has submitted: Ctrl-C interrupts them, and no others. */
final class OwnRuns implements AutoCloseable {
    private final Set<Execution> runs = ConcurrentHashMap.newKeySet();
    private final ComfyClient client;
    private final Thread hook = new Thread(this::interruptAll, "comfyeks-ctrl-c");

    OwnRuns(ComfyClient client) {
        this.client = client;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void add(Execution run) {
        runs.add(run);
    }

    void remove(Execution run) {
        runs.remove(run);
    }

    private void interruptAll() {
        for (Execution run : runs) {
            try {
                run.interrupt();
            } catch (ComfyException e) {
                System.err.println("comfyeks: run " + run.promptId() + " was not interrupted: " + e.getMessage());
            }
        }
        client.close();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is on its way down: then the hook runs
            return;
        }
        client.close();
    }
}
