package io.github.comfyeks.server;

/**
 * What a list of jobs is sorted by. Open. Immutable.
 *
 * @param value ComfyUI's name of it, {@code sort_by}
 */
public record JobSort(String value) {
    public static final JobSort CREATED_AT = new JobSort("created_at");
    public static final JobSort EXECUTION_DURATION = new JobSort("execution_duration");

    @Override
    public String toString() {
        return value;
    }
}
