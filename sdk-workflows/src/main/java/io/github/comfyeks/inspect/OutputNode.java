package io.github.comfyeks.inspect;

import java.util.Optional;

/**
 * A node that saves, shows or sends. Immutable.
 *
 * @param nodeId the node
 * @param title what it is called in the editor; empty if it has no name of its own
 * @param classType its class
 * @param filenamePrefix how its files begin, if it writes any and the name is no link
 */
public record OutputNode(String nodeId, String title, String classType, Optional<String> filenamePrefix) {}
