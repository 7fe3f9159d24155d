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
    static Map<String, Map<String, String>> of(Map<String, Object> file, List<Map<String, Object>> definitions) {
        Numbering numbering = new Numbering();
        numbering.last = Data.integer(file.get("last_node_id"), 0);
        for (Object node : Data.list(file.get("nodes"))) {
            numbering.taken.add(Data.id(Data.map(node).get("id")));
        }
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (Map<String, Object> definition : definitions) {
            all.put(Data.text(definition.get("id")), numbering.renumbered(definition));
        }
        return all;
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
