package io.github.sparkncbigene.recovery;

import io.github.sparkncbigene.identifier.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Groups identifiers that look alike: identifiers that the service rejects probably look different from the others. */
final class SimilarIdentifiers {
    private static final Pattern VERSION = Pattern.compile("\\.[0-9]+$");
    private static final Pattern REGULAR_FORM = Pattern.compile("[NX][MRP]_([0-9]{6}|[0-9]{9})|ENS[A-Z]*[TP][0-9]{11}");
    /** The group of all regular forms. */
    private static final String REGULAR = "";

    private SimilarIdentifiers() {}

    /** Returns groups of identifiers that look alike: NCBI's and Ensembl's forms first, then by frequency. */
    static List<List<Identifier>> groups(List<Identifier> identifiers) {
        Map<String, List<Identifier>> forms = new TreeMap<>();
        for (Identifier identifier : identifiers) {
            forms.computeIfAbsent(form(identifier.requested()), form -> new ArrayList<>())
                    .add(identifier);
        }
        List<List<Identifier>> ordered = new ArrayList<>();
        Optional.ofNullable(forms.remove(REGULAR)).ifPresent(ordered::add);
        forms.values().stream()
                .sorted(Comparator.comparingInt((List<Identifier> same) -> same.size())
                        .reversed())
                .forEach(ordered::add);
        return ordered;
    }

    /** Returns how many identifiers, in the order of their groups, come before the unusual ones: at least half. */
    static int beforeOdd(List<Identifier> ordered) {
        int half = (ordered.size() + 1) / 2;
        int before = 0;
        for (List<Identifier> group : groups(ordered)) {
            before += group.size();
            if (before >= half) {
                break;
            }
        }
        return before < ordered.size() ? before : ordered.size() / 2;
    }

    /** Returns the letters and the lengths of the numbers, without the version's number. */
    private static String form(String text) {
        String base = VERSION.matcher(text).replaceFirst("");
        return REGULAR_FORM.matcher(base).matches() ? REGULAR : base.replaceAll("[0-9]", "9");
    }
}
