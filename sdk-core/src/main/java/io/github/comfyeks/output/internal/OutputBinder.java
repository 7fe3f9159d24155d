package io.github.comfyeks.output.internal;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.transport.internal.Http;
import java.util.List;

/** Tells files which server they lie on, so that they can be downloaded. Thread-safe. */
public final class OutputBinder {
    private final Downloader downloader;

    public OutputBinder(Http http, ClientThreads threads) {
        this.downloader = new Downloader(http, threads);
    }

    public NodeOutput bind(NodeOutput output) {
        if (output.files().isEmpty()) {
            return output;
        }
        List<OutputFile> bound = output.files().stream().map(this::bind).toList();
        return new NodeOutput(output.nodeId(), bound, output.texts(), output.data());
    }

    public OutputFile bind(OutputFile file) {
        return file instanceof ServerFile unbound ? unbound.boundTo(downloader) : file;
    }
}
