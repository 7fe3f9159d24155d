package io.github.comfyeks.execution;

import io.github.comfyeks.output.MediaKind;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.workflow.NodeHandle;
import io.github.comfyeks.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run that ended well has left. Immutable; its files are fetched from the server when they are asked for.
 *
 * @param ref the run
 * @param workflow the submitted graph; empty after an attach
 * @param outputs by node id, in the server's order; cached nodes have the files of the earlier run
 * @param cachedNodes nodes that were not run again
 * @param nodeTimes how long each node took, as the events told; nodes whose events were missed are not in it
 * @param submittedAt when this process submitted or attached
 * @param startedAt when the server began, by its own clock, if it said so
 * @param endedAt when the server ended, by its own clock, if it said so
 * @param confirmed whether history confirmed the outputs; false if its entry was lost and the events, heard without a gap,
 *     decided
 */
public record ExecutionResult(
        ExecutionRef ref,
        Optional<Workflow> workflow,
        Map<String, NodeOutput> outputs,
        List<String> cachedNodes,
        Map<String, Duration> nodeTimes,
        Instant submittedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        boolean confirmed) {

    public PromptId promptId() {
        return ref.promptId();
    }

    /** What this node left; empty if it left nothing for people. */
    public Optional<NodeOutput> node(String nodeId) {
        return Optional.ofNullable(outputs.get(nodeId));
    }

    /** Every file of every node. */
    public List<OutputFile> files() {
        return outputs.values().stream().flatMap(node -> node.files().stream()).toList();
    }

    /** Every image of every node, temporary ones of PreviewImage included. */
    public List<OutputFile> images() {
        return files().stream()
                .filter(file -> file.kind().equals(MediaKind.IMAGE))
                .toList();
    }

    /** The images of one node; empty if it left none. */
    public List<OutputFile> images(String nodeId) {
        return node(nodeId).map(NodeOutput::files).orElse(List.of()).stream()
                .filter(file -> file.kind().equals(MediaKind.IMAGE))
                .toList();
    }

    /**
     * The images of one node of the typed graph that was queued; empty if it left none.
     *
     * @throws IllegalArgumentException if the run was not queued here, or not as a graph with this node
     */
    public List<OutputFile> images(NodeHandle node) {
        return images(idOf(node));
    }

    /** What a node of the typed graph that was queued left; see {@link #images(NodeHandle)}. */
    public Optional<NodeOutput> node(NodeHandle node) {
        return node(idOf(node));
    }

    private String idOf(NodeHandle node) {
        return workflow.orElseThrow(() -> new IllegalArgumentException(
                        "the run was not queued by this client, so that its nodes are known by their ids only"))
                .idOf(node);
    }

    /** Every text of every node. */
    public List<String> texts() {
        return outputs.values().stream().flatMap(node -> node.texts().stream()).toList();
    }

    /** From the server's start to its end, if it told both. */
    public Optional<Duration> elapsed() {
        return startedAt.flatMap(start -> endedAt.map(end -> Duration.between(start, end)));
    }
}
