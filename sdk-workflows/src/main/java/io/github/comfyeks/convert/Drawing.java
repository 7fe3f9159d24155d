package io.github.comfyeks.convert;

import java.util.List;
import java.util.Map;

/**
 * A workflow in the editor's format, laid out to be read: columns by depth, groups by stage. Immutable; the same workflow and node
 * classes make the same drawing.
 *
 * @param uiWorkflow the file's content as plain data, in version 0.4; what {@code Workflow.withUiWorkflow} takes
 * @param ids the id of each node of the workflow → its id in the drawing; another one only if it was no whole number, such as
 *     {@code 12:34} of a subgraph: these are numbered on behind the largest, in the workflow's order
 * @param problems what the editor's format cannot hold, or fills in ({@link ConversionProblem.Code#FILLED_IN}); of a strict
 *     conversion only the latter
 */
public record Drawing(Map<String, Object> uiWorkflow, Map<String, String> ids, List<ConversionProblem> problems) {}
