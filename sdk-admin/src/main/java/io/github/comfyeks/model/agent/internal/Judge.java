package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.agent.internal.CopyRecord.Origin;
import io.github.comfyeks.model.store.ModelChecksum;
import io.github.comfyeks.model.store.StoreException;
import io.github.comfyeks.model.store.internal.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what each model needs, from what lies under its name and what the log knows of it. */
final class Judge {
    private static final int CHUNK = 1 << 18;

    private final Workplace place;
    private final Tally tally;

    Judge(Workplace place, Tally tally) {
        this.place = place;
        this.tally = tally;
    }

    /** What a model needs. */
    enum Need {
        NOTHING,
        COPY,
        /** Others put a file there; it may be the same. */
        COMPARISON,
        /** It cannot be; the tally says why. */
        HELP
    }

    /**
     * @param need what it needs
     * @param there the file of ours that is there; null if none is
     * @param accessed when that was last read, in milliseconds since 1970
     */
    record Verdict(Need need, @Nullable Stamp there, long accessed) {}

    Verdict of(Wanted wanted) throws IOException {
        Found found = place.folder().at(wanted.key());
        Stamp stamp = found.stamp();
        if (found.obstacle() != null) {
            tally.conflicts.put(wanted.key(), found.obstacle());
            return new Verdict(Need.HELP, null, 0);
        }
        if (stamp == null) {
            return new Verdict(Need.COPY, null, 0);
        }
        Optional<CopyRecord> known =
                place.log().find(wanted.key()).filter(record -> record.stamp().equals(stamp));
        boolean same =
                known.isPresent() && known.get().etag().equals(wanted.model().etag());
        if (known.isPresent() && known.get().is(Origin.COPIED)) {
            if (known.get().missing() != 0) {
                place.log().put(known.get().missingSince(0));
            }
            return new Verdict(same ? Need.NOTHING : Need.COPY, stamp, found.accessed());
        }
        if (same && known.get().is(Origin.FOUND)) {
            return new Verdict(Need.NOTHING, null, 0);
        }
        if (same && known.get().is(Origin.DIFFERENT)) {
            conflict(wanted);
            return new Verdict(Need.HELP, null, 0);
        }
        return new Verdict(Need.COMPARISON, null, 0);
    }

    private void conflict(Wanted wanted) {
        tally.conflicts.put(wanted.key(), "a file that is not the agent's stands in its place, with other content");
    }

    /** Whether the file that others put there is the same; if not, the tally says so. */
    boolean compare(Wanted wanted) {
        try {
            Stamp stamp = place.folder().at(wanted.key()).stamp();
            boolean same = stamp != null && stamp.size() == wanted.model().size() && hasSameContent(wanted);
            if (stamp == null
                    || !Objects.equals(stamp, place.folder().at(wanted.key()).stamp())) {
                tally.failed.put(wanted.key(), "a file in its place changes");
                return false;
            }
            Origin origin = same ? Origin.FOUND : Origin.DIFFERENT;
            place.log().put(new CopyRecord(wanted.key(), origin, wanted.model().etag(), stamp, 0, place.now()));
            if (!same) {
                conflict(wanted);
            }
            return same;
        } catch (StoreException e) {
            tally.failed.put(wanted.key(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            tally.failed.put(wanted.key(), "the file in its place cannot be read: " + e);
        }
        return false;
    }

    private boolean hasSameContent(Wanted wanted) throws IOException {
        ModelChecksum expected = Copy.expected(wanted, place.store().checksums(wanted.model()));
        if (expected == null) {
            return false;
        }
        Path file = place.folder().path(wanted.key());
        Hash hash = Hash.of(expected.algorithm());
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                hash.update(chunk, 0, count);
            }
        }
        return hash.hex().equals(expected.hex());
    }
}
