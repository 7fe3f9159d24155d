package io.github.comfyeks.execution.internal;

import io.github.comfyeks.execution.EventStream;
import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.ExecutionListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is told the events of one run, and the events that a late consumer must still be told. Guarded by the run's lock;
 * handing over to a queue never blocks.
 */
final class Consumers {
    private static final Logger log = LoggerFactory.getLogger(Consumers.class);

    /** Of the past, so many events are kept for late consumers; beyond, the oldest go. */
    private static final int KEPT = 1_000;

    private final Executor executor;
    private final List<ExecutionEvent> past = new ArrayList<>(8);
    private final List<EventQueue> queues = new ArrayList<>(0);
    private final List<Pump> pumps = new ArrayList<>(0);
    private @Nullable List<ExecutionEvent> held;

    Consumers(Executor executor) {
        this.executor = executor;
    }

    /** Keeps events back until {@link #release}: a fast run begins before the answer to its submission is read. */
    void hold() {
        held = new ArrayList<>(4);
    }

    /** Publishes this first, if it is one, and then what was held. */
    void release(@Nullable ExecutionEvent first) {
        List<ExecutionEvent> waiting = held;
        held = null;
        if (first != null) {
            publish(first);
        }
        if (waiting != null) {
            waiting.forEach(this::publish);
        }
    }

    /** Whether droppable events are worth making. */
    boolean any() {
        return !queues.isEmpty();
    }

    void publish(ExecutionEvent event) {
        if (held != null) {
            held.add(event);
            return;
        }
        if (!event.isDroppable()) {
            if (past.size() >= KEPT) {
                past.remove(0);
            }
            past.add(event);
        }
        for (EventQueue queue : queues) {
            queue.add(event);
        }
        for (Pump pump : pumps) {
            pump.wake();
        }
    }

    private EventQueue open() {
        EventQueue queue = new EventQueue();
        past.forEach(queue::add);
        queues.add(queue);
        return queue;
    }

    void listen(ExecutionListener listener) {
        Pump pump = new Pump(open(), listener);
        pumps.add(pump);
        pump.wake();
    }

    /** @param interrupted makes the exception for a thread that is interrupted while it waits */
    EventStream stream(Supplier<RuntimeException> interrupted) {
        return new Stream(open(), interrupted);
    }

    /** Delivers to one listener, one event at a time, never two threads at once. */
    private final class Pump implements Runnable {
        private static final int BATCH = 64;

        private final EventQueue queue;
        private final ExecutionListener listener;
        private final AtomicBoolean scheduled = new AtomicBoolean();

        Pump(EventQueue queue, ExecutionListener listener) {
            this.queue = queue;
            this.listener = listener;
        }

        void wake() {
            if (scheduled.compareAndSet(false, true)) {
                executor.execute(this);
            }
        }

        @Override
        public void run() {
            ExecutionEvent event = null;
            for (int i = 0; i < BATCH && (event = queue.poll()) != null; i++) {
                try {
                    listener.onEvent(event);
                } catch (RuntimeException e) {
                    log.warn("a listener failed on {}", event, e);
                }
            }
            scheduled.set(false);
            if (event != null || queue.hasNext()) {
                wake(); // others first: one busy run does not keep the thread
            }
        }
    }

    private static final class Stream implements EventStream {
        private final EventQueue queue;
        private final Supplier<RuntimeException> interrupted;
        private boolean taken;

        Stream(EventQueue queue, Supplier<RuntimeException> interrupted) {
            this.queue = queue;
            this.interrupted = interrupted;
        }

        @Override
        public Iterator<ExecutionEvent> iterator() {
            if (taken) {
                throw new IllegalStateException("events are read once; ask the run for another stream");
            }
            taken = true;
            return new Events(queue, interrupted);
        }

        @Override
        public void close() {
            queue.close();
        }
    }

    private static final class Events implements Iterator<ExecutionEvent> {
        private final EventQueue queue;
        private final Supplier<RuntimeException> interrupted;
        private @Nullable ExecutionEvent next;

        Events(EventQueue queue, Supplier<RuntimeException> interrupted) {
            this.queue = queue;
            this.interrupted = interrupted;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                try {
                    next = queue.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw interrupted.get();
                }
            }
            return next != null;
        }

        @Override
        public ExecutionEvent next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("the run's last event has been read");
            }
            ExecutionEvent event = next;
            next = null;
            return event;
        }
    }
}
