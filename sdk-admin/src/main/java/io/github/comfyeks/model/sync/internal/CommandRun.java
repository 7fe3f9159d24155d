package io.github.comfyeks.model.sync.internal;

import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.model.sync.NodeOutcome;
import io.github.comfyeks.model.sync.SyncException;
import io.github.comfyeks.model.sync.SyncOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.Target;

/** One command, from sending to the end of its last node. */
public final class CommandRun {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRun.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** For how long Systems Manager may fail to tell; the command itself ends by its own limits. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Set<String> OPEN = Set.of("Pending", "InProgress", "Delayed", "Cancelling");

    private final SsmClient ssm;
    private final String id;
    private final TimeSource time;

    private CommandRun(SsmClient ssm, String id, TimeSource time) {
        this.ssm = ssm;
        this.id = id;
        this.time = time;
    }

    /** Sends the command. */
    public static CommandRun send(SsmClient ssm, SyncOptions options, Target target, long generation, TimeSource time) {
        String id = Ssm.calling(
                "send the command", () -> ssm.sendCommand(request -> request.documentName(options.document())
                                .targets(target)
                                .maxConcurrency(options.maxConcurrency())
                                .maxErrors(options.maxErrors())
                                .timeoutSeconds((int) options.deliveryTimeout().toSeconds())
                                .comment("comfyeks: models, generation " + generation)
                                .parameters(Map.of(
                                        "Generation", List.of(String.valueOf(generation)),
                                        "Wait",
                                                List.of(String.valueOf(
                                                        options.patience().toSeconds())),
                                        "executionTimeout",
                                                List.of(String.valueOf(
                                                        options.patience().toSeconds() + 60)))))
                        .command()
                        .commandId());
        return new CommandRun(ssm, id, time);
    }

    public String id() {
        return id;
    }

    /** Stops what has not ended; that a node cannot be stopped is no error. */
    public void cancel() {
        try {
            ssm.cancelCommand(request -> request.commandId(id));
        } catch (SdkException e) {
            LOG.warn("command {} could not be cancelled: {}", id, e.getMessage());
        }
    }

    /** Waits until every node has ended. */
    public Map<String, NodeOutcome> follow() throws InterruptedException {
        long heard = time.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                if (hasEnded()) {
                    return outcomes();
                }
                heard = time.nanoTime();
            } catch (SdkException e) {
                if (!Ssm.isPassing(e) || time.nanoTime() - heard > PATIENCE.toNanos()) {
                    throw new SyncException(
                            "command " + id + " goes on, but Systems Manager does not tell of it: " + e.getMessage(),
                            e);
                }
                LOG.info("command {} is asked for again: {}", id, e.getMessage());
            }
            time.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** A command just sent may be unknown yet, and one that found no node has ended at once. */
    private boolean hasEnded() {
        List<Command> found = ssm.listCommands(request -> request.commandId(id)).commands();
        return !found.isEmpty() && !OPEN.contains(found.get(0).statusAsString());
    }

    private Map<String, NodeOutcome> outcomes() {
        Map<String, NodeOutcome> outcomes = new TreeMap<>();
        for (CommandInvocation node : ssm.listCommandInvocationsPaginator(
                        request -> request.commandId(id).details(true))
                .commandInvocations()) {
            outcomes.put(node.instanceId(), outcome(node));
        }
        return outcomes;
    }

    private NodeOutcome outcome(CommandInvocation node) {
        String status = node.statusDetails() == null
                ? node.statusAsString()
                : node.statusDetails().replace(" ", "");
        for (CommandPlugin plugin : node.commandPlugins()) {
            boolean ended = plugin.responseCode() != null;
            return new NodeOutcome(
                    node.instanceId(),
                    status,
                    ended ? plugin.responseCode() : -1,
                    plugin.output() == null ? "" : plugin.output(),
                    error(node, plugin));
        }
        return new NodeOutcome(node.instanceId(), status, -1, "", "");
    }

    /** A list of invocations has the outputs mixed; the error alone comes from the node's own entry, asked for where it failed. */
    private String error(CommandInvocation node, CommandPlugin plugin) {
        if (plugin.responseCode() == null || plugin.responseCode() == 0) {
            return "";
        }
        try {
            String error = ssm.getCommandInvocation(
                            request -> request.commandId(id).instanceId(node.instanceId()))
                    .standardErrorContent();
            return error == null ? "" : error;
        } catch (SdkException e) {
            return String.valueOf(plugin.output());
        }
    }
}
