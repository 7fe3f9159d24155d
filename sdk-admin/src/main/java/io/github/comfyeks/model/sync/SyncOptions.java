package io.github.comfyeks.model.sync;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How nodes are brought into step. Immutable; {@link #of} has the defaults, and each {@code with…} answers a changed copy.
 *
 * @param tagKey the tag that the nodes carry
 * @param tagValue its value; {@code *} for any
 * @param document the name of the Systems Manager document
 * @param maxConcurrency how many nodes at once, as a number or a share such as {@code 25%}
 * @param maxErrors after how many failed nodes no further ones are begun, as a number or a share
 * @param patience for how long a node waits for its agent
 * @param deliveryTimeout for how long Systems Manager tries to reach a node, 30 s to 48 h
 */
public record SyncOptions(
        String tagKey,
        String tagValue,
        String document,
        String maxConcurrency,
        String maxErrors,
        Duration patience,
        Duration deliveryTimeout) {
    private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,6}|0|[1-9][0-9]?%|0%|100%");

    /** @throws IllegalArgumentException if something is no amount, or out of its range */
    public SyncOptions {
        if (tagKey.isBlank() || tagValue.isBlank()) {
            throw new IllegalArgumentException("nodes are found by a tag, which needs a key and a value");
        }
        if (!AMOUNT.matcher(maxConcurrency).matches() || maxConcurrency.equals("0") || maxConcurrency.equals("0%")) {
            throw new IllegalArgumentException(
                    "maxConcurrency \"" + maxConcurrency + "\" is no number above 0 and no share such as 25%");
        }
        if (!AMOUNT.matcher(maxErrors).matches()) {
            throw new IllegalArgumentException("maxErrors \"" + maxErrors + "\" is no number and no share such as 25%");
        }
        if (patience.isNegative() || patience.toSeconds() > 172_000) {
            throw new IllegalArgumentException("a node waits between 0 s and 172000 s, not " + patience);
        }
        if (deliveryTimeout.toSeconds() < 30 || deliveryTimeout.toHours() > 48) {
            throw new IllegalArgumentException("delivery may take 30 s to 48 h, not " + deliveryTimeout);
        }
    }

    /** The nodes with this tag; a quarter of them at once, each waits for an hour, none stops the others. */
    public static SyncOptions of(String tagKey, String tagValue) {
        return new SyncOptions(
                tagKey, tagValue, SyncDocument.NAME, "25%", "100%", Duration.ofHours(1), Duration.ofMinutes(10));
    }

    public SyncOptions withDocument(String other) {
        return new SyncOptions(tagKey, tagValue, other, maxConcurrency, maxErrors, patience, deliveryTimeout);
    }

    public SyncOptions withMaxConcurrency(String other) {
        return new SyncOptions(tagKey, tagValue, document, other, maxErrors, patience, deliveryTimeout);
    }

    public SyncOptions withMaxErrors(String other) {
        return new SyncOptions(tagKey, tagValue, document, maxConcurrency, other, patience, deliveryTimeout);
    }

    public SyncOptions withPatience(Duration other) {
        return new SyncOptions(tagKey, tagValue, document, maxConcurrency, maxErrors, other, deliveryTimeout);
    }

    public SyncOptions withDeliveryTimeout(Duration other) {
        return new SyncOptions(tagKey, tagValue, document, maxConcurrency, maxErrors, patience, other);
    }
}
