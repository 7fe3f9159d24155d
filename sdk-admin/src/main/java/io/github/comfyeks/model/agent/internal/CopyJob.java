package io.github.comfyeks.model.agent.internal;

import org.jspecify.annotations.Nullable;

/**
 * A model to be copied.
 *
 * @param wanted which
 * @param before the file of ours that it takes the place of; null for none
 * @param accessed when that was last read, in milliseconds since 1970
 * @param again whether it came with wrong content once already
 */
record CopyJob(Wanted wanted, @Nullable Stamp before, long accessed, boolean again) {
    CopyJob onceMore() {
        return new CopyJob(wanted, before, accessed, true);
    }
}
