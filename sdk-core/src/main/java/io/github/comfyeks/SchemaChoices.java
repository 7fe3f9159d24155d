package io.github.comfyeks;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.execution.internal.Rejections;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import java.util.ArrayList;
import java.util.List;

/** What an input can be, from the node's schema, to name the nearest choices in a rejection. */
final class SchemaChoices implements Rejections.Choices {
    private final Http http;

    SchemaChoices(Http http) {
        this.http = http;
    }

    @Override
    public List<String> of(String classType, String input) {
        JsonNode inputs = http.send(HttpCall.get("/object_info/{class}", classType))
                .json()
                .path(classType)
                .path("input");
        JsonNode spec = inputs.path("required").has(input)
                ? inputs.path("required").get(input)
                : inputs.path("optional").path(input);
        return Json.strings(spec.path(0).isArray() ? spec.get(0) : spec.path(1).path("options"));
    }

    @Override
    public List<String> classes() {
        List<String> classes = new ArrayList<>();
        http.send(HttpCall.get("/object_info")).json().fieldNames().forEachRemaining(classes::add);
        return classes;
    }
}
