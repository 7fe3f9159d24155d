package io.github.comfyeks.testing.internal.http;

import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.files.Models;
import io.github.comfyeks.testing.internal.files.UserData;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import io.github.comfyeks.testing.internal.run.History;
import io.github.comfyeks.testing.internal.run.PromptQueue;
import io.github.comfyeks.testing.internal.run.RunningClient;
import io.github.comfyeks.testing.internal.schema.Schemas;
import io.github.comfyeks.testing.internal.version.Version;
import io.github.comfyeks.testing.internal.ws.SocketHub;
import java.util.concurrent.atomic.AtomicLong;

/** What the routes of one server process share. */
public record Pod(
        Version version,
        PromptQueue queue,
        History history,
        SocketHub hub,
        Folders folders,
        UserData userData,
        Models models,
        long maxUploadSize,
        Schemas schemas,
        NodeTypes types,
        RunningClient runningClient,
        Runnable clearCache,
        AtomicLong numbers,
        Submissions submissions) {

    /** Hears of each prompt that was queued. */
    @FunctionalInterface
    public interface Submissions {
        void queued(io.github.comfyeks.testing.internal.run.QueueItem item);
    }
}
