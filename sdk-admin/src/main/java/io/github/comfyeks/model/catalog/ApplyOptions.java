package io.github.comfyeks.model.catalog;

import io.github.comfyeks.model.store.TransferOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * How a plan is carried out. Immutable.
 *
 * @param owner who does it, as the lock tells others
 * @param expiry after what time others may take the lock over if this process dies
 * @param parallel how many models at once, at least one
 * @param transfer how each is sent, and who hears of it
 * @param downloads a folder for what comes by links, until it is proved and sent; what an earlier try left there is gone on with
 * @param clock of the lock
 */
public record ApplyOptions(
        String owner, Duration expiry, int parallel, TransferOptions transfer, Path downloads, Clock clock) {
    public ApplyOptions {
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, not " + parallel);
        }
    }

    /** Two models at once, a lock of 5 minutes that is renewed, and {@code comfyeks-downloads} in the system's folder for temporary files. */
    public static ApplyOptions by(String owner) {
        return new ApplyOptions(
                owner,
                Duration.ofMinutes(5),
                2,
                TransferOptions.DEFAULT,
                Path.of(System.getProperty("java.io.tmpdir"), "comfyeks-downloads"),
                Clock.systemUTC());
    }

    /** The same with other transfers. */
    public ApplyOptions transfer(TransferOptions options) {
        return new ApplyOptions(owner, expiry, parallel, options, downloads, clock);
    }

    /** The same with so many models at once. */
    public ApplyOptions parallel(int models) {
        return new ApplyOptions(owner, expiry, models, transfer, downloads, clock);
    }

    /** The same with another folder for downloads. */
    public ApplyOptions downloads(Path folder) {
        return new ApplyOptions(owner, expiry, parallel, transfer, folder, clock);
    }
}
