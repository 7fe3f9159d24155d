package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.agent.internal.CopyRecord.Origin;
import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Models that the agent copied and that the bucket has no more: removed after a grace time, and never while in use. */
final class Leftovers {
    private final Workplace place;
    private final long grace;

    /** @param grace in milliseconds */
    Leftovers(Workplace place, long grace) {
        this.place = place;
        this.grace = grace;
    }

    /** @param wanted what the bucket has */
    void remove(Set<ModelKey> wanted, Tally tally) throws IOException {
        List<CopyRecord> due = new ArrayList<>();
        for (CopyRecord record : place.log().all()) {
            if (wanted.contains(record.key())) {
                continue;
            }
            if (!isOurs(record)) {
                place.log().remove(record.key());
            } else if (isDue(record)) {
                due.add(record);
            } else {
                tally.waiting.put(record.key(), "the bucket has it no more; it stays for the grace time");
            }
        }
        removeUnused(due, tally);
    }

    /** Copied by us, and as we left it. */
    boolean isOurs(CopyRecord record) {
        return record.is(Origin.COPIED)
                && record.stamp().equals(place.folder().at(record.key()).stamp());
    }

    /** A clock that was set back begins the grace time anew. */
    private boolean isDue(CopyRecord record) throws IOException {
        long now = place.now();
        long since = record.missing() == 0 || record.missing() > now ? now : record.missing();
        if (since != record.missing()) {
            place.log().put(record.missingSince(since));
        }
        return now - since >= grace;
    }

    private void removeUnused(List<CopyRecord> due, Tally tally) throws IOException {
        Set<Path> used = place.host()
                .inUse()
                .among(due.stream()
                        .map(record -> place.folder().path(record.key()))
                        .toList());
        for (CopyRecord record : due) {
            if (used.contains(place.folder().path(record.key()))) {
                tally.waiting.put(record.key(), "the bucket has it no more; it stays while a process uses it");
            } else {
                try {
                    place.folder().remove(record.key());
                    place.log().remove(record.key());
                    tally.removed.add(record.key());
                } catch (IOException e) {
                    tally.failed.put(record.key(), "it cannot be removed: " + e);
                }
            }
        }
    }
}
