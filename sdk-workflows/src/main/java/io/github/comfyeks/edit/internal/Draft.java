package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.edit.LocalFile;
import io.github.comfyeks.graph.Node;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.Workflow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a workflow that can be changed. Immutable: nobody changes a map or list that is in one.
 *
 * @param workflow as it stands
 * @param classes what values and links are held against; null if unknown
 * @param origin the same for all that was made of one file by changing it
 * @param files values that are files of this machine; the workflow has their names
 * @param ids the nodes written in Java that were put in, and their ids
 * @param foreign of other origins: which node became which
 * @param paths node id → titles of the subgraphs around it
 * @param marks parameters beside those that titles mark
 * @param bindings name → node id
 */
public record Draft(
        Workflow workflow,
        @Nullable ObjectInfo classes,
        Object origin,
        Map<Place, LocalFile> files,
        Map<Node, String> ids,
        Map<Object, Map<String, String>> foreign,
        Map<String, String> paths,
        List<ParameterMark> marks,
        Map<String, String> bindings) {

    /** A workflow that nobody changed yet. */
    public static Draft of(
            Workflow workflow, @Nullable ObjectInfo classes, Map<String, String> paths, List<ParameterMark> marks) {
        return new Draft(workflow, classes, new Object(), Map.of(), Map.of(), Map.of(), paths, marks, Map.of());
    }

    /** With other bound names. */
    public Draft withBindings(Map<String, String> others) {
        return new Draft(workflow, classes, origin, files, ids, foreign, paths, marks, others);
    }

    /** With other parameters. */
    Draft withMarks(List<ParameterMark> others) {
        return new Draft(workflow, classes, origin, files, ids, foreign, paths, others, bindings);
    }
}
