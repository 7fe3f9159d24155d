package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.agent.internal.CopyRecord.Origin;
import io.github.comfyeks.model.store.ModelChecksum;
import io.github.comfyeks.model.store.ModelChecksum.Algorithm;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.internal.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One model on its way into the folder. Parts come in any order and from many threads; the checksum is computed in order as they come, so
 * that nothing is read twice. A part that came before its turn keeps its buffer until then.
 */
final class Copy implements AutoCloseable {
    private final CopyJob job;
    private final Partial partial;
    private final @Nullable ModelChecksum expected;
    private final Hash hash;
    private final Consumer<byte[]> buffers;

    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet resumed = new BitSet();
    private final Map<Integer, byte[]> early = new HashMap<>();
    private int hashed;
    private boolean hashing;

    /** Guarded by the copier's lock: the next part that nobody fetches yet, how many are being fetched, why none shall be any more. */
    private int next;

    int fetching;
    private @Nullable Outcome failure;
    private boolean broken;

    private Copy(CopyJob job, Partial partial, @Nullable ModelChecksum expected, Consumer<byte[]> buffers) {
        this.job = job;
        this.partial = partial;
        this.expected = expected;
        this.hash = Hash.of(expected == null ? Algorithm.SHA_256 : expected.algorithm());
        this.buffers = buffers;
        for (int part = 0; part < partial.parts(); part++) {
            resumed.set(part, partial.has(part));
        }
        next = resumed.nextClearBit(0);
    }

    /** @param buffers where to leave buffers that are no more needed */
    static Copy open(CopyJob job, ModelStore store, Partials partials, int partSize, Consumer<byte[]> buffers)
            throws IOException {
        ModelChecksum expected =
                expected(job.wanted(), store.checksums(job.wanted().model()));
        return new Copy(job, partials.open(job.wanted().model(), partSize), expected, buffers);
    }

    /** The SHA-256 that the object or else the manifest carries, else the best that S3 has; null if nobody knows. */
    static @Nullable ModelChecksum expected(Wanted wanted, List<ModelChecksum> found) {
        boolean known = !found.isEmpty() && found.get(0).algorithm() == Algorithm.SHA_256;
        if (!known && wanted.sha256() != null) {
            return new ModelChecksum(Algorithm.SHA_256, wanted.sha256());
        }
        return found.isEmpty() ? null : found.get(0);
    }

    CopyJob job() {
        return job;
    }

    private ModelObject model() {
        return job.wanted().model();
    }

    /** Bytes that are still to come. */
    long missing() {
        return partial.missing();
    }

    long length(int part) {
        return partial.length(part);
    }

    /** The next part that is to be fetched; -1 if each is there or on its way. Under the copier's lock. */
    int takePart() {
        if (next >= partial.parts()) {
            return -1;
        }
        int part = next;
        next = resumed.nextClearBit(part + 1);
        return part;
    }

    boolean hasParts() {
        return next < partial.parts();
    }

    /** No part shall be fetched any more. */
    void fail(Outcome why, boolean isBroken) {
        next = partial.parts();
        failure = failure == null ? why : failure;
        broken |= isBroken;
    }

    @Nullable
    Outcome failure() {
        return failure;
    }

    /** Whether what has come is of no use. */
    boolean isBroken() {
        return broken;
    }

    /**
     * Brings a part in and keeps it; takes over the buffer, whatever happens; computes the checksum as far as parts are there.
     *
     * @return whether it is complete now
     */
    boolean fetch(int part, byte[] buffer, Fetch fetch) throws IOException, InterruptedException {
        boolean isTurn = takeTurn(part);
        boolean isWhole = false;
        try {
            fetch.read(model(), partial.from(part), buffer, partial.length(part), (at, count) -> {
                keep(part, buffer, at, count);
                if (isTurn) {
                    hash.update(buffer, at, count);
                }
            });
            partial.add(part);
            isWhole = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!isWhole) {
                buffers.accept(buffer);
            }
        }
        if (isTurn) {
            hashed++;
            return hash(buffer);
        }
        lock.lock();
        try {
            early.put(part, buffer);
            if (hashing) {
                return false;
            }
            hashing = true;
        } finally {
            lock.unlock();
        }
        return hash(null);
    }

    private void keep(int part, byte[] buffer, int at, int count) {
        try {
            partial.write(part, buffer, at, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the checksum goes on with this part, and nobody else is at it. */
    private boolean takeTurn(int part) {
        lock.lock();
        try {
            boolean isTurn = !hashing && hashed == part;
            hashing |= isTurn;
            return isTurn;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Computes the checksum of the parts that an earlier agent left; takes over the buffer.
     *
     * @return whether it is complete now
     */
    boolean resume(byte[] buffer) throws IOException {
        return hash(buffer);
    }

    /** One thread at a time; {@code spare} is a buffer to read parts of an earlier agent into. */
    private boolean hash(byte @Nullable [] spare) throws IOException {
        byte[] room = spare;
        try {
            while (true) {
                int part;
                byte[] bytes;
                lock.lock();
                try {
                    part = hashed;
                    bytes = early.remove(part);
                    if (bytes == null && !resumed.get(part)) {
                        hashing = false;
                        return part == partial.parts();
                    }
                } finally {
                    lock.unlock();
                }
                if (bytes == null) {
                    bytes = Objects.requireNonNull(room, "parts follow a part that was fetched, or come first");
                    partial.read(part, bytes);
                } else if (room != null) {
                    buffers.accept(room);
                }
                room = bytes;
                hash.update(bytes, 0, partial.length(part));
                hashed++; // by one thread at a time, which the lock hands over
            }
        } finally {
            if (room != null) {
                buffers.accept(room);
            }
        }
    }

    /** Proves the whole file and moves it under the model's name. */
    Outcome finish(Folder folder, CopyLog log, long now) throws IOException {
        String value = hash.hex();
        if (expected != null && !expected.hex().equals(value)) {
            partial.discard();
            return new Outcome(
                    Outcome.Kind.CORRUPT,
                    "its " + expected.algorithm() + " is " + value + ", the bucket says " + expected.hex());
        }
        Path whole = partial.finish();
        Stamp stamp = Stamp.of(Files.readAttributes(whole, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        if (stamp.size() != model().size()) {
            partial.discard();
            return new Outcome(
                    Outcome.Kind.BROKEN, "the file became " + stamp.size() + " bytes long, not " + model().size());
        }
        CopyRecord record = new CopyRecord(job.wanted().key(), Origin.COPIED, model().etag(), stamp, 0, now);
        log.announce(record);
        if (!folder.install(whole, job.wanted().key(), job.before())) {
            partial.discard();
            return new Outcome(Outcome.Kind.BROKEN, "something else was put in its place meanwhile");
        }
        log.settle(record);
        partial.forgetList();
        return Outcome.COPIED;
    }

    /** Removes what has come. */
    void discard() throws IOException {
        releaseEarly();
        partial.discard();
    }

    /** Keeps what has come, for the next time. */
    @Override
    public void close() throws IOException {
        releaseEarly();
        partial.close();
    }

    private void releaseEarly() {
        lock.lock();
        try {
            early.values().forEach(buffers);
            early.clear();
        } finally {
            lock.unlock();
        }
    }
}
