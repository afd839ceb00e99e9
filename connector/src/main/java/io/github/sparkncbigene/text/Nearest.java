package io.github.sparkncbigene.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests known names for a mistyped one. */
public final class Nearest {
    private static final int SUGGESTIONS = 3;
    /** A longer text is not a mistyped name, and would take long to compare. */
    private static final int LONGEST = 200;

    private static final int TYPO = 2;

    private Nearest() {}

    /**
     * Returns the names whose edit distance is at most a third of their length, nearest first, and the names that
     * contain the given one. If a name differs by one or two letters only, others that differ by more are left out.
     */
    public static List<String> of(String name, Collection<String> names, UnaryOperator<String> normalise) {
        if (name.length() > LONGEST) {
            return List.of();
        }
        String wanted = normalise.apply(name);
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        Map<String, Integer> distances = new HashMap<>();
        names.forEach(known -> distances.put(known, distance.apply(wanted, normalise.apply(known))));
        boolean mistyped = distances.values().stream().anyMatch(far -> far <= TYPO);
        return names.stream()
                .filter(known -> {
                    String other = normalise.apply(known);
                    int most = mistyped ? TYPO : Math.max(TYPO, other.length() / 3);
                    return distances.get(known) <= most || (wanted.length() > 2 && other.contains(wanted));
                })
                .sorted(Comparator.<String>comparingInt(distances::get).thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .toList();
    }

    /** Returns " Did you mean 'a' or 'b'?", or an empty text if there is no suggestion. */
    public static String didYouMean(List<String> nearest) {
        return nearest.isEmpty()
                ? ""
                : nearest.stream().map(s -> "'" + s + "'").collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }
}
