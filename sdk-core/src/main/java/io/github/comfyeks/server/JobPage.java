package io.github.comfyeks.server;

import java.util.List;

/**
 * A part of the list of jobs. Immutable.
 *
 * @param jobs in the order that was asked for
 * @param offset how many were left out before them
 * @param total how many fit the query in all
 * @param hasMore whether more follow
 */
public record JobPage(List<Job> jobs, int offset, int total, boolean hasMore) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
