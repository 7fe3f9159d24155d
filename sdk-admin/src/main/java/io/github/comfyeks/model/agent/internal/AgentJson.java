package io.github.comfyeks.model.agent.internal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.comfyeks.model.agent.AgentReport;
import io.github.comfyeks.model.agent.AgentStatus;
import java.util.Collection;
import java.util.Map;

/** Status and reports as JSON, for programs on the node. */
public final class AgentJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AgentJson() {}

    public static String of(AgentStatus status) {
        ObjectNode json = JSON.createObjectNode()
                .put("ready", status.ready())
                .put("busy", status.busy())
                .put("generation", status.generation())
                .put("bytes", status.bytes());
        if (status.troubled() != null) {
            json.put("troubled", status.troubled().toString());
        }
        if (status.last() != null) {
            json.set("last", report(status.last()));
        }
        return json.toString();
    }

    public static String of(AgentReport report) {
        return report(report).toString();
    }

    private static ObjectNode report(AgentReport report) {
        ObjectNode json = JSON.createObjectNode()
                .put("started", report.started().toString())
                .put("millis", report.took().toMillis())
                .put("generation", report.generation())
                .put("inStep", report.inStep())
                .put("problem", report.problem())
                .put("kept", report.kept())
                .put("bytes", report.bytes());
        names(json.putArray("copied"), report.copied());
        names(json.putArray("removed"), report.removed());
        names(json.putArray("evicted"), report.evicted());
        reasons(json.putObject("waiting"), report.waiting());
        reasons(json.putObject("skipped"), report.skipped());
        reasons(json.putObject("refused"), report.refused());
        reasons(json.putObject("conflicts"), report.conflicts());
        reasons(json.putObject("failed"), report.failed());
        return json;
    }

    private static void names(ArrayNode into, Collection<?> keys) {
        keys.forEach(key -> into.add(key.toString()));
    }

    private static void reasons(ObjectNode into, Map<?, String> reasons) {
        reasons.forEach((key, reason) -> into.put(key.toString(), reason));
    }
}
