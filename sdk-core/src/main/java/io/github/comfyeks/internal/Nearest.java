package io.github.comfyeks.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what somebody who mistyped may have meant. */
public final class Nearest {
    private static final int LONGEST = 200;

    /** Shorter ones are part of anything. */
    private static final int SHORTEST_PART = 3;

    private static final Pattern EXTENSION = Pattern.compile("\\.[a-z]{2,11}$");

    private record Scored(String text, int distance) {}

    private Nearest() {}

    /** Up to {@code count} candidates, the most alike first; empty if none is alike. Letter case does not matter. */
    public static List<String> to(String wanted, Collection<String> candidates, int count) {
        String folded = fold(wanted);
        int tolerated = Math.max(2, folded.length() / 2);
        return candidates.stream()
                .distinct()
                .map(candidate -> new Scored(candidate, score(folded, fold(candidate))))
                .filter(scored -> scored.distance <= tolerated && scored.distance < folded.length())
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::text))
                .limit(count)
                .map(Scored::text)
                .toList();
    }

    /** {@code ; nearest: "a", "b"}, or if nothing is alike {@code ; there are: …}, or nothing if there are none. */
    public static String hint(String wanted, Collection<String> candidates) {
        List<String> near = to(wanted, candidates, 3);
        if (!near.isEmpty()) {
            return "; nearest: " + quoted(near);
        }
        if (candidates.isEmpty()) {
            return "";
        }
        List<String> some = candidates.stream().distinct().sorted().limit(10).toList();
        return "; there " + (some.size() == 1 ? "is: " : "are: ") + quoted(some)
                + (candidates.stream().distinct().count() > some.size() ? ", …" : "");
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }

    private static String fold(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        return folded.length() > LONGEST ? folded.substring(0, LONGEST) : folded;
    }

    private static int score(String a, String b) {
        if (!a.isEmpty() && b.contains(a)) {
            return Math.min(1, b.length() - a.length());
        }
        String bareA = bare(a);
        String bareB = bare(b);
        if (bareA.length() >= SHORTEST_PART && bareB.contains(bareA)) {
            return Math.min(2, bareB.length() - bareA.length());
        }
        return distance(a, b);
    }

    /** Letters and digits without what looks like a file's extension: {@code sd_xl_base_1.0.safetensors} holds {@code sdxl}. */
    private static String bare(String text) {
        return EXTENSION.matcher(text).replaceFirst("").replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            int[] done = row;
            row = above;
            above = done;
        }
        return above[b.length()];
    }
}
