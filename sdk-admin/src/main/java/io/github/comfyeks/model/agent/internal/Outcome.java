package io.github.comfyeks.model.agent.internal;

/**
 * How one copy ended.
 *
 * @param kind in a word
 * @param reason in a sentence; empty for a copy that was made
 */
record Outcome(Kind kind, String reason) {
    /** In a word. */
    enum Kind {
        COPIED,
        /** The bucket has another version by now, or none. */
        CHANGED,
        /** What came is not what the bucket says it has. */
        CORRUPT,
        /** It came and could not be kept. */
        BROKEN,
        /** It did not come. */
        FAILED
    }

    static final Outcome COPIED = new Outcome(Kind.COPIED, "");

    static Outcome failed(String reason) {
        return new Outcome(Kind.FAILED, reason);
    }
}
