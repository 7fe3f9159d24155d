package io.github.comfyeks.convert.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Places boxes: columns by the longest way to them, what belongs together within a rectangle of its own. A rectangle lies in its
 * columns as high as those that were placed before let it, so nothing overlaps. The order from top to bottom is found by sweeps:
 * each box goes towards the mean of those that it is linked with, and the best of all rounds stays.
 */
final class Layout {
    /** Above a node is its title, above a group its own. */
    static final int TITLE = 30;

    private static final int GROUP_TITLE = 36;
    private static final int PADDING = 16;
    private static final int BETWEEN_COLUMNS = 70;
    private static final int BETWEEN_ROWS = 24;
    private static final int BETWEEN_GROUPS = 40;
    private static final int SWEEPS = 12;

    /** What is placed; of its group only boxes in columns side by side stand together. */
    record Box(int width, int height, Stage stage) {}

    /** A group's rectangle. */
    record Area(Stage stage, int x, int y, int width, int height) {}

    /** Boxes of one stage that stand together. */
    private static final class Cluster {
        final Stage stage;
        final TreeMap<Integer, List<Integer>> columns = new TreeMap<>();
        int height;

        Cluster(Stage stage) {
            this.stage = stage;
        }
    }

    private final List<Box> boxes;
    private final List<List<Integer>> before = new ArrayList<>();
    private final List<List<Integer>> after = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final int[] column;
    private final int[] part;
    private final List<List<Cluster>> parts = new ArrayList<>();
    private int[] y;
    private final int[] x;
    private List<Area> areas = List.of();

    private Layout(List<Box> boxes) {
        this.boxes = boxes;
        this.column = new int[boxes.size()];
        this.part = new int[boxes.size()];
        this.y = new int[boxes.size()];
        this.x = new int[boxes.size()];
        boxes.forEach(box -> {
            before.add(new ArrayList<>());
            after.add(new ArrayList<>());
        });
    }

    /**
     * @param links pairs of indexes of boxes: what gives, what takes; may run in circles
     */
    static Layout of(List<Box> boxes, Collection<int[]> links) {
        Layout layout = new Layout(boxes);
        for (int[] link : links) {
            layout.after.get(link[0]).add(link[1]);
            layout.before.get(link[1]).add(link[0]);
        }
        layout.findColumns();
        layout.findParts();
        layout.cluster();
        layout.sweep();
        layout.placeColumns();
        layout.drawAreas();
        return layout;
    }

    int x(int box) {
        return x[box];
    }

    /** Of the upper edge, below the title. */
    int y(int box) {
        return y[box];
    }

    List<Area> areas() {
        return areas;
    }

    /** The boxes, each after those that it takes from. */
    List<Integer> order() {
        return order;
    }

    private void findColumns() {
        int[] open = new int[boxes.size()];
        boolean[] done = new boolean[boxes.size()];
        List<Integer> ready = new ArrayList<>();
        for (int i = 0; i < open.length; i++) {
            open[i] = before.get(i).size();
            if (open[i] == 0) {
                ready.add(i);
            }
        }
        int next = 0;
        for (int start = 0; order.size() < boxes.size(); ) {
            if (next == ready.size()) { // a circle is cut open at its first box
                while (done[start]) {
                    start++;
                }
                ready.add(start);
            }
            int box = ready.get(next++);
            if (done[box]) {
                continue;
            }
            done[box] = true;
            order.add(box);
            for (int taker : after.get(box)) {
                if (!done[taker]) {
                    column[taker] = Math.max(column[taker], column[box] + 1);
                    if (--open[taker] == 0) {
                        ready.add(taker);
                    }
                }
            }
        }
        for (int i = 0; i < column.length; i++) {
            if (before.get(i).isEmpty() && !boxes.get(i).stage.isEarly()) {
                column[i] = Math.max(
                        0,
                        after.get(i).stream()
                                        .mapToInt(taker -> column[taker])
                                        .min()
                                        .orElse(1)
                                - 1);
            }
        }
    }

    /** What is not linked at all stands apart. */
    private void findParts() {
        Arrays.fill(part, -1);
        for (int i = 0; i < part.length; i++) {
            if (part[i] >= 0) {
                continue;
            }
            List<Integer> found = new ArrayList<>(List.of(i));
            part[i] = parts.size();
            for (int at = 0; at < found.size(); at++) {
                for (List<List<Integer>> side : List.of(before, after)) {
                    for (int other : side.get(found.get(at))) {
                        if (part[other] < 0) {
                            part[other] = parts.size();
                            found.add(other);
                        }
                    }
                }
            }
            int first = found.stream().mapToInt(box -> column[box]).min().orElse(0);
            found.forEach(box -> column[box] -= first);
            parts.add(new ArrayList<>());
        }
    }

    private void cluster() {
        Map<List<Object>, TreeMap<Integer, List<Integer>>> together = new LinkedHashMap<>();
        for (int i = 0; i < boxes.size(); i++) {
            together.computeIfAbsent(List.of(part[i], boxes.get(i).stage), key -> new TreeMap<>())
                    .computeIfAbsent(column[i], key -> new ArrayList<>())
                    .add(i);
        }
        together.forEach((key, columns) -> {
            Cluster cluster = null;
            for (Map.Entry<Integer, List<Integer>> each : columns.entrySet()) {
                if (cluster == null || cluster.columns.lastKey() + 1 < each.getKey()) {
                    cluster = new Cluster((Stage) key.get(1));
                    parts.get((Integer) key.get(0)).add(cluster);
                }
                cluster.columns.put(each.getKey(), each.getValue());
            }
        });
        parts.forEach(clusters -> clusters.sort(Comparator.comparing((Cluster cluster) -> cluster.columns.firstKey())));
    }

    // ---- from top to bottom ----

    private void sweep() {
        stack();
        int[] best = y.clone();
        long least = length();
        for (int i = 0; i < SWEEPS; i++) {
            double[] wanted = wanted(i % 3 != 1, i % 3 != 0);
            for (List<Cluster> clusters : parts) {
                for (Cluster cluster : clusters) {
                    cluster.columns.values().forEach(rows -> rows.sort(Comparator.comparingDouble(box -> wanted[box])));
                }
                clusters.sort(Comparator.comparing((Cluster cluster) -> cluster.columns.firstKey())
                        .thenComparingDouble(cluster -> mean(cluster, wanted)));
            }
            stack();
            if (length() < least) {
                least = length();
                best = y.clone();
            }
        }
        y = best;
    }

    private static double mean(Cluster cluster, double[] wanted) {
        return cluster.columns.values().stream()
                .flatMap(List::stream)
                .mapToDouble(box -> wanted[box])
                .average()
                .orElse(0);
    }

    private double[] wanted(boolean byBefore, boolean byAfter) {
        double[] wanted = new double[boxes.size()];
        for (int i = 0; i < wanted.length; i++) {
            List<Integer> others = new ArrayList<>(byBefore ? before.get(i) : List.of());
            others.addAll(byAfter ? after.get(i) : List.of());
            wanted[i] = others.stream().mapToInt(this::middle).average().orElse(middle(i));
        }
        return wanted;
    }

    private int middle(int box) {
        return y[box] + boxes.get(box).height / 2;
    }

    /** How far all links go up and down. */
    private long length() {
        long sum = 0;
        for (int i = 0; i < boxes.size(); i++) {
            for (int taker : after.get(i)) {
                sum += Math.abs(middle(i) - middle(taker));
            }
        }
        return sum;
    }

    private void stack() {
        int floor = 0;
        for (List<Cluster> clusters : parts) {
            Map<Integer, Integer> bottoms = new LinkedHashMap<>();
            for (Cluster cluster : clusters) {
                int top = floor;
                for (int at = cluster.columns.firstKey(); at <= cluster.columns.lastKey(); at++) {
                    top = Math.max(top, bottoms.getOrDefault(at, floor));
                }
                place(cluster, top);
                for (int at = cluster.columns.firstKey(); at <= cluster.columns.lastKey(); at++) {
                    bottoms.put(at, top + cluster.height + BETWEEN_GROUPS);
                }
            }
            floor = bottoms.values().stream().mapToInt(bottom -> bottom).max().orElse(floor);
        }
    }

    private void place(Cluster cluster, int top) {
        cluster.height = 0;
        for (List<Integer> rows : cluster.columns.values()) {
            int at = top + GROUP_TITLE + PADDING;
            for (int box : rows) {
                y[box] = at + TITLE;
                at += TITLE + boxes.get(box).height + BETWEEN_ROWS;
            }
            cluster.height = Math.max(cluster.height, at - BETWEEN_ROWS + PADDING - top);
        }
    }

    // ---- from left to right ----

    private void placeColumns() {
        TreeMap<Integer, Integer> widths = new TreeMap<>();
        for (int i = 0; i < boxes.size(); i++) {
            widths.merge(column[i], boxes.get(i).width, Math::max);
        }
        Map<Integer, Integer> lefts = new LinkedHashMap<>();
        int left = 0;
        for (Map.Entry<Integer, Integer> each : widths.entrySet()) {
            lefts.put(each.getKey(), left);
            left += each.getValue() + BETWEEN_COLUMNS;
        }
        for (int i = 0; i < boxes.size(); i++) {
            x[i] = Objects.requireNonNull(lefts.get(column[i]));
        }
    }

    private void drawAreas() {
        areas = parts.stream()
                .flatMap(List::stream)
                .map(this::area)
                .sorted(Comparator.comparingInt(Area::x).thenComparingInt(Area::y))
                .toList();
    }

    private Area area(Cluster cluster) {
        int left = Integer.MAX_VALUE;
        int right = 0;
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        for (List<Integer> rows : cluster.columns.values()) {
            for (int box : rows) {
                left = Math.min(left, x[box]);
                right = Math.max(right, x[box] + boxes.get(box).width);
                top = Math.min(top, y[box] - TITLE);
                bottom = Math.max(bottom, y[box] + boxes.get(box).height);
            }
        }
        int upper = top - PADDING - GROUP_TITLE;
        return new Area(cluster.stage, left - PADDING, upper, right - left + 2 * PADDING, bottom + PADDING - upper);
    }
}
