package io.github.comfyeks.model.catalog.internal;

import io.github.comfyeks.error.ComfyException;

/** One model cannot be had; becomes one of all problems. */
final class Unobtainable extends ComfyException {
    private static final long serialVersionUID = 1L;

    Unobtainable(String message) {
        super(message, null);
    }
}
