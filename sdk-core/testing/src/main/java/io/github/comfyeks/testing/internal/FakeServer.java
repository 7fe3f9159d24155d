package io.github.comfyeks.testing.internal;

import io.github.comfyeks.testing.internal.Affinity.Target;
import io.github.comfyeks.testing.internal.fault.FaultPlan;
import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.files.UserData;
import io.github.comfyeks.testing.internal.http.Engine;
import io.github.comfyeks.testing.internal.http.Engine.Exchange;
import io.github.comfyeks.testing.internal.http.Request;
import io.github.comfyeks.testing.internal.http.Response;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import io.github.comfyeks.testing.internal.run.QueueItem;
import io.github.comfyeks.testing.internal.run.RunResult;
import io.github.comfyeks.testing.internal.run.Worker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The fake server itself: the port, the process behind it, and a second process for the wrong pod. */
public final class FakeServer {
    private final ServerConfig config;
    private final FaultPlan faults;
    private final NodeTypes types = new NodeTypes();
    private final Journal journal = new Journal();
    private final Affinity affinity = new Affinity();
    private final Gate gate;
    private final Engine engine;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(body -> {
        Thread thread = new Thread(body, "fake-comfyui-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Response> canned = new ConcurrentHashMap<>();
    private final Object changing = new Object();
    private final int port;
    private volatile PodRuntime pod;
    private volatile @Nullable PodRuntime wrongPod;
    private @Nullable ScheduledFuture<?> dropping;
    private int generation;
    private boolean paused;
    private boolean closed;
    private boolean listening = true;

    public FakeServer(ServerConfig config) {
        this.config = config;
        this.faults = new FaultPlan(config.seed());
        this.gate = new Gate(faults, config.version());
        this.paused = config.paused();
        this.pod = newPod(new Folders(), new UserData());
        this.engine =
                new Engine(InetAddress.getLoopbackAddress(), config.tls(), config.clientCertificates(), this::answer);
        this.port = engine.start(config.port());
    }

    private PodRuntime newPod(Folders folders, UserData userData) {
        return new PodRuntime(config, faults, types, folders, userData, journal, paused, new RunWitness(generation));
    }

    private Exchange answer(Request.Source request, String path) {
        String plainPath = path.startsWith("/api/") ? path.substring(4) : path;
        journal.requested(request.method() + " " + plainPath);
        boolean sticky = faults.affinity();
        Target target = sticky ? affinity.route(request.header("Cookie")) : Target.RIGHT;
        Response response = gate.stop(request);
        if (response == null) {
            response = canned.get(request.method() + " " + plainPath);
        }
        if (response == null) {
            PodRuntime process = target == Target.RIGHT ? pod : wrongPod();
            response = process.router().answer(request, path);
            if (request.method().equals("POST") && plainPath.equals("/prompt") && faults.takeLostAnswer()) {
                response = response.asLost();
            }
        }
        FaultPlan.SlowBodies slow = faults.slowBodies();
        return new Exchange(
                response,
                sticky ? affinity.cookies(target) : List.of(),
                slow.bytes(),
                slow.period().toNanos());
    }

    private PodRuntime wrongPod() {
        synchronized (changing) {
            PodRuntime other = wrongPod;
            if (other == null) {
                other = newPod(new Folders(), new UserData());
                wrongPod = other;
            }
            return other;
        }
    }

    public int port() {
        return port;
    }

    public ServerConfig config() {
        return config;
    }

    public FaultPlan faults() {
        return faults;
    }

    public Journal journal() {
        return journal;
    }

    public NodeTypes types() {
        return types;
    }

    /** The folders of the process that tests talk to. */
    public Folders folders() {
        return pod.folders();
    }

    /** Gives a fixed answer to a route instead of the server's, or takes it back for null. */
    public void can(String route, @Nullable Response response) {
        if (response == null) {
            canned.remove(route);
        } else {
            canned.put(route, response);
        }
    }

    public void pause() {
        synchronized (changing) {
            paused = true;
            eachPod(process -> process.queue().pause());
        }
    }

    public void resume() {
        synchronized (changing) {
            paused = false;
            eachPod(process -> process.queue().resume());
        }
    }

    /** Lets a paused worker run one prompt. */
    public void runNext() {
        pod.queue().permitOne();
    }

    /** The worker takes nothing any more until a restart (S14). */
    public void killWorker() {
        pod.queue().killWorker();
    }

    private void eachPod(java.util.function.Consumer<PodRuntime> action) {
        action.accept(pod);
        PodRuntime other = wrongPod;
        if (other != null) {
            action.accept(other);
        }
    }

    public boolean awaitIdle(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            PodRuntime process = pod;
            boolean idle = process.queue().awaitIdle(end - System.nanoTime());
            if (process == pod || System.nanoTime() >= end) {
                return idle;
            }
        }
    }

    public boolean awaitRunning(Duration limit) throws InterruptedException {
        return pod.queue().awaitRunning(limit.toNanos());
    }

    public boolean awaitOpenSockets(int count, Duration limit) throws InterruptedException {
        return pod.hub().awaitOpenSockets(count, limit.toNanos());
    }

    public int openSockets() {
        PodRuntime other = wrongPod;
        return pod.hub().openSockets() + (other == null ? 0 : other.hub().openSockets());
    }

    /** Cuts all event sockets now. */
    public void dropSockets() {
        eachPod(process -> process.hub().dropAll());
    }

    /** Cuts all event sockets again and again; null ends that. */
    public void dropSocketsEvery(@Nullable Duration period) {
        synchronized (changing) {
            faults.dropEvery(period);
            if (dropping != null) {
                dropping.cancel(false);
                dropping = null;
            }
            if (period != null) {
                long nanos = period.toNanos();
                dropping = timer.scheduleAtFixedRate(this::dropSockets, nanos, nanos, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Kills the process and starts a new one: queue, history and cache are gone, files in input and output remain. */
    public void restart() {
        synchronized (changing) {
            if (!closed) {
                generation++;
                PodRuntime old = pod;
                old.folders().clear("temp");
                pod = newPod(old.folders(), old.userData());
                old.kill();
            }
        }
    }

    /** Restarts unless somebody else has done so meanwhile. */
    private void restartOnly(int fromGeneration) {
        synchronized (changing) {
            if (generation == fromGeneration) {
                restart();
            }
        }
    }

    /** The same with a while in between in which connections are refused. */
    public void restart(Duration downtime) {
        synchronized (changing) {
            if (closed) {
                return;
            }
            pod.kill();
            engine.stop();
            listening = false;
            later(downtime, this::comeBack);
        }
    }

    /** Waits until connections are taken; false when the time is over. */
    public boolean awaitListening(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (changing) {
            while (!listening) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(changing, left);
            }
            return true;
        }
    }

    private void later(Duration delay, Runnable action) {
        ScheduledFuture<?> unused = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void comeBack() {
        synchronized (changing) {
            if (!closed) {
                restart();
                engine.start(port);
                listening = true;
                changing.notifyAll();
            }
        }
    }

    /** Ends everything. */
    public void close() {
        synchronized (changing) {
            if (closed) {
                return;
            }
            closed = true;
            timer.shutdownNow();
            eachPod(PodRuntime::kill);
            engine.stop();
        }
    }

    /** Watches runs, and brings the faults about that strike at their end. */
    private final class RunWitness implements Worker.Witness {
        private final int bornIn;

        RunWitness(int bornIn) {
            this.bornIn = bornIn;
        }

        @Override
        public void started(QueueItem item) {
            journal.started(item);
        }

        @Override
        public void ended(QueueItem item, RunResult result) {
            journal.ended(item, result);
        }

        @Override
        public boolean survives(QueueItem item) {
            if (!faults.takeDeathBeforeHistory()) {
                return true;
            }
            pod.hub().flush();
            restartOnly(bornIn);
            return false;
        }

        @Override
        public boolean recordsNow(QueueItem item, Runnable record) {
            FaultPlan.HistoryFault fault = faults.history();
            if (fault.lost()) {
                return false;
            }
            if (fault.delay().isZero()) {
                return true;
            }
            later(fault.delay(), record);
            return false;
        }
    }
}
