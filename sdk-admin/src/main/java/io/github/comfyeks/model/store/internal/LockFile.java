package io.github.comfyeks.model.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.model.store.LockedException;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.StoreException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The lock's object in the bucket. Given back it stays, expired long ago: only conditional writes are needed, no conditional deletion. */
public record LockFile(Bucket bucket) {
    private static final String NAME = ModelKey.OWN_FOLDER + "/lock";
    private static final int LONGEST = 10_000;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final int ROUNDS = 10;

    /**
     * What stands in it.
     *
     * @param etag of this version; empty if there is none
     */
    public record Holding(String owner, Instant until, String etag) {}

    public String owner(Holding holding) {
        return holding.owner();
    }

    /** Takes it, or over from one who let it expire. */
    public Holding acquire(String owner, Instant now, Instant until) {
        for (int round = 0; ; round++) {
            Holding there = read();
            if (now.isBefore(there.until().plus(CLOCKS_DIFFER))
                    && !there.until().equals(Instant.EPOCH)) {
                throw taken(there, null);
            }
            try {
                return write(new Holding(owner, until, there.etag()));
            } catch (StoreException e) {
                if (!ManifestWriter.lostRace(e.status()) || round == ROUNDS) {
                    throw e;
                }
            }
        }
    }

    public Holding renew(Holding held, Instant until) {
        try {
            return write(new Holding(held.owner(), until, held.etag()));
        } catch (StoreException e) {
            if (!ManifestWriter.lostRace(e.status())) {
                throw e;
            }
            throw taken(read(), e);
        }
    }

    public void release(Holding held) {
        renew(held, Instant.EPOCH);
    }

    private LockedException taken(Holding by, @Nullable StoreException cause) {
        return new LockedException(
                this + ": " + by.owner() + " has the lock until " + by.until()
                        + "; try again when that one is done, or a minute after it expired",
                by.owner(),
                by.until(),
                cause);
    }

    private Holding write(Holding wanted) {
        byte[] json = Json.writeBytes(
                Map.of("owner", wanted.owner(), "until", wanted.until().toString()));
        return new Holding(wanted.owner(), wanted.until(), Conditional.put(bucket, NAME, json, wanted.etag()));
    }

    private Holding read() {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.prefix() + NAME)
                .build();
        try (ResponseInputStream<GetObjectResponse> found =
                bucket.calling("read", request.key(), () -> bucket.s3().getObject(request))) {
            String etag = Buckets.unquoted(found.response().eTag());
            JsonNode json = Json.tree(found.readNBytes(LONGEST));
            return new Holding(
                    json.path("owner").asText("somebody"),
                    Instant.parse(json.path("until").asText("")),
                    etag);
        } catch (StoreException e) {
            if (e.status() == 404) {
                return new Holding("", Instant.EPOCH, "");
            }
            throw e;
        } catch (IOException | DateTimeException e) {
            throw new StoreException(this + " is no lock of ours: " + e.getMessage() + "; remove it", 0, e);
        }
    }

    @Override
    public String toString() {
        return bucket.uri(bucket.prefix() + NAME);
    }
}
