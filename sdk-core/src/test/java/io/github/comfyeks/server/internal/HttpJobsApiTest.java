package io.github.comfyeks.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.Job;
import io.github.comfyeks.server.JobPage;
import io.github.comfyeks.server.JobQuery;
import io.github.comfyeks.server.JobSort;
import io.github.comfyeks.server.JobStatus;
import io.github.comfyeks.server.JobsApi;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpJobsApiTest {
    private static final PromptId ID = PromptId.of("6ab2518d-191a-43a7-b6f9-7a8bbe8a1793");
    private static final String LIST = "GET /api/jobs?sort_by=created_at&sort_order=desc";

    private final MockComfy comfy = new MockComfy();
    private final JobsApi jobs = new HttpJobsApi(comfy.http(), output -> output);

    @AfterEach
    void close() {
        comfy.close();
    }

    static List<Wire.Exchange> lists() {
        return Wire.answers("GET", path -> path.startsWith("/api/jobs?"));
    }

    static List<Wire.Exchange> ones() {
        return Wire.answers("GET", path -> path.startsWith("/api/jobs/"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void readsEveryRecordedList(Wire.Exchange answer) {
        comfy.on(LIST, 200, answer.json());

        JobPage page = jobs.list(JobQuery.all());

        assertThat(page.jobs()).isNotEmpty().allSatisfy(job -> {
            assertThat(job.status().value()).isNotEmpty();
            assertThat(job.createdAt()).isPresent();
            assertThat(job.number()).isPositive();
            if (job.failure().isPresent()) {
                assertThat(job.status()).isEqualTo(JobStatus.FAILED);
                assertThat(job.failure().orElseThrow().nodeType()).isEqualTo("ProbeFail");
            }
        });
        assertThat(page.total()).isGreaterThanOrEqualTo(page.jobs().size());
        assertThat(page.hasMore()).isEqualTo(answer.json().contains("\"has_more\":true"));
    }

    @ParameterizedTest
    @MethodSource("ones")
    void readsEveryRecordedJob(Wire.Exchange answer) {
        PromptId id = PromptId.of(answer.path().substring("/api/jobs/".length()));
        comfy.on("GET " + answer.path(), 200, answer.json());

        Job job = jobs.find(id).orElseThrow();

        assertThat(job.promptId()).isEqualTo(id);
        assertThat(job.workflowId()).contains("wf-jobs");
        if (job.status().equals(JobStatus.COMPLETED)) {
            assertThat(job.outputs()).containsKey("3");
            assertThat(job.graph()).containsKey("1");
            assertThat(job.messages()).hasSize(3);
            assertThat(job.endedAt().orElseThrow())
                    .isAfterOrEqualTo(job.startedAt().orElseThrow());
        }
        if (answer.json().contains("ProbeFail")) {
            assertThat(job.failure().orElseThrow().exceptionType()).isEqualTo("RuntimeError");
        }
    }

    @Test
    void asksWithEveryFilter() {
        comfy.on(
                "GET /api/jobs?workflow_id=w%201&sort_by=execution_duration&sort_order=asc&status=pending%2Cfailed&limit=5&offset=10",
                200,
                "{\"jobs\": [], \"pagination\": {\"offset\": 10, \"limit\": 5, \"total\": 12, \"has_more\": false}}");

        JobPage page = jobs.list(JobQuery.all()
                .withStatus(JobStatus.PENDING, JobStatus.FAILED)
                .withWorkflowId("w 1")
                .sortedBy(JobSort.EXECUTION_DURATION, true)
                .page(5, 10));

        assertThat(page).isEqualTo(new JobPage(List.of(), 10, 12, false));
        assertThatThrownBy(() -> JobQuery.all().page(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JobQuery.all().page(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheVersionThatHasIt() {
        comfy.on("GET /system_stats", 200, "{\"system\": {\"comfyui_version\": \"0.3.64\"}}");
        comfy.on("POST /api/jobs/cancel", 405, "405: Method Not Allowed");
        comfy.on("POST /api/jobs/" + ID + "/cancel", 405, "405: Method Not Allowed");

        assertThat(jobs.isSupported()).isFalse();
        assertThatThrownBy(() -> jobs.list(JobQuery.all()))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContainingAll("ComfyUI 0.3.64", "0.8.0 has", "[GET /api/jobs]");
        assertThatThrownBy(() -> jobs.find(ID)).isInstanceOf(UnsupportedByServerException.class);
        assertThatThrownBy(() -> jobs.cancel(ID))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContainingAll("0.33.0 has", "server().interrupt(id)");
        assertThatThrownBy(() -> jobs.cancel(List.of(ID))).isInstanceOf(UnsupportedByServerException.class);
    }

    @Test
    void tellsAnUnknownJobFromAMissingRoute() {
        comfy.on("GET /api/jobs/" + ID, 404, "{\"error\": \"Job not found\"}");

        assertThat(jobs.find(ID)).isEmpty();
    }

    @Test
    void cancels() {
        comfy.on("POST /api/jobs/" + ID + "/cancel", 200, "{\"cancelled\": true}");
        comfy.on("POST /api/jobs/cancel", 200, "{\"cancelled\": false}");

        assertThat(jobs.cancel(ID)).isTrue();
        assertThat(jobs.cancel(List.of(ID))).isFalse();
        assertThat(comfy.asked()).last().isEqualTo("POST /api/jobs/cancel {\"job_ids\":[\"" + ID + "\"]}");
    }

    @Test
    void saysWhatBreaksTheList() {
        comfy.on(LIST, asked -> new MockResponse.Builder().code(500).build());

        assertThatThrownBy(() -> jobs.list(JobQuery.all()))
                .isInstanceOfSatisfying(
                        HttpStatusException.class, e -> assertThat(e.status()).isEqualTo(500))
                .hasMessageContaining("extra_pnginfo");
    }

    @Test
    void passesOnWhatTheServerSaysOfABadFilter() {
        comfy.on(LIST + "&status=nope", 400, "{\"error\": \"Invalid status value(s): nope.\"}");

        assertThatThrownBy(() -> jobs.list(JobQuery.all().withStatus(new JobStatus("nope"))))
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("Invalid status value(s): nope.");
    }
}
