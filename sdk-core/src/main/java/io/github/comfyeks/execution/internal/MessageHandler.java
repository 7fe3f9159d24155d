package io.github.comfyeks.execution.internal;

import io.github.comfyeks.execution.ExecutionEvent;
import io.github.comfyeks.execution.Progress;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.socket.internal.Message;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a message of the socket means for its run: progress, events for consumers, and a signal for the tracker. */
final class MessageHandler {
    private MessageHandler() {}

    /** With the run's lock. Null where the message says nothing about the state. */
    static @Nullable Signal apply(
            Message message,
            RunProgress progress,
            Consumers consumers,
            Map<String, NodeOutput> outputs,
            UnaryOperator<NodeOutput> bound,
            long now,
            Supplier<Progress> snapshot) {
        if (message instanceof Message.ProgressState told) {
            for (Message.NodeState node : told.nodes()) {
                boolean finished = progress.state(node, now);
                if (finished) {
                    consumers.publish(new ExecutionEvent.NodeFinished(node.node()));
                }
            }
            return Signal.Simple.RUNS;
        }
        if (message instanceof Message.NodeProgress told) {
            String node = told.node() == null ? progress.current() : told.node();
            if (node != null) {
                progress.step(node, told.value(), told.max());
                if (consumers.any()) {
                    consumers.publish(new ExecutionEvent.NodeProgress(node, told.value(), told.max(), snapshot.get()));
                }
            }
            return Signal.Simple.RUNS;
        }
        if (message instanceof Message.Executing told) {
            if (told.node() == null) {
                return Signal.Simple.HINT_END;
            }
            String display = told.displayNode() == null ? told.node() : told.displayNode();
            progress.started(display, now);
            consumers.publish(new ExecutionEvent.NodeStarted(told.node(), display));
            return Signal.Simple.RUNS;
        }
        return rare(message, progress, consumers, outputs, bound);
    }

    private static @Nullable Signal rare(
            Message message,
            RunProgress progress,
            Consumers consumers,
            Map<String, NodeOutput> outputs,
            UnaryOperator<NodeOutput> bound) {
        if (message instanceof Message.Started) {
            return Signal.Simple.RUNS;
        }
        if (message instanceof Message.Cached told) {
            progress.cached(told.nodes());
            if (!told.nodes().isEmpty()) {
                consumers.publish(new ExecutionEvent.NodesCached(told.nodes()));
            }
            return Signal.Simple.RUNS;
        }
        if (message instanceof Message.Executed told) {
            if (told.output() != null) {
                NodeOutput output = bound.apply(NodeOutput.of(told.node(), told.output()));
                outputs.put(told.node(), output);
                String display = told.displayNode() == null ? told.node() : told.displayNode();
                consumers.publish(new ExecutionEvent.NodeExecuted(told.node(), display, output));
            }
            return Signal.Simple.RUNS;
        }
        if (message instanceof Message.Succeeded) {
            return Signal.Simple.HINT_SUCCESS;
        }
        if (message instanceof Message.Failed told) {
            if (told.isBlocked()) {
                consumers.publish(new ExecutionEvent.NodeBlocked(told.failure()));
                return Signal.Simple.RUNS;
            }
            return new Signal.HintFailure(told.failure());
        }
        if (message instanceof Message.Interrupted) {
            return Signal.Simple.HINT_INTERRUPTED;
        }
        if (message instanceof Message.Preview told) {
            if (consumers.any()) {
                Optional<String> node = Optional.ofNullable(told.node() == null ? progress.current() : told.node());
                consumers.publish(new ExecutionEvent.Preview(node, told.mediaType(), told.bytes()));
            }
            return Signal.Simple.RUNS;
        }
        if (message instanceof Message.Text told) {
            if (consumers.any()) {
                consumers.publish(new ExecutionEvent.NodeText(told.node(), told.text()));
            }
            return null;
        }
        if (message instanceof Message.Other told) {
            consumers.publish(new ExecutionEvent.OtherEvent(told.type(), told.data()));
        }
        return null;
    }
}
