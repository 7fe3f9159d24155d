package io.github.comfyeks.execution;

import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The events of a run from its submission on, for one consumer; ends by itself after the last event. Bounded: a slow
 * consumer misses progress and previews, never the rest. Closing it early only stops the events.
 */
public interface EventStream extends Iterable<ExecutionEvent>, AutoCloseable {
    /**
     * Waits for each next event. Call once.
     *
     * <p>{@code hasNext} throws {@link io.github.comfyeks.error.DetachedException} if the thread is interrupted while it
     * waits; the flag is set again.
     */
    @Override
    Iterator<ExecutionEvent> iterator();

    /** The same as a stream that ends by itself. */
    default Stream<ExecutionEvent> stream() {
        return StreamSupport.stream(spliterator(), false).onClose(this::close);
    }

    @Override
    void close();
}
