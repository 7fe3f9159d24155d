package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.agent.internal.CopyRecord.Origin;
import io.github.comfyeks.model.agent.internal.Room.Candidate;
import io.github.comfyeks.model.agent.internal.Room.Claim;
import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps the agent's own files within a byte limit. */
final class Eviction {
    private static final long NOTED_AFTER = TimeUnit.HOURS.toMillis(1);

    private final Workplace place;
    private final Leftovers leftovers;
    private final long limit;
    private final Tally tally;
    private final Set<Path> inUse;

    Eviction(Workplace place, Leftovers leftovers, long limit, Tally tally) throws IOException {
        this.place = place;
        this.leftovers = leftovers;
        this.limit = limit;
        this.tally = tally;
        this.inUse = place.host()
                .inUse()
                .among(place.log().all().stream()
                        .filter(record -> record.is(Origin.COPIED))
                        .map(record -> place.folder().path(record.key()))
                        .toList());
        noteUse();
    }

    private void noteUse() throws IOException {
        for (CopyRecord record : place.log().all()) {
            if (isInUse(record.key()) && place.now() - record.used() > NOTED_AFTER) {
                place.log().put(record.usedAt(place.now()));
            }
        }
    }

    private boolean isInUse(ModelKey key) {
        return inUse.contains(place.folder().path(key));
    }

    /** Removes what there is no room for; what may be copied then. */
    List<CopyJob> makeRoom(Map<ModelKey, Wanted> wanted, Inventory inventory) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (CopyJob job : inventory.jobs()) {
            candidates.add(candidate(job.wanted(), job.before() != null, job.accessed()));
        }
        for (Inventory.There there : inventory.there()) {
            candidates.add(candidate(there.wanted(), true, there.accessed()));
        }
        for (CopyRecord record : place.log().all()) {
            if (!wanted.containsKey(record.key()) && leftovers.isOurs(record)) {
                Claim claim = isInUse(record.key()) ? Claim.IN_USE : Claim.LEFT_OVER;
                candidates.add(new Candidate(record.key(), record.stamp().size(), claim, record.used()));
            }
        }
        Set<ModelKey> out = new TreeSet<>();
        for (Candidate candidate : Room.without(limit, candidates)) {
            out.add(candidate.key());
            leave(candidate, wanted.get(candidate.key()));
        }
        return inventory.jobs().stream()
                .filter(job -> !out.contains(job.wanted().key()))
                .toList();
    }

    private Candidate candidate(Wanted wanted, boolean isThere, long accessed) {
        Optional<CopyRecord> record = place.log().find(wanted.key());
        Claim claim;
        if (wanted.stays()) {
            claim = Claim.STAYS;
        } else if (isThere) {
            claim = isInUse(wanted.key()) ? Claim.IN_USE : Claim.THERE;
        } else {
            claim = record.filter(one -> wasEvicted(one, wanted)).isPresent() ? Claim.EVICTED_BEFORE : Claim.NEW;
        }
        long used = record.map(CopyRecord::used).orElse(0L);
        return new Candidate(wanted.key(), wanted.model().size(), claim, Math.max(used, accessed));
    }

    private static boolean wasEvicted(CopyRecord record, Wanted wanted) {
        return record.is(Origin.EVICTED) && record.etag().equals(wanted.model().etag());
    }

    private void leave(Candidate candidate, @Nullable Wanted wanted) throws IOException {
        ModelKey key = candidate.key();
        Optional<CopyRecord> ours = place.log().find(key).filter(leftovers::isOurs);
        boolean isHeld = ours.isPresent() && (isInUse(key) || (wanted != null && wanted.stays()));
        if (wanted != null
                && !(isHeld && ours.get().etag().equals(wanted.model().etag()))) {
            String reason = "the limit of " + limit + " bytes leaves no room for its " + candidate.size();
            (wanted.stays() ? tally.failed : tally.skipped).put(key, reason);
        }
        if (isHeld) {
            return;
        }
        if (ours.isPresent()) {
            place.folder().remove(key);
            tally.evicted.add(key);
            tally.waiting.remove(key);
        }
        if (wanted == null) {
            place.log().remove(key);
        } else if (place.log()
                .find(key)
                .filter(record -> wasEvicted(record, wanted))
                .isEmpty()) {
            place.log()
                    .put(new CopyRecord(
                            key,
                            Origin.EVICTED,
                            wanted.model().etag(),
                            new Stamp(wanted.model().size(), 0),
                            0,
                            candidate.used()));
        }
    }
}
