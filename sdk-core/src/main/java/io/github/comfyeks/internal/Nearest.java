package io.github.comfyeks.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names most like one that was not found, for error messages. */
public final class Nearest {
    private Nearest() {}

    /** Up to {@code count} of the choices, the most alike first; with few choices all of them. */
    public static List<String> to(String wanted, Collection<String> choices, int count) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return choices.stream()
                .distinct()
                .sorted(Comparator.<String>comparingInt(choice -> distance(lower, choice.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }

    /** Edits from one to the other, insertions at either end at a discount: names often differ by a suffix. */
    private static int distance(String a, String b) {
        if (b.startsWith(a) || a.startsWith(b)) {
            return Math.abs(a.length() - b.length()) / 4;
        }
        int[] previous = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = row;
            row = swap;
        }
        return previous[b.length()];
    }
}
