package io.github.sparkncbigene.testkit;

import io.github.sparkncbigene.testkit.Page.Oddities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Responds to requests for genes with pages of reports. */
final class Pages {
    /** The formats of a page, with their content types. */
    enum Format {
        JSON("application/json"),
        NDJSON("application/x-ndjson"),
        TSV("text/tab-separated-values");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        /** Returns the format that the header Accept prefers. */
        static Format accepted(String accept) {
            Format best = JSON;
            double bestQuality = 0;
            for (String range : accept.split(",", -1)) {
                String[] parts = range.split(";", -1);
                double quality = quality(parts);
                for (Format format : values()) {
                    if (parts[0].strip().equalsIgnoreCase(format.type) && quality > bestQuality) {
                        best = format;
                        bestQuality = quality;
                    }
                }
            }
            return best;
        }

        private static double quality(String[] parts) {
            for (int p = 1; p < parts.length; p++) {
                String parameter = parts[p].strip();
                if (parameter.startsWith("q=")) {
                    try {
                        return Double.parseDouble(parameter.substring(2));
                    } catch (NumberFormatException e) {
                        return 0;
                    }
                }
            }
            return 1;
        }
    }

    private final Genes genes;
    private final PageTokens tokens;
    private final long seed;

    Pages(Genes genes, long seed) {
        this.genes = genes;
        this.tokens = new PageTokens(seed);
        this.seed = seed;
    }

    /** Returns the suggestions of taxa. */
    TaxonSuggest taxa() {
        return new TaxonSuggest(genes.taxonomy());
    }

    /**
     * Returns the requested page.
     *
     * @param fault the page's failure, null for none
     */
    Answer answer(GeneRequest request, Format format, Behaviour behaviour, Fault fault) {
        for (List<String> ids :
                List.of(request.accessions(), request.geneIds(), request.locusTags(), request.symbols())) {
            ids.stream().filter(behaviour.refused).findFirst().ifPresent(id -> {
                throw InvalidRequest.argument(id);
            });
        }
        boolean filtersTable =
                format == Format.TSV && !request.accessionFilter().isEmpty();
        if (filtersTable && behaviour.tableFilter == Behaviour.TableFilter.REFUSED) {
            throw InvalidRequest.argument("accession_filter");
        }
        // Invalid columns are rejected before any gene is looked up.
        List<TableField> columns = format == Format.TSV ? TableFields.columns(request) : List.of();
        Hits hits = Selection.of(request, genes, behaviour, seed);
        boolean endless = is(fault, Fault.Kind.ENDLESS);
        long offset = request.isFirstPage() ? 0 : tokens.offset(request.pageToken(), request.fingerprint());
        if (endless && hits.size() > 0) {
            offset %= hits.size();
        }
        Page page = page(request, hits, offset, format, behaviour, fault);
        Map<String, String> headers = new LinkedHashMap<>();
        if (!page.nextToken().isEmpty()) {
            headers.put("X-Ncbi-Next-Page-Token", page.nextToken());
        }
        if (page.totalCount() != 0) {
            headers.put("X-Ncbi-Total-Count", Long.toString(page.totalCount()));
        }
        Style style = Style.of(behaviour, Mix.mix(request.fingerprint() ^ seed, offset));
        Body.Source body =
                switch (format) {
                    case JSON -> JsonPage.json(page, style);
                    case NDJSON -> JsonPage.lines(page, style, behaviour.ndjsonShape);
                    case TSV -> TablePage.of(page, columns, behaviour);
                };
        return new Answer(200, format.type, headers, body, page.hits().size());
    }

    private Page page(GeneRequest request, Hits hits, long offset, Format format, Behaviour behaviour, Fault fault) {
        long end = Math.min(hits.size(), offset + request.pageSize());
        List<Hit> some = new ArrayList<>();
        if (is(fault, Fault.Kind.DUPLICATE) && offset > 0) {
            some.add(hits.at().apply(offset - 1));
        }
        for (long index = offset; index < end; index++) {
            some.add(hits.at().apply(index));
        }
        if (is(fault, Fault.Kind.DUPLICATE) && offset == 0 && !some.isEmpty()) {
            some.add(some.get(0));
        }
        if (is(fault, Fault.Kind.MISSING_REPORT) && !some.isEmpty()) {
            some.remove(some.size() - 1);
        }
        if (is(fault, Fault.Kind.UNASKED)) {
            some = unasked(hits, some.size());
        }
        long total = is(fault, Fault.Kind.WRONG_TOTAL) ? fault.number() : hits.size();
        boolean filtered = request.report() == Report.PRODUCT
                && !request.accessionFilter().isEmpty()
                && (format == Format.TSV
                        ? behaviour.tableFilter == Behaviour.TableFilter.APPLIED
                        : behaviour.filterJson);
        Page page = new Page(
                request,
                some,
                request.isFirstPage() ? total : 0,
                hits.size() == 0 ? "" : nextToken(request, hits, end, fault),
                request.isFirstPage() ? hits.messages() : List.of(),
                behaviour.unknownIds == Behaviour.UnknownIds.IN_REPORTS,
                filtered,
                oddities(fault));
        if (!behaviour.rowsWithoutMatch) {
            some.removeIf(page::isFilteredOut);
        }
        return page;
    }

    /** Returns that many genes, at least one, that are not among the hits, each under its own identifier. */
    private List<Hit> unasked(Hits hits, int count) {
        Set<Long> asked = new HashSet<>();
        for (long index = 0; index < hits.size(); index++) {
            asked.add(hits.at().apply(index).gene().id());
        }
        Stream<Gene> others = Stream.concat(
                genes.stored().stream(),
                LongStream.range(0, genes.synthetic()).mapToObj(i -> genes.synthetic(genes.synthetic() - 1 - i)));
        return others.filter(gene -> !asked.contains(gene.id()))
                .limit(Math.max(count, 1))
                .map(gene -> new Hit(gene, List.of("NM_" + gene.id() + "000.1"), List.of()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private String nextToken(GeneRequest request, Hits hits, long end, Fault fault) {
        long fingerprint = request.fingerprint();
        if (is(fault, Fault.Kind.REPEATED_TOKEN)) {
            return request.isFirstPage() ? tokens.token(0, fingerprint) : request.pageToken();
        }
        if (is(fault, Fault.Kind.FOREIGN_TOKEN)) {
            return tokens.token(end, ~fingerprint);
        }
        return end < hits.size() || is(fault, Fault.Kind.ENDLESS) ? tokens.token(end, fingerprint) : "";
    }

    private static Oddities oddities(Fault fault) {
        if (fault == null) {
            return Oddities.NONE;
        }
        return switch (fault.kind()) {
            case UNKNOWN_MEMBERS -> new Oddities(true, false, 0, 0);
            case UNKNOWN_ENUMS -> new Oddities(false, true, 0, 0);
            case DEEP -> new Oddities(false, false, (int) fault.number(), 0);
            case HUGE, GZIP_BOMB -> new Oddities(false, false, 0, fault.number());
            default -> Oddities.NONE;
        };
    }

    private static boolean is(Fault fault, Fault.Kind kind) {
        return fault != null && fault.kind() == kind;
    }
}
