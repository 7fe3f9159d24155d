package io.github.comfyeks.output.internal;

import io.github.comfyeks.output.*;
import io.github.comfyeks.transport.internal.*;

public final class OutputBinder {
    private final Http http;

    public OutputBinder(Http http) {
        this.http = http;
    }

    public NodeOutput bind(NodeOutput o) {
        return new NodeOutput(
                o.nodeId(),
                o.files().stream()
                        .map(f -> new OutputFile(f.filename(), f.subfolder(), f.type(), f.kind(), this::get))
                        .toList(),
                o.texts());
    }

    private byte[] get(OutputFile f) {
        return http.send(HttpCall.get("/view")
                        .query("filename", f.filename())
                        .query("subfolder", f.subfolder())
                        .query("type", f.type()))
                .bytes();
    }
}
