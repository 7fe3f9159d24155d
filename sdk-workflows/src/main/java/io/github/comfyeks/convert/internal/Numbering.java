package io.github.comfyeks.convert.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the nodes inside of subgraphs ids that are unique in the file, as the page does on loading: an id that the root or an
 * earlier definition has already is replaced by one above all others.
 */
final class Numbering {
    private final Set<String> taken = new HashSet<>();
    private long last;

    /** Definition by its id → what its nodes are called instead of what the file calls them. */
    final Map<String, Map<String, String>> newIds = new LinkedHashMap<>();

    Numbering(Map<String, Object> file, List<Map<String, Object>> definitions) {
        Object lastNode = file.containsKey("last_node_id")
                ? file.get("last_node_id")
                : Data.map(file.get("state")).get("lastNodeId"); // schema version 1
        last = Data.integer(lastNode, 0);
        long highest = 0;
        for (Object node : Data.list(file.get("nodes"))) {
            String id = Data.id(Data.map(node).get("id"));
            taken.add(id);
            highest = Math.max(highest, number(id));
        }
        for (Map<String, Object> definition : definitions) {
            newIds.put(Data.text(definition.get("id")), renumbered(definition));
        }
        last = Math.max(last, highest);
    }

    /** An id that no node of the file has. */
    String next() {
        return String.valueOf(++last);
    }

    private Map<String, String> renumbered(Map<String, Object> definition) {
        Map<String, String> newIds = new HashMap<>();
        List<String> own = new ArrayList<>();
        for (Object node : Data.list(definition.get("nodes"))) {
            String id = Data.id(Data.map(node).get("id"));
            if (taken.contains(id)) {
                String other = String.valueOf(++last);
                newIds.put(id, other);
                own.add(other);
            } else {
                own.add(id);
                last = Math.max(last, number(id));
            }
            taken.add(own.get(own.size() - 1));
        }
        return newIds;
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
