package io.github.comfyeks.testing.internal.validate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a graph.
 *
 * @param error why nothing of it can run, or null
 * @param outputs the output nodes that can run
 * @param nodeErrors the errors by node; not empty on a verdict without {@code error} when some outputs were dropped (S3)
 */
public record Verdict(@Nullable ObjectNode error, List<String> outputs, ObjectNode nodeErrors) {}
