package io.github.comfyeks.execution.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.internal.Versions;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import io.github.comfyeks.transport.internal.HttpReply;
import java.util.List;
import java.util.Map;

/** Ends one run and touches no other: by the jobs API where the server has it (H10), else by delete and interrupt (H4). */
final class Interrupts {
    /** Before this version {@code /interrupt} ignores the prompt id and stops whatever runs. */
    private static final String NAMED_INTERRUPT = "0.3.57";

    private final Http http;
    private volatile boolean cancelIsAbsent;

    Interrupts(Http http) {
        this.http = http;
    }

    /**
     * @return whether the run may have been taken out of the queue, of which no event and no history tells
     */
    boolean ask(PromptId id) {
        if (!cancelIsAbsent) {
            HttpReply reply = http.send(HttpCall.post("/api/jobs/{id}/cancel", id.value())
                    .accept(400, 404, 405)
                    .repeatable());
            if (reply.status() == 200) {
                return reply.json().path("cancelled").asBoolean();
            }
            cancelIsAbsent = reply.status() != 400; // 400: the id is in no form that this route takes
        }
        refuseUnlessNamed();
        // 500 while twins of one number wait, and the prompt is out all the same (S14)
        http.send(HttpCall.post("/queue")
                .json(Map.of("delete", List.of(id.value())))
                .accept(500)
                .repeatable());
        http.send(HttpCall.post("/interrupt")
                .json(Map.of("prompt_id", id.value()))
                .repeatable());
        return true;
    }

    private void refuseUnlessNamed() {
        JsonNode stats = http.send(HttpCall.get("/system_stats")).json();
        String version = stats.path("system").path("comfyui_version").asText("");
        if (Versions.isBefore(version, NAMED_INTERRUPT)) {
            throw new UnsupportedByServerException("ComfyUI " + (version.isEmpty() ? "of unknown version" : version)
                    + " cannot interrupt one prompt by name, and whatever runs may be somebody else's; update to 0.3.57 or"
                    + " later, or call server().interruptWhateverRuns() if you mean that [POST /interrupt]");
        }
    }
}
