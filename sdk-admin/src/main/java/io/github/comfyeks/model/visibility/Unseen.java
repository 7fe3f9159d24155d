package io.github.comfyeks.model.visibility;

import io.github.comfyeks.model.store.ModelKey;

/**
 * A model that a server does not offer as it should. Immutable.
 *
 * @param key the model
 * @param reason why, as far as the server tells
 * @param message the same in words, with what to do
 */
public record Unseen(ModelKey key, Reason reason, String message) {
    /** Why a server does not offer a model; open, since servers may have others. */
    public record Reason(String value) {
        /** The server has no such file. */
        public static final Reason NOT_COPIED = new Reason("NOT_COPIED");

        /** It has one of another size: an older one, or something else. */
        public static final Reason WRONG_SIZE = new Reason("WRONG_SIZE");

        /** It has the file and does not offer it in its nodes yet. */
        public static final Reason NOT_REFRESHED = new Reason("NOT_REFRESHED");

        /** The server has no such folder of models, or lists no files of this kind. */
        public static final Reason NO_PLACE = new Reason("NO_PLACE");

        /** The server did not answer. */
        public static final Reason NOT_REACHED = new Reason("NOT_REACHED");

        @Override
        public String toString() {
            return value;
        }
    }

    /** The message. */
    @Override
    public String toString() {
        return message;
    }
}
