package io.github.comfyeks.model.agent;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.agent.internal.AgentFolder;
import io.github.comfyeks.model.agent.internal.Host;
import io.github.comfyeks.model.agent.internal.Setbacks;
import io.github.comfyeks.model.agent.internal.Sync;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder in step with a bucket: copies what the bucket has, replaces what has changed, removes what is gone. A reader of the
 * folder sees whole models only: each is copied aside, proved by its checksum and then moved in place. Only what the agent itself
 * copied is ever replaced or removed; what others put there stays, and stands in the way of a model of the same name unless it is
 * the same.
 *
 * <p>Its state lies in {@code .comfyeks} in that folder; after a crash at any point the next agent goes on there. One folder has one
 * agent. Safe for any number of threads.
 */
public final class NodeAgent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeAgent.class);

    private final ModelStore store;
    private final AgentOptions options;
    private final AgentFolder folder;
    private final Setbacks setbacks = new Setbacks();
    private final Semaphore nudges = new Semaphore(0);
    private final ReentrantLock looking = new ReentrantLock();
    private final AtomicLong bytes = new AtomicLong();

    private volatile ModelManifest manifest = ModelManifest.NONE;
    private volatile boolean ready;
    private volatile boolean busy;
    private volatile long generation;
    private volatile @Nullable Instant troubled;
    private volatile @Nullable AgentReport last;
    private volatile boolean closed;
    private @Nullable Thread thread;

    private NodeAgent(ModelStore store, AgentOptions options, AgentFolder folder) {
        this.store = store;
        this.options = options;
        this.folder = folder;
    }

    /**
     * An agent for a folder; it does nothing yet.
     *
     * @throws LocalFileException if the folder cannot be used, or another agent keeps it
     */
    public static NodeAgent create(ModelStore store, AgentOptions options) {
        return create(store, options, Host.REAL);
    }

    /** The same on a machine of the tests' choice. */
    static NodeAgent create(ModelStore store, AgentOptions options, Host host) {
        return new NodeAgent(store, options, AgentFolder.open(options.folder(), store, host));
    }

    /**
     * Looks at bucket and folder once, and returns when they are in step, or what is in the way is known. What fails is in the report.
     *
     * @throws InterruptedException if interrupted; what is half there is kept, and this agent can only be closed
     */
    public AgentReport sync() throws InterruptedException {
        setbacks.forgive();
        return look();
    }

    /** Begins to look by itself: now, when nudged, when the manifest changes, and every few minutes. Does nothing the second time. */
    public void start() {
        looking.lock();
        try {
            if (thread == null && !closed) {
                Thread started = new Thread(this::watch, "comfyeks-agent");
                started.setDaemon(true);
                started.start();
                thread = started;
            }
        } finally {
            looking.unlock();
        }
    }

    /** Makes a started agent look at once; if it is looking, once more after that. */
    public void nudge() {
        setbacks.forgive();
        if (nudges.availablePermits() == 0) {
            nudges.release();
        }
    }

    /** How it is now. */
    public AgentStatus status() {
        return new AgentStatus(ready, busy, generation, bytes.get(), troubled, last);
    }

    /** The options it was made with. */
    public AgentOptions options() {
        return options;
    }

    private void watch() {
        try {
            while (!closed) {
                nudges.drainPermits();
                AgentReport report = look();
                boolean isDone = report.problem().isEmpty() && report.failed().isEmpty();
                await(isDone ? scattered(options.fullPass()) : shorter(options.poll(), options.fullPass()));
            }
        } catch (InterruptedException e) {
            log.debug("the agent of {} ends", options.folder());
        }
    }

    /** Nodes that started together shall not list together. */
    private static Duration scattered(Duration interval) {
        return Duration.ofNanos(
                (long) (interval.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Returns when there is a reason to look again. */
    private void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0 || nudges.tryAcquire(Math.min(left, options.poll().toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (end - System.nanoTime() > 0 && hasManifestChanged()) {
                return;
            }
        }
    }

    private boolean hasManifestChanged() {
        try {
            return !store.manifest(manifest).etag().equals(manifest.etag());
        } catch (StoreException e) {
            log.debug("the manifest cannot be polled", e); // the next look says so, if it is still so
            return false;
        }
    }

    private AgentReport look() throws InterruptedException {
        looking.lockInterruptibly();
        try {
            if (closed) {
                throw new InterruptedException("the agent is closed");
            }
            busy = true;
            Sync sync = new Sync(folder.place(), options, setbacks, manifest, new Sync.Progress() {
                @Override
                public void ready(boolean isReady) {
                    readyNow(isReady);
                }

                @Override
                public void accept(int count) {
                    bytes.addAndGet(count);
                    tell(() -> options.listener().onBytes(count));
                }
            });
            AgentReport report = sync.run();
            manifest = sync.manifest();
            seen(report);
            return report;
        } finally {
            busy = false;
            looking.unlock();
        }
    }

    private void seen(AgentReport report) {
        last = report;
        generation = report.inStep() ? report.generation() : generation;
        if (report.problem().isEmpty()) {
            troubled = null;
        } else if (troubled == null) {
            troubled = report.started();
        }
        tell(() -> options.listener().onReport(report));
    }

    private void readyNow(boolean isReady) {
        if (ready) {
            return; // a node in service stays so
        }
        try {
            if (isReady) {
                if (options.readyFile().isPresent()) {
                    Path file = options.readyFile().get().toAbsolutePath();
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, "ready\n");
                }
                ready = true;
                tell(options.listener()::onReady);
            } else if (options.readyFile().isPresent()) {
                Files.deleteIfExists(options.readyFile().get());
            }
        } catch (IOException e) {
            log.error("the file that says ready cannot be changed; it is tried again", e);
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.error("a listener failed", e);
        }
    }

    /** Stops, keeps what is half there for the next agent, and lets the folder go. A look that another thread asked for ends first. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        looking.lock();
        try {
            folder.close();
        } finally {
            looking.unlock();
        }
    }
}
