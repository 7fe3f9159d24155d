package io.github.comfyeks;

import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.server.internal.HttpServerApi;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowCheck;
import io.github.comfyeks.workflow.WorkflowCheck.Conditions;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Checks workflows before they are queued, with whatever {@link WorkflowCheck} is on the path. It costs no request: without node
 * classes at hand nothing is checked, and only before it says no it looks whether they are still true.
 */
final class ChecksBeforeQueue {
    private final HttpServerApi server;
    private final List<WorkflowCheck> checks;

    ChecksBeforeQueue(HttpServerApi server, boolean enabled) {
        this.server = server;
        this.checks = enabled
                ? ServiceLoader.load(WorkflowCheck.class, ChecksBeforeQueue.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList()
                : List.of();
    }

    /** @throws WorkflowInvalidException if the server would refuse it */
    void check(Workflow workflow, QueueOptions options) {
        Optional<ObjectInfo> kept = checks.isEmpty() ? Optional.empty() : server.keptObjectInfo();
        if (kept.isEmpty()) {
            return;
        }
        try {
            check(workflow, kept.get(), options, "");
        } catch (WorkflowInvalidException perhapsStale) {
            ObjectInfo now;
            String version;
            try {
                now = server.refreshObjectInfo();
                version = server.systemStats().version();
            } catch (ComfyException unreachable) {
                return; // the submission meets the same trouble, and tells it better
            }
            check(workflow, now, options, version);
        }
    }

    private void check(Workflow workflow, ObjectInfo info, QueueOptions options, String version) {
        Conditions conditions = new Conditions(options.targets(), options.acceptPartial(), version);
        checks.forEach(check -> check.check(workflow, info, conditions));
    }
}
