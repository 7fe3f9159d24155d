package io.github.comfyeks.execution.internal;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.ref.ExecutionState;
import io.github.comfyeks.server.HistoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param entry its entry in history; null if that was lost and the events decided
 * @param failure with FAILED
 * @param words with INTERRUPTED and LOST: how, or the reasons that are possible
 */
record Verdict(
        ExecutionState state,
        @Nullable HistoryEntry entry,
        @Nullable NodeFailure failure,
        String words) {}
