package io.github.comfyeks.schema.diff;

import io.github.comfyeks.schema.NodeSchema;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the node classes of one server differ from those of another, or of the same one earlier: {@code GET /object_info} twice, or
 * once and a file. Prose does not count, nor does the order of anything. Lists that one side does not know, such as those of files,
 * are not compared. Immutable and safe for any number of threads.
 */
public final class SchemaDiff {
    private final ObjectInfo before;
    private final ObjectInfo after;
    private final List<Change> changes;

    private SchemaDiff(ObjectInfo before, ObjectInfo after) {
        this.before = before;
        this.after = after;
        List<Change> found = new ArrayList<>();
        TreeSet<String> classes = new TreeSet<>(before.nodes().keySet());
        classes.addAll(after.nodes().keySet());
        for (String classType : classes) {
            Optional<NodeSchema> from = before.find(classType);
            Optional<NodeSchema> to = after.find(classType);
            if (from.isEmpty()) {
                found.add(new Change(classType, "", Change.Kind.NODE_NEW, false, "new node"));
            } else if (to.isEmpty()) {
                found.add(new Change(classType, "", Change.Kind.NODE_GONE, true, "node gone"));
            } else {
                found.addAll(NodeDiff.between(from.get(), to.get()));
            }
        }
        this.changes = List.copyOf(found);
    }

    public static SchemaDiff between(ObjectInfo before, ObjectInfo after) {
        return new SchemaDiff(before, after);
    }

    /** Whether nothing differs. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** All differences, by class. */
    public List<Change> changes() {
        return changes;
    }

    /** The differences of one class. */
    public List<Change> changes(String classType) {
        return changes.stream()
                .filter(change -> change.classType().equals(classType))
                .toList();
    }

    /**
     * What is right in this workflow before and wrong, or of another meaning, after: nodes and choices that are gone, inputs that are
     * required now, types and limits that do not fit any more, outputs that moved. What was wrong before is not listed.
     */
    public List<Breakage> breakages(WorkflowSource source) {
        Workflow workflow = source.workflow();
        List<Breakage> old = WorkflowCheckup.breakages(workflow, before);
        List<Breakage> found = new ArrayList<>();
        for (Breakage each : WorkflowCheckup.breakages(workflow, after)) {
            boolean isOld = old.stream()
                    .anyMatch(known -> known.nodeId().equals(each.nodeId())
                            && known.input().equals(each.input()));
            if (!isOld) {
                found.add(each);
            }
        }
        found.addAll(WorkflowCheckup.movedOutputs(workflow, before, after));
        return List.copyOf(found);
    }

    /** A report: a line of counts, then a line for each difference, those that break something with an exclamation mark. */
    @Override
    public String toString() {
        if (changes.isEmpty()) {
            return "no differences";
        }
        long breaking = changes.stream().filter(Change::breaking).count();
        return changes.size() + (changes.size() == 1 ? " difference, " : " differences, ") + breaking
                + " of them may break a graph (!)\n"
                + changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
    }
}
