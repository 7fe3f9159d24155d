package io.github.comfyeks.server;

import io.github.comfyeks.error.NodeFailure;
import io.github.comfyeks.internal.NodeFailures;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.ref.PromptId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that has ended, as the server remembers it: one entry of {@code GET /history}. Immutable.
 *
 * <p>History lives in the server's memory: it is gone after a restart, and only the newest 10,000 or so are kept.
 * Interrupted and failed runs both have the status {@code error}; the messages tell them apart. What a run made before it
 * failed is among its outputs.
 *
 * @param promptId the run's id
 * @param number its number in the queue: lower ones ran first
 * @param outputs what each output node made, by node id; the ids of expanded nodes look like {@code 5.0.0.1}
 * @param statusText ComfyUI's {@code status_str}: {@code success} or {@code error}; empty if the server kept no status
 * @param completed ComfyUI's {@code completed}; false for failed and interrupted runs
 * @param messages what the server told about the run, in its order; may be empty
 * @param meta by node id, what is known of the nodes with outputs ({@code node_id}, {@code display_node}, …), as plain data
 * @param graph the graph that ran, as plain data in the API format; empty unless it was asked for
 * @param extraData what was submitted beside the graph ({@code client_id}, {@code extra_pnginfo}, …); empty unless it was
 *     asked for
 * @param targets the ids of the output nodes that were to run; empty unless the graph was asked for
 */
public record HistoryEntry(
        PromptId promptId,
        double number,
        Map<String, NodeOutput> outputs,
        String statusText,
        boolean completed,
        List<HistoryMessage> messages,
        Map<String, Object> meta,
        Map<String, Object> graph,
        Map<String, Object> extraData,
        List<String> targets) {

    private static final String BLOCKED = "ExecutionBlocked";

    public HistoryEntry {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        messages = List.copyOf(messages);
        targets = List.copyOf(targets);
    }

    /** The same entry with these outputs. */
    public HistoryEntry withOutputs(Map<String, NodeOutput> changed) {
        return new HistoryEntry(
                promptId, number, changed, statusText, completed, messages, meta, graph, extraData, targets);
    }

    /**
     * Whether the run ended well. A run without any status counts as one if it has outputs and no message says that it failed
     * or was interrupted.
     */
    public boolean isSuccess() {
        if (statusText.isEmpty()) {
            return !outputs.isEmpty() && !isInterrupted() && lastFailure().isEmpty();
        }
        return statusText.equals("success");
    }

    /** Whether somebody stopped the run. */
    public boolean isInterrupted() {
        return !statusText.equals("success") && has("execution_interrupted");
    }

    /** What the node said that made the run fail; empty for every other end, and if the server kept no message of it. */
    public Optional<NodeFailure> failure() {
        return statusText.equals("success") || isInterrupted() ? Optional.empty() : lastFailure();
    }

    /** When the server began to run it; empty if it did not say. */
    public Optional<Instant> startedAt() {
        return messages.stream()
                .filter(message -> message.type().equals("execution_start"))
                .flatMap(message -> message.timestamp().stream())
                .findFirst();
    }

    /** When the run ended; empty if the server did not say. */
    public Optional<Instant> endedAt() {
        return messages.stream()
                .filter(HistoryEntry::isEnd)
                .flatMap(message -> message.timestamp().stream())
                .reduce((first, last) -> last);
    }

    private static boolean isEnd(HistoryMessage message) {
        return switch (message.type()) {
            case "execution_success", "execution_error", "execution_interrupted" -> true;
            default -> false;
        };
    }

    private boolean has(String type) {
        return messages.stream().anyMatch(message -> message.type().equals(type));
    }

    /** The last one that is no blocked output: those are told like errors, and end no run. */
    private Optional<NodeFailure> lastFailure() {
        return messages.stream()
                .filter(message -> message.type().equals("execution_error"))
                .map(HistoryEntry::failureOf)
                .filter(failure -> !failure.exceptionType().equals(BLOCKED))
                .reduce((first, last) -> last);
    }

    @SuppressWarnings("unchecked")
    private static NodeFailure failureOf(HistoryMessage message) {
        return NodeFailures.of(message.data() instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }
}
