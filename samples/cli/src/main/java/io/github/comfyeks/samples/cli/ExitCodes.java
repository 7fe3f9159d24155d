package io.github.comfyeks.samples.cli;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.DetachedException;
import io.github.comfyeks.error.ExecutionFailedException;
import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.ExecutionLostException;
import io.github.comfyeks.error.Limit;
import io.github.comfyeks.error.LimitReachedException;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.error.WorkflowRejectedException;
import io.github.comfyeks.model.catalog.CatalogException;
import io.github.comfyeks.model.file.ModelFileException;

/** What the command's exit says; documented in its help. */
final class ExitCodes {
    static final int OK = 0;
    static final int USAGE = 2;
    static final int SERVER = 3;
    static final int WORKFLOW = 4;
    static final int RUN_FAILED = 5;
    static final int LIMIT = 6;
    static final int DIFFERENT = 7;
    static final int CTRL_C = 130;

    private ExitCodes() {}

    static int of(ComfyException e) {
        if (e instanceof WorkflowInvalidException || e instanceof WorkflowRejectedException) {
            return WORKFLOW;
        }
        if (e instanceof ExecutionFailedException
                || e instanceof ExecutionInterruptedException
                || e instanceof ExecutionLostException) {
            return RUN_FAILED;
        }
        if (e instanceof LimitReachedException reached) {
            return reached.limit() == Limit.CONNECT || reached.limit() == Limit.REQUEST ? SERVER : LIMIT;
        }
        if (e instanceof LocalFileException || e instanceof CatalogException || e instanceof ModelFileException) {
            return USAGE;
        }
        return e instanceof DetachedException ? CTRL_C : SERVER;
    }
}
