package io.github.comfyeks.error;

/** The limits of time and size that a caller sets, by name. */
public enum Limit {
    /** Opening a connection. */
    CONNECT,
    /** One HTTP request, from its start to the head of its answer, and between two reads of a body. */
    REQUEST,
    /** Waiting in the server's queue. */
    QUEUED,
    /** Time without any sign of progress of a run. */
    NO_PROGRESS,
    /** The whole run, from submission to end. */
    TOTAL,
    /** One call of {@code await(Duration)}. */
    AWAIT,
    /** Bytes of one download. */
    SIZE
}
