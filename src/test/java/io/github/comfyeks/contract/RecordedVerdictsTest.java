package io.github.comfyeks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.suite.RawServer;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.validation.ServerVerdict;
import io.github.comfyeks.validation.ValidationReport;
import io.github.comfyeks.validation.WorkflowValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real servers of three versions answered, word for word, beside what the validator foretells. */
class RecordedVerdictsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The node's own code decides here, which no schema shows. */
    private static final Set<String> OWN_CODE = Set.of(
            "validation-custom_validation_failed",
            "validation-custom_validation_failed-false",
            "validation-exception_during_inner_validation");

    record Recorded(String version, String name, Path file) {
        @Override
        public String toString() {
            return version + " " + name;
        }
    }

    static Stream<Recorded> recordings() {
        return Stream.of("0.33.0", "0.8.0", "0.3.64").flatMap(RecordedVerdictsTest::recordings);
    }

    private static Stream<Recorded> recordings(String version) {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("sdk-core"))) {
            at = Objects.requireNonNull(at.getParent(), "run in the source tree");
        }
        try (Stream<Path> files = Files.list(at.resolve("sdk-core/testing/src/test/resources/wire/" + version))) {
            return files
                    .map(file ->
                            new Recorded(version, file.getFileName().toString().replace(".json", ""), file))
                    .filter(each -> each.name().startsWith("validation-") && !OWN_CODE.contains(each.name()))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectInfo classes(String version) throws IOException {
        String name = "/io/github/comfyeks/testing/schema/object_info-" + version + ".json";
        InputStream in = FakeComfyServer.class.getResourceAsStream(name);
        return ObjectInfo.read(Objects.requireNonNull(in, name));
    }

    @Test
    void thereAreRecordingsOfThreeVersions() {
        assertThat(recordings().map(Recorded::version))
                .contains("0.33.0", "0.8.0", "0.3.64")
                .hasSizeGreaterThan(110);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theValidatorForetellsWhatTheServerAnswered(Recorded recorded) throws IOException {
        WorkflowValidator validator = WorkflowValidator.builder(classes(recorded.version()))
                .serverVersion(recorded.version())
                .build();
        JsonNode exchanges = RawServer.json(Files.readString(recorded.file())).path("exchanges");
        for (JsonNode exchange : exchanges) {
            if (!exchange.at("/request/path").asText().equals("/prompt")) {
                continue;
            }
            JsonNode answer = exchange.path("response");
            ValidationReport report = validator.validate(graph(exchange.at("/request/body/prompt")));
            ServerVerdict verdict = report.verdict();
            assertThat(verdict.status()).isEqualTo(answer.path("status").asInt());
            assertThat(verdict.error().orElse(""))
                    .isEqualTo(answer.at("/body/error/type").asText());
            assertThat(objections(verdict)).isEqualTo(objections(answer.at("/body/node_errors")));
            assertThat(report.problems().isEmpty()).isEqualTo(report.isValid());
        }
    }

    private static Map<String, Object> graph(JsonNode prompt) {
        Map<String, Object> graph = new LinkedHashMap<>();
        prompt.properties().forEach(node -> graph.put(node.getKey(), JSON.convertValue(node.getValue(), Object.class)));
        return graph;
    }

    private static Map<String, Set<String>> objections(ServerVerdict verdict) {
        Map<String, Set<String>> found = new TreeMap<>();
        verdict.nodeErrors()
                .forEach((id, objections) -> objections.forEach(each ->
                        found.computeIfAbsent(id, node -> new TreeSet<>()).add(each.type() + " " + each.input())));
        return found;
    }

    private static Map<String, Set<String>> objections(JsonNode nodeErrors) {
        Map<String, Set<String>> found = new TreeMap<>();
        nodeErrors.properties().forEach(node -> node.getValue().path("errors").forEach(error -> found.computeIfAbsent(
                        node.getKey(), id -> new TreeSet<>())
                .add(error.path("type").asText() + " "
                        + error.at("/extra_info/input_name").asText(""))));
        return found;
    }
}
