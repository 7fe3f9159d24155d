package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelKey;

/**
 * What the agent remembers of a model in its folder.
 *
 * @param key its name
 * @param origin how the file came to be there
 * @param etag of the object that it was copied from or compared with
 * @param stamp of the file then
 * @param missing since when the bucket has it no more, in milliseconds since 1970; 0 while it does
 * @param used when it was last seen in use, or copied, in milliseconds since 1970
 */
record CopyRecord(ModelKey key, Origin origin, String etag, Stamp stamp, long missing, long used) {
    /** How a file came to be there. */
    enum Origin {
        /** The agent copied it, and may remove it. */
        COPIED,
        /** Others put it there, with the bucket's content. */
        FOUND,
        /** Others put it there, with other content. */
        DIFFERENT,
        /** The agent removed it, because there was no room. */
        EVICTED
    }

    boolean is(Origin one) {
        return origin == one;
    }

    CopyRecord missingSince(long millis) {
        return new CopyRecord(key, origin, etag, stamp, millis, used);
    }

    CopyRecord usedAt(long millis) {
        return new CopyRecord(key, origin, etag, stamp, missing, millis);
    }
}
