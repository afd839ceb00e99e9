package io.github.sparkncbigene.testkit;

import io.github.sparkncbigene.testkit.Behaviour.SeveralSelectors;
import io.github.sparkncbigene.testkit.Behaviour.UnknownIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Finds the genes that a request selects. */
final class Selection {
    /** A gene with the identifiers that match it so far, and the kinds of selector they belong to. */
    private static final class Match {
        final Gene gene;
        final Set<String> query = new LinkedHashSet<>();
        final List<Warning> warnings = new ArrayList<>();
        final Set<String> selectors = new LinkedHashSet<>();

        Match(Gene gene) {
            this.gene = gene;
        }
    }

    private final Genes genes;
    private final GeneRequest request;
    private final Behaviour behaviour;
    private final long seed;
    private final Map<Long, Match> matches = new LinkedHashMap<>();
    private final List<Warning> messages = new ArrayList<>();
    private final List<Long> requestOrder = new ArrayList<>();
    private int selectors;

    private Selection(Genes genes, GeneRequest request, Behaviour behaviour, long seed) {
        this.genes = genes;
        this.request = request;
        this.behaviour = behaviour;
        this.seed = seed;
    }

    static Hits of(GeneRequest request, Genes genes, Behaviour behaviour, long seed) {
        return new Selection(genes, request, behaviour, seed).hits();
    }

    private Hits hits() {
        boolean onlyTaxon = !request.taxon().isEmpty()
                && request.accessions().isEmpty()
                && request.geneIds().isEmpty()
                && request.locusTags().isEmpty()
                && request.symbols().isEmpty();
        if (!request.taxon().isEmpty()
                && genes.taxonomy().resolve(request.taxon(), request.subtree()).isEmpty()) {
            unknown("UNRECOGNIZED_TAX_TOKEN", request.taxon());
        }
        if (onlyTaxon && request.sort().isEmpty()) {
            return new TaxonScan(genes, request, seed ^ request.fingerprint()).hits(messages);
        }
        selector("accessions", request.accessions(), genes::byAccession, "UNRECOGNIZED_ACCESSION");
        selector("gene_ids", request.geneIds(), id -> genes.byGeneId(Long.parseLong(id)), "UNRECOGNIZED_GENE_ID");
        selector("locus_tags", request.locusTags(), genes::byLocusTag, "UNRECOGNIZED_GENE_SYMBOL");
        if (!request.symbols().isEmpty()) {
            Set<Long> taxa = genes.taxonomy().resolve(request.symbolTaxon(), request.subtree());
            if (taxa.isEmpty()) {
                unknown("UNRECOGNIZED_TAX_TOKEN", request.symbolTaxon());
            }
            selector("symbols", request.symbols(), symbol -> genes.bySymbol(symbol, taxa), "UNRECOGNIZED_GENE_SYMBOL");
        }
        if (!request.taxon().isEmpty()) {
            taxon();
        }
        if (selectors > 1 && behaviour.severalSelectors == SeveralSelectors.REJECT) {
            throw InvalidRequest.argument("only one of the selectors may be given");
        }
        if (behaviour.severalSelectors == SeveralSelectors.INTERSECTION) {
            matches.values().removeIf(match -> match.selectors.size() < selectors);
        }
        matches.values().removeIf(match -> !isWanted(match.gene));
        requestOrder.addAll(matches.keySet());
        return Hits.of(ordered(), messages);
    }

    private void selector(String name, List<String> ids, Function<String, List<Found>> lookup, String code) {
        if (ids.isEmpty()) {
            return;
        }
        selectors++;
        for (String id : ids) {
            List<Found> found = lookup.apply(id);
            boolean any = false;
            for (Found one : found) {
                any |= add(name, id, one);
            }
            if (!any) {
                unknown(code, id);
            }
        }
    }

    private void taxon() {
        selectors++;
        Hits scan = new TaxonScan(genes, request, 0).hits(List.of());
        for (long index = 0; index < scan.size(); index++) {
            Gene gene = scan.at().apply(index).gene();
            match(gene).selectors.add("taxon");
        }
    }

    private boolean add(String selector, String id, Found found) {
        if (found.returned() == null) {
            record(selector, found.gene()).query.add(id);
            return true;
        }
        switch (behaviour.supersededVersion) {
            case MISSING -> {
                return false;
            }
            case CURRENT_SILENTLY -> record(selector, found.gene()).query.add(id);
            case CURRENT_WITH_WARNING -> {
                Match match = record(selector, found.gene());
                match.query.add(found.returned());
                match.warnings.add(Warning.superseded(id, found.returned()));
            }
        }
        return true;
    }

    private Match record(String selector, Gene gene) {
        Match match = match(gene);
        match.selectors.add(selector);
        return match;
    }

    private Match match(Gene gene) {
        return matches.computeIfAbsent(gene.id(), id -> new Match(gene));
    }

    private void unknown(String code, String id) {
        if (behaviour.unknownIds != UnknownIds.SILENT) {
            messages.add(Warning.unrecognized(code, id));
        }
    }

    private boolean isWanted(Gene gene) {
        return TaxonScan.isWanted(gene, request);
    }

    private List<Hit> ordered() {
        List<Match> ordered = new ArrayList<>(matches.values());
        long shuffle = seed ^ request.fingerprint();
        ordered.sort(Comparator.comparingLong(match -> Mix.mix(match.gene.id(), shuffle)));
        // Uses neither the request's order nor the order of the GeneIDs, if there is another one.
        if (ordered.size() > 1 && (isInOrder(ordered, requestOrder) || (ordered.size() > 2 && isAscending(ordered)))) {
            ordered.add(ordered.remove(0));
        }
        if (behaviour.sorting == Behaviour.Sorting.APPLIED) {
            request.sort().forEach(sort -> ordered.sort(by(sort)));
        } else if (behaviour.sorting == Behaviour.Sorting.REJECTED
                && !request.sort().isEmpty()) {
            throw InvalidRequest.argument("sort is not supported");
        }
        return ordered.stream().map(this::hit).toList();
    }

    private Comparator<Match> by(GeneRequest.Sort sort) {
        Function<Gene, String> key = SortFields.key(sort.field(), request.report());
        Comparator<Match> ascending = Comparator.comparing(match -> key.apply(match.gene), SortFields.NUMBERS_FIRST);
        return sort.direction() == GeneRequest.Direction.SORT_DIRECTION_DESCENDING ? ascending.reversed() : ascending;
    }

    private Hit hit(Match match) {
        List<String> query =
                switch (behaviour.queryEcho) {
                    case AS_REQUESTED -> List.copyOf(match.query);
                    case WITHOUT_VERSION ->
                        match.query.stream()
                                .map(Accession::withoutVersion)
                                .distinct()
                                .toList();
                    case SYMBOLS_IN_CAPITALS ->
                        match.selectors.contains("symbols")
                                ? match.query.stream()
                                        .map(symbol -> symbol.toUpperCase(Locale.ROOT))
                                        .distinct()
                                        .toList()
                                : List.copyOf(match.query);
                    case OMITTED -> List.of();
                };
        boolean echoed = behaviour.queryInAbbreviated || request.content() == GeneRequest.Content.COMPLETE;
        return new Hit(match.gene, echoed ? query : List.of(), match.warnings);
    }

    private static boolean isInOrder(List<Match> ordered, List<Long> ids) {
        for (int n = 0; n < ids.size(); n++) {
            if (ordered.get(n).gene.id() != ids.get(n)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscending(List<Match> ordered) {
        for (int n = 1; n < ordered.size(); n++) {
            if (ordered.get(n - 1).gene.id() > ordered.get(n).gene.id()) {
                return false;
            }
        }
        return true;
    }
}
