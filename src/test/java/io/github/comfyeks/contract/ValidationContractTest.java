package io.github.comfyeks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.suite.RawServer.Answer;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.suite.graphs.BrokenGraphs;
import io.github.comfyeks.suite.graphs.Graph;
import io.github.comfyeks.validation.ServerVerdict;
import io.github.comfyeks.validation.ServerVerdict.Objection;
import io.github.comfyeks.validation.ValidationReport;
import io.github.comfyeks.validation.WorkflowValidator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Validator and server must judge alike, graph by graph: status, error, the nodes that are objected to, and why. More graphs with
 * {@code -Dcomfyeks.validation.count}, others with {@code -Dcomfyeks.validation.seed}. Nothing of them runs: what is accepted waits
 * behind a run that holds the server, and is deleted at once.
 */
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
class ValidationContractTest extends ContractTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    /** Checks its mode by code of its own, of which the SDK knows nothing. */
    private static final String OWN_CHECK = "ProbeValidate";

    private final Set<String> typesSeen = new TreeSet<>();

    @Test
    void theValidatorForetellsWhatTheServerAnswers() {
        ServerUnderTest.needsClass(OWN_CHECK);
        int count = Integer.getInteger("comfyeks.validation.count", 400);
        ObjectInfo info = client.server().objectInfo();
        WorkflowValidator validator = WorkflowValidator.builder(info)
                .serverVersion(ServerUnderTest.version())
                .build();
        BrokenGraphs graphs = new BrokenGraphs(info, Long.getLong("comfyeks.validation.seed", 1));
        List<String> disagreements = new ArrayList<>();
        int valid = 0;
        try (Hold hold = new Hold()) {
            for (int i = 0; i < count; i++) {
                Graph graph = graphs.next();
                ValidationReport report = validator.validate(graph.nodes());
                Answer answer = submit(graph);
                String difference = compare(graph, report.verdict(), answer);
                if (!difference.isEmpty() && disagreements.size() < 20) {
                    disagreements.add(i + " " + graph.edits() + ": " + difference);
                }
                assertThat(report.problems().isEmpty())
                        .as("problems and verdict of %s: %s", graph, report)
                        .isEqualTo(report.isValid());
                valid += report.isValid() ? 1 : 0;
            }
            assertThat(hold.isRunning()).isTrue();
        }
        assertThat(disagreements).isEmpty();
        assertThat(valid).as("valid graphs of %s", count).isBetween(count / 10, count * 9 / 10);
        if (count >= 400 && ServerUnderTest.isAtLeast("0.33.0")) {
            assertThat(typesSeen)
                    .contains(
                            "bad_linked_input",
                            "dependency_cycle",
                            "exception_during_inner_validation",
                            "exception_during_validation",
                            "invalid_input_type",
                            "missing_node_type",
                            "prompt_no_outputs",
                            "prompt_outputs_failed_validation",
                            "required_input_missing",
                            "return_type_mismatch",
                            "value_bigger_than_max",
                            "value_not_in_list",
                            "value_smaller_than_min");
        }
    }

    private Answer submit(Graph graph) {
        String id = UUID.randomUUID().toString();
        Answer answer =
                raw.answer("/prompt", "{\"prompt\": " + json(graph.nodes()) + ", \"prompt_id\": \"" + id + "\"}");
        if (answer.status() == 200) {
            raw.post("/queue", "{\"delete\": [\"" + id + "\"]}");
        }
        return answer;
    }

    private static String json(Object data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty if they agree. */
    private String compare(Graph graph, ServerVerdict ours, Answer answer) {
        Map<String, Set<String>> theirs = new TreeMap<>();
        answer.body()
                .path("node_errors")
                .properties()
                .forEach(node -> theirs.put(node.getKey(), types(node.getValue())));
        Map<String, Set<String>> mine = new TreeMap<>();
        ours.nodeErrors().forEach((id, objections) -> mine.put(id, types(objections)));
        Set<String> open = new HashSet<>(ours.undecided());
        graph.nodes().forEach((id, node) -> {
            if (node instanceof Map<?, ?> map && OWN_CHECK.equals(map.get("class_type"))) {
                open.add(id);
            }
        });
        String error = answer.body().path("error").path("type").asText("");
        typesSeen.add(error);
        answer.body().path("node_errors").forEach(node -> node.path("errors")
                .forEach(each -> typesSeen.add(each.path("type").asText())));
        if (ours.status() == 500 && !ServerUnderTest.isAtLeast("0.33.0")) {
            return ""; // what older servers say of data that are no graph is not on record
        }
        boolean decided = open.stream().noneMatch(id -> theirs.containsKey(id) || mine.containsKey(id));
        String seen = " ours " + ours + ", theirs " + answer;
        if (decided
                && (answer.status() != ours.status()
                        || !error.equals(ours.error().orElse("")))) {
            return "other verdict:" + seen;
        }
        open.forEach(theirs::remove);
        open.forEach(mine::remove);
        // of these the server may have looked at any
        ours.orderDependent().stream().filter(id -> !mine.containsKey(id)).forEach(theirs::remove);
        return mine.equals(theirs) ? "" : "other nodes:" + seen;
    }

    /** Which of several feeders is named, and whether an output that feeds another is met by itself first, is up to chance. */
    private static Set<String> types(JsonNode node) {
        Set<String> types = new TreeSet<>();
        node.path("errors").forEach(error -> {
            String type = error.path("type").asText();
            types.add(type(type, error.path("extra_info").path("input_name").asText("")));
        });
        return types;
    }

    private static Set<String> types(List<Objection> objections) {
        Set<String> types = new TreeSet<>();
        objections.forEach(each -> types.add(type(each.type(), each.input())));
        return types;
    }

    private static String type(String type, String input) {
        return type.startsWith("exception_during") ? "exception" : type + " " + input;
    }
}
