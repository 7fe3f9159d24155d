package io.github.comfyeks.server;

/**
 * Where the jobs API says that a job stands. Open: a later server may say something else. Immutable.
 *
 * @param value ComfyUI's word for it
 */
public record JobStatus(String value) {
    public static final JobStatus PENDING = new JobStatus("pending");
    public static final JobStatus IN_PROGRESS = new JobStatus("in_progress");
    public static final JobStatus COMPLETED = new JobStatus("completed");

    /** A node raised; on servers that do not know {@link #CANCELLED}, such as 0.8.0, interrupted runs too. */
    public static final JobStatus FAILED = new JobStatus("failed");

    /** Interrupted. A job that was taken out of the queue before it began is not listed at all. */
    public static final JobStatus CANCELLED = new JobStatus("cancelled");

    @Override
    public String toString() {
        return value;
    }
}
