package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.agent.internal.Judge.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is there and what is to be copied.
 *
 * @param jobs what is to be copied
 * @param there the agent's own files, of this version
 * @param kept how many models need nothing
 */
record Inventory(List<CopyJob> jobs, List<There> there, int kept) {
    /**
     * A file of the agent's own.
     *
     * @param wanted the model that it is
     * @param accessed when it was last read, in milliseconds since 1970
     */
    record There(Wanted wanted, long accessed) {}

    /** Looks at all of them; compares the files that others put there. */
    static Inventory take(Collection<Wanted> wanted, Judge judge, int threads)
            throws IOException, InterruptedException {
        List<CopyJob> jobs = new ArrayList<>();
        List<There> there = new ArrayList<>();
        List<Wanted> unknown = new ArrayList<>();
        int kept = 0;
        for (Wanted one : wanted) {
            Verdict verdict = judge.of(one);
            switch (verdict.need()) {
                case COPY -> jobs.add(new CopyJob(one, verdict.there(), verdict.accessed(), false));
                case COMPARISON -> unknown.add(one);
                case HELP -> {}
                case NOTHING -> {
                    kept++;
                    if (verdict.there() != null) {
                        there.add(new There(one, verdict.accessed()));
                    }
                }
            }
        }
        AtomicInteger same = new AtomicInteger();
        Crew.each(threads, unknown, one -> {
            if (judge.compare(one)) {
                same.incrementAndGet();
            }
        });
        return new Inventory(List.copyOf(jobs), List.copyOf(there), kept + same.get());
    }
}
