package io.github.comfyeks.model.visibility;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each server lacks. Immutable.
 *
 * @param unseen by server, all that were asked; an empty list for one that offers everything
 */
public record VisibilityReport(Map<URI, List<Unseen>> unseen) {
    public VisibilityReport {
        Map<URI, List<Unseen>> copy = new TreeMap<>();
        unseen.forEach((server, models) -> copy.put(server, List.copyOf(models)));
        unseen = Collections.unmodifiableMap(copy);
    }

    /** Whether each server offers everything. */
    public boolean allVisible() {
        return unseen.values().stream().allMatch(List::isEmpty);
    }

    /** One line for each server that lacks something; a single line if none does. */
    @Override
    public String toString() {
        return allVisible()
                ? "every server offers every model"
                : unseen.entrySet().stream()
                        .filter(server -> !server.getValue().isEmpty())
                        .map(server -> server.getKey() + ": "
                                + server.getValue().stream()
                                        .map(Unseen::message)
                                        .collect(Collectors.joining("; ")))
                        .collect(Collectors.joining("\n"));
    }
}
