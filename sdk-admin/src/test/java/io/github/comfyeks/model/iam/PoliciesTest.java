package io.github.comfyeks.model.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.comfyeks.internal.Json;
import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    /** Systems Manager knows no resources for these; AWS's own table of actions says so. */
    private static final Set<String> WITHOUT_RESOURCE = Set.of(
            "ssm:ListCommands",
            "ssm:ListCommandInvocations",
            "ssm:GetCommandInvocation",
            "ssm:CancelCommand",
            "ssm:DescribeInstanceInformation");

    private static JsonNode policy(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ModelKey.class.getResourceAsStream("/io/github/comfyeks/model/iam/" + name + ".json"))) {
            return Json.tree(in.readAllBytes());
        }
    }

    private static List<String> texts(JsonNode oneOrMany) {
        List<String> texts = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(each -> texts.add(each.asText()));
        } else {
            texts.add(oneOrMany.asText());
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"model-agent", "model-administrator"})
    void nothingIsAllowedOnEverythingWhereANameIsKnown(String name) throws IOException {
        JsonNode statements = policy(name).path("Statement");
        assertThat(statements).isNotEmpty();
        for (JsonNode statement : statements) {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            assertThat(texts(statement.path("Action"))).noneMatch(action -> action.contains("*"));
            for (String resource : texts(statement.path("Resource"))) {
                if (resource.equals("*")) {
                    assertThat(WITHOUT_RESOURCE).containsAll(texts(statement.path("Action")));
                } else {
                    assertThat(resource).startsWith("arn:${Partition}:").matches("[^*]*(/\\*)?");
                }
            }
            boolean anyInstance =
                    texts(statement.path("Resource")).stream().anyMatch(each -> each.endsWith("instance/*"));
            assertThat(statement.has("Condition")).as("only nodes with the tag").isEqualTo(anyInstance);
        }
    }

    @Test
    void anAgentOnlyReads() throws IOException {
        List<String> actions = new ArrayList<>();
        policy("model-agent").path("Statement").forEach(statement -> actions.addAll(texts(statement.path("Action"))));
        assertThat(actions).containsExactlyInAnyOrder("s3:ListBucket", "s3:GetObject");
    }
}
