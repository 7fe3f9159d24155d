package io.github.comfyeks.server;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.output.NodeOutput;
import java.time.Instant;
import java.util.*;

public record HistoryEntry(
        Map<String, NodeOutput> outputs,
        boolean isSuccess,
        boolean isInterrupted,
        Optional<NodeFailure> failure,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {}
