package io.github.comfyeks.testing.internal;

import io.github.comfyeks.testing.internal.fault.FaultPlan;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.files.UserData;
import io.github.comfyeks.testing.internal.http.Pod;
import io.github.comfyeks.testing.internal.http.Router;
import io.github.comfyeks.testing.internal.http.Routes;
import io.github.comfyeks.testing.internal.nodes.Interrupts;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import io.github.comfyeks.testing.internal.run.History;
import io.github.comfyeks.testing.internal.run.PromptQueue;
import io.github.comfyeks.testing.internal.run.RunServices;
import io.github.comfyeks.testing.internal.run.RunningClient;
import io.github.comfyeks.testing.internal.run.Worker;
import io.github.comfyeks.testing.internal.schema.Schemas;
import io.github.comfyeks.testing.internal.ws.SocketHub;
import java.util.concurrent.atomic.AtomicLong;

/** One server process: a queue, a history, a worker and its sockets. A restart makes a new one. */
final class PodRuntime {
    private final PromptQueue queue;
    private final SocketHub hub;
    private final Interrupts interrupts;
    private final Folders folders;
    private final UserData userData;
    private final Router router;

    /** Starts a process; the folders and the user's files are those of the disk and outlive it. */
    PodRuntime(
            ServerConfig config,
            FaultPlan faults,
            NodeTypes types,
            Folders folders,
            UserData userData,
            Journal journal,
            boolean paused,
            Worker.Witness witness) {
        this.folders = folders;
        this.userData = userData;
        hub = new SocketHub(faults);
        interrupts = new Interrupts(faults::takeLostInterrupt);
        queue = new PromptQueue(hub, interrupts, paused);
        History history = new History();
        Schemas schemas = new Schemas(config.objectInfo(), config.models(), folders);
        RunningClient runningClient = new RunningClient();
        RunServices services = new RunServices(
                config.version(), schemas, types, folders, hub, interrupts, config.pace(), runningClient);
        Worker worker = new Worker(queue, history, services, witness);
        router = Routes.of(new Pod(
                config.version(),
                queue,
                history,
                hub,
                folders,
                userData,
                config.models(),
                config.maxUploadSize(),
                schemas,
                types,
                runningClient,
                worker::clearCache,
                new AtomicLong(),
                journal::queued));
        startThread("fake-comfyui-worker", worker);
        startThread("fake-comfyui-events", hub::publish);
    }

    private static void startThread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    Router router() {
        return router;
    }

    PromptQueue queue() {
        return queue;
    }

    SocketHub hub() {
        return hub;
    }

    Folders folders() {
        return folders;
    }

    UserData userData() {
        return userData;
    }

    /** Ends it as a kill does: sockets are cut, nothing is finished. */
    void kill() {
        hub.close();
        queue.close();
        interrupts.close();
    }
}
