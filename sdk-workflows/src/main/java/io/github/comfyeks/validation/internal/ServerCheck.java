package io.github.comfyeks.validation.internal;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.validation.Problem;
import io.github.comfyeks.validation.ValidationReport;
import io.github.comfyeks.validation.WorkflowValidator;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowCheck;

/**
 * What a client asks before it queues. It says no only where the server would for certain: about a value that a custom node may
 * check by code of its own, the server is asked.
 */
public final class ServerCheck implements WorkflowCheck {
    @Override
    public void check(Workflow workflow, ObjectInfo objectInfo, Conditions conditions) {
        WorkflowValidator.Builder builder = WorkflowValidator.builder(objectInfo);
        if (Behaviour.isVersion(conditions.serverVersion())) {
            builder.serverVersion(conditions.serverVersion());
        }
        WorkflowValidator validator = builder.build();
        ValidationReport report = conditions.targets().isEmpty()
                ? validator.validate(workflow)
                : validator.validate(workflow, conditions.targets());
        if (isRefused(report, conditions.acceptPartial())) {
            throw new WorkflowInvalidException("workflow", report.messages(), null);
        }
    }

    private static boolean isRefused(ValidationReport report, boolean acceptPartial) {
        if (report.isValid() || (acceptPartial && report.verdict().isPartial())) {
            return false;
        }
        // with one value less at fault, an output more might run
        return acceptPartial
                ? report.problems().stream().allMatch(Problem::certain)
                : report.problems().stream().anyMatch(Problem::certain);
    }
}
