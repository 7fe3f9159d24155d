package io.github.comfyeks.server;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.PromptId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run as the jobs API has it. Times are the server's. Immutable.
 *
 * @param promptId the run's id
 * @param status where it stands
 * @param number ComfyUI's {@code priority}, the number in the queue: lower ones run first
 * @param createdAt when it was queued
 * @param startedAt when the server began to run it; empty before it ended
 * @param endedAt when it ended
 * @param workflowId the id of its workflow, if {@code extra_pnginfo} had one
 * @param failure what the node said that made it fail
 * @param outputsCount how many outputs it made
 * @param previewOutput one output to show, as plain data ({@code filename}, {@code subfolder}, {@code type},
 *     {@code nodeId}, …); may be empty
 * @param outputs what each output node made, by node id; only of one job that has ended, else empty
 * @param messages what the server told about it; only of one job that has ended, else empty
 * @param graph the graph as plain data in the API format; only of one job that has ended, else empty
 * @param extraData what was submitted beside the graph; only of one job that has ended, else empty
 */
public record Job(
        PromptId promptId,
        JobStatus status,
        double number,
        Optional<Instant> createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> workflowId,
        Optional<NodeFailure> failure,
        int outputsCount,
        Map<String, Object> previewOutput,
        Map<String, NodeOutput> outputs,
        List<HistoryMessage> messages,
        Map<String, Object> graph,
        Map<String, Object> extraData) {
    public Job {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        messages = List.copyOf(messages);
    }
}
