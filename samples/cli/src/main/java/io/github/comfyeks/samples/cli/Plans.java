package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.catalog.ModelPlan;
import io.github.comfyeks.model.catalog.PlannedChange;
import io.github.comfyeks.model.catalog.PlannedChange.Action;
import java.util.Locale;

/** Shows a plan. */
final class Plans {
    private Plans() {}

    static void show(Output output, ModelPlan plan) {
        for (PlannedChange change : plan.changes()) {
            output.record(
                    "action",
                    change.action().name().toLowerCase(Locale.ROOT),
                    "key",
                    change.key().value(),
                    "bytes",
                    change.bytes() < 0 ? null : change.bytes(),
                    "why",
                    change.why());
        }
        output.line(plan.toTable().stripTrailing());
        output.line(String.format(
                Locale.ROOT,
                "%d to add, %d to change, %d to remove, %d settings, %d stay; %s to move",
                plan.of(Action.ADD).size(),
                plan.of(Action.CHANGE).size(),
                plan.of(Action.REMOVE).size(),
                plan.of(Action.SETTINGS).size(),
                plan.of(Action.KEEP).size(),
                Bytes.text(plan.bytes())));
    }
}
