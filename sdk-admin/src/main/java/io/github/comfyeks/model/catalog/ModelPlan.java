package io.github.comfyeks.model.catalog;

import io.github.comfyeks.internal.Json;
import io.github.comfyeks.model.catalog.PlannedChange.Action;
import io.github.comfyeks.model.catalog.internal.Applier;
import io.github.comfyeks.model.store.LockedException;
import io.github.comfyeks.model.store.ModelListing;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a bucket differs from a catalogue. Immutable.
 *
 * @param catalog what there should be
 * @param listing what there was
 * @param changes one for each model of either, by key
 */
public record ModelPlan(ModelCatalog catalog, ModelListing listing, List<PlannedChange> changes) {
    public ModelPlan {
        changes = List.copyOf(changes);
    }

    /** The changes of this kind. */
    public List<PlannedChange> of(Action action) {
        return changes.stream().filter(change -> change.action() == action).toList();
    }

    /** Whether the bucket is as the catalogue wants it. */
    public boolean isEmpty() {
        return changes.stream().allMatch(change -> change.action() == Action.KEEP);
    }

    /** The same without removals: what the catalogue does not name stays. */
    public ModelPlan withoutRemovals() {
        return new ModelPlan(
                catalog,
                listing,
                changes.stream()
                        .filter(change -> change.action() != Action.REMOVE)
                        .toList());
    }

    /** How many bytes are to be moved, as far as somebody says. */
    public long bytes() {
        return changes.stream()
                .filter(change -> change.action() == Action.ADD || change.action() == Action.CHANGE)
                .mapToLong(change -> Math.max(change.bytes(), 0))
                .sum();
    }

    /**
     * Carries it out: takes the lock, looks that nobody changed these models meanwhile, adds, changes, then removes, and writes the
     * manifest at the end. A model that fails stops no other one; doing it again sends only what is missing.
     *
     * @throws LockedException if another administrator has the lock, or this one lost it
     * @throws StoreException if the bucket cannot be used, or changed since the plan was made
     */
    public ApplyReport apply(ModelStore store, ApplyOptions options) {
        return new Applier(this, store, options).apply();
    }

    /** The plan as JSON. */
    public String toJson() {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (PlannedChange change : changes) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("action", change.action().name().toLowerCase(Locale.ROOT));
            fields.put("key", change.key().value());
            fields.put("bytes", change.bytes() < 0 ? null : change.bytes());
            fields.put("why", change.why());
            list.add(fields);
        }
        return Json.write(Map.of("catalog", catalog.name(), "bytes", bytes(), "changes", list));
    }

    /** A table for people of all that changes. */
    public String toTable() {
        int width = changes.stream()
                .mapToInt(change -> change.key().value().length())
                .max()
                .orElse(0);
        StringBuilder table = new StringBuilder();
        changes.stream()
                .filter(change -> change.action() != Action.KEEP)
                .forEach(change -> table.append(String.format(
                        Locale.ROOT,
                        "%-8s %-" + Math.max(width, 1) + "s %15s  %s%n",
                        change.action().name().toLowerCase(Locale.ROOT),
                        change.key(),
                        change.bytes() < 0 ? "?" : String.format(Locale.ROOT, "%,d", change.bytes()),
                        change.why())));
        return table.toString();
    }
}
