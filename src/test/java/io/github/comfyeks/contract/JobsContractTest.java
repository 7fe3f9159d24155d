package io.github.comfyeks.contract;

import static io.github.comfyeks.suite.Graphs.endless;
import static io.github.comfyeks.suite.Graphs.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.comfyeks.error.ExecutionInterruptedException;
import io.github.comfyeks.error.HttpStatusException;
import io.github.comfyeks.error.UnsupportedByServerException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionEvent.NodeStarted;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.Job;
import io.github.comfyeks.server.JobPage;
import io.github.comfyeks.server.JobQuery;
import io.github.comfyeks.server.JobSort;
import io.github.comfyeks.server.JobStatus;
import io.github.comfyeks.suite.Recorder;
import io.github.comfyeks.suite.ServerUnderTest;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The jobs API, where the server has it; where not, the client says so. */
class JobsContractTest extends ContractTest {
    private final Recorder recorder = new Recorder();

    private static void needsJobs() {
        ServerUnderTest.needsVersion("0.8.0", "it has no jobs API");
    }

    private static void needsCancel() {
        ServerUnderTest.needsVersion("0.33.0", "it cannot cancel a job");
    }

    private Job job(PromptId id) {
        return client.jobs().find(id).orElseThrow();
    }

    private Execution running() {
        Execution run = client.queue(
                endless(), QueueOptions.builder().front().listener(recorder).build());
        recorder.await(NodeStarted.class);
        return run;
    }

    @Test
    void theClientKnowsWhetherThereAreJobs() {
        boolean there = ServerUnderTest.isAtLeast("0.8.0");
        assertThat(client.jobs().isSupported()).isEqualTo(there);
        if (!there) {
            assertThatThrownBy(() -> client.jobs().list(JobQuery.all()))
                    .isInstanceOf(UnsupportedByServerException.class);
        }
    }

    @Test
    void anEndedJobHasItsOutputsAndItsGraph() {
        needsJobs();
        ExecutionResult result = run(quick());
        Job job = job(result.promptId());
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.outputsCount()).isEqualTo(1);
        assertThat(job.outputs()).containsOnlyKeys("2");
        assertThat(job.graph()).containsOnlyKeys("1", "2");
        assertThat(job.startedAt()).isPresent();
        assertThat(job.endedAt()).isPresent();
        assertThat(job.previewOutput()).containsEntry("nodeId", "2");
    }

    @Test
    void aRunningJobAndAWaitingOneAreTold() {
        needsJobs();
        try (Execution run = running();
                Execution waiting = client.queue(quick())) {
            assertThat(job(run.promptId()).status()).isEqualTo(JobStatus.IN_PROGRESS);
            assertThat(job(waiting.promptId()).status()).isEqualTo(JobStatus.PENDING);
            JobPage page = client.jobs().list(JobQuery.all().withStatus(JobStatus.PENDING, JobStatus.IN_PROGRESS));
            assertThat(page.jobs()).extracting(Job::promptId).contains(run.promptId(), waiting.promptId());
            run.interrupt();
            waiting.await(LIMIT);
        }
    }

    @Test
    void anInterruptedJobIsTold() {
        needsJobs();
        try (Execution run = running()) {
            run.interrupt();
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
            assertThat(job(run.promptId()).status())
                    .isEqualTo(ServerUnderTest.isAtLeast("0.33.0") ? JobStatus.CANCELLED : JobStatus.FAILED);
        }
    }

    @Test
    void anUnknownJobIsEmpty() {
        needsJobs();
        assertThat(client.jobs().find(PromptId.random())).isEmpty();
    }

    @Test
    void jobsOfAWorkflowAreFoundByPages() {
        needsJobs();
        String workflowId = UUID.randomUUID().toString();
        Workflow workflow = quick().withUiWorkflow(Map.of("id", workflowId, "nodes", List.of()));
        PromptId first = run(workflow).promptId();
        PromptId second = run(workflow).promptId();
        JobQuery mine = JobQuery.all().withWorkflowId(workflowId);
        assertThat(client.jobs().list(mine).jobs()).extracting(Job::promptId).containsExactly(second, first);
        assertThat(client.jobs().list(mine.sortedBy(JobSort.CREATED_AT, true)).jobs())
                .extracting(Job::promptId)
                .containsExactly(first, second);
        JobPage page = client.jobs().list(mine.page(1, 0));
        assertThat(page.jobs()).extracting(Job::promptId).containsExactly(second);
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.hasMore()).isTrue();
        assertThat(client.jobs().list(mine.page(1, 1)).hasMore()).isFalse();
    }

    @Test
    void aStatusThatTheServerDoesNotKnowIsRefused() {
        needsJobs();
        assertThatThrownBy(() -> client.jobs().list(JobQuery.all().withStatus(new JobStatus("nonsense"))))
                .isInstanceOf(HttpStatusException.class)
                .hasMessageContaining("400");
    }

    @Test
    void aJobIsCancelledAndNoOther() {
        needsCancel();
        try (Execution run = running();
                Execution waiting = client.queue(quick());
                Execution next = client.queue(quick())) {
            assertThat(client.jobs().cancel(waiting.promptId())).isTrue();
            assertThat(client.jobs().find(waiting.promptId())).isEmpty();
            assertThat(raw.isRunning(run.promptId())).isTrue();
            assertThat(client.jobs().cancel(List.of(run.promptId()))).isTrue();
            assertThatThrownBy(() -> run.await(LIMIT)).isInstanceOf(ExecutionInterruptedException.class);
            assertThat(next.await(LIMIT).images()).hasSize(1);
        }
    }

    @Test
    void whatHasEndedOrIsUnknownIsNotCancelled() {
        needsCancel();
        assertThat(client.jobs().cancel(run(quick()).promptId())).isFalse();
        assertThat(client.jobs().cancel(PromptId.random())).isFalse();
        assertThat(client.jobs().cancel(List.of(PromptId.random()))).isFalse();
    }
}
