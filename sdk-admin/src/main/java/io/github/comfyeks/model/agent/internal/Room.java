package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which models a byte limit leaves room for. What must stay comes first, then what is in use, what is new, what is there (the least
 * recently used last), and what was evicted before: that comes back only into room that nobody else has.
 */
final class Room {
    private Room() {}

    /** How much one has a right to room, the most first. */
    enum Claim {
        STAYS,
        IN_USE,
        NEW,
        THERE,
        EVICTED_BEFORE,
        LEFT_OVER
    }

    /**
     * A model that takes or wants room.
     *
     * @param key its name
     * @param size in bytes
     * @param claim its right
     * @param used when it was last used, in milliseconds since 1970
     */
    record Candidate(ModelKey key, long size, Claim claim, long used) {}

    private static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::claim)
            .thenComparing(Comparator.comparingLong(Candidate::used).reversed())
            .thenComparing(Candidate::key);

    /** Those that there is no room for. */
    static List<Candidate> without(long limit, List<Candidate> candidates) {
        List<Candidate> out = new ArrayList<>();
        long taken = 0;
        for (Candidate candidate : candidates.stream().sorted(ORDER).toList()) {
            if (candidate.size() > limit - taken) {
                out.add(candidate);
            } else {
                taken += candidate.size();
            }
        }
        return out;
    }
}
