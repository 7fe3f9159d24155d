package io.github.comfyeks.server;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which jobs to list, and in what order. Immutable: each method returns a copy.
 *
 * @param statuses only jobs in these; empty: in any
 * @param workflowId only jobs of the workflow with this id, as it stood in {@code extra_pnginfo.workflow.id}
 * @param sortBy by creation unless it is said
 * @param ascending oldest or shortest first; otherwise last
 * @param limit how many at most, from 1; empty: all
 * @param offset how many to leave out first, from 0
 */
public record JobQuery(
        List<JobStatus> statuses,
        Optional<String> workflowId,
        JobSort sortBy,
        boolean ascending,
        OptionalInt limit,
        int offset) {

    private static final JobQuery ALL =
            new JobQuery(List.of(), Optional.empty(), JobSort.CREATED_AT, false, OptionalInt.empty(), 0);

    public JobQuery {
        statuses = List.copyOf(statuses);
        if (limit.isPresent() && limit.getAsInt() < 1) {
            throw new IllegalArgumentException("a limit must be 1 or more, not " + limit.getAsInt());
        }
        if (offset < 0) {
            throw new IllegalArgumentException("an offset must be 0 or more, not " + offset);
        }
    }

    /** All jobs, newest first. */
    public static JobQuery all() {
        return ALL;
    }

    /** Only jobs in one of these. */
    public JobQuery withStatus(JobStatus... only) {
        return new JobQuery(List.of(only), workflowId, sortBy, ascending, limit, offset);
    }

    /** Only jobs of this workflow. */
    public JobQuery withWorkflowId(String id) {
        return new JobQuery(statuses, Optional.of(id), sortBy, ascending, limit, offset);
    }

    /** In this order. */
    public JobQuery sortedBy(JobSort sort, boolean fromLowest) {
        return new JobQuery(statuses, workflowId, sort, fromLowest, limit, offset);
    }

    /** At most so many, after the first {@code skipped}. */
    public JobQuery page(int max, int skipped) {
        return new JobQuery(statuses, workflowId, sortBy, ascending, OptionalInt.of(max), skipped);
    }
}
