package io.github.comfyeks.execution;

/** Told the events of one run, in order, one at a time, on the client's listener threads or its own executor. */
@FunctionalInterface
public interface ExecutionListener {
    /** What it throws is logged and otherwise ignored. It may block; then droppable events are left out. */
    void onEvent(ExecutionEvent event);
}
