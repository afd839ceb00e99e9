package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The service's genes, from which tests compute expectations. An identifier is an accession, a GeneID or a locus tag. A
 * superseded version matches the genes of the current version.
 */
public final class GeneCatalogue {
    private final Genes genes;

    GeneCatalogue(Genes genes) {
        this.genes = genes;
    }

    /** Returns the GeneIDs of the genes that the identifier matches. */
    public Set<Long> geneIds(String identifier) {
        Set<Long> ids = new LinkedHashSet<>();
        find(identifier).forEach(gene -> ids.add(gene.id()));
        return ids;
    }

    /**
     * Returns the gene report of the first gene that the identifier matches, as JSON: the member {@code gene} of a
     * match.
     */
    public Optional<String> geneReportJson(String identifier) {
        return first(identifier, Gene::report);
    }

    /**
     * Returns the product report of the first gene that the identifier matches: the member {@code product} of a match.
     */
    public Optional<String> productReportJson(String identifier) {
        return first(identifier, Gene::product);
    }

    /** Returns the rows of the tabular gene report of the first gene that the identifier matches, or none. */
    public List<List<String>> geneRows(String identifier, List<String> tableFields) {
        return rows(identifier, tableFields, Report.GENE);
    }

    /** Returns the rows of the tabular product report of the first gene that the identifier matches, or none. */
    public List<List<String>> productRows(String identifier, List<String> tableFields) {
        return rows(identifier, tableFields, Report.PRODUCT);
    }

    /** Returns the accessions of the genes held in memory (all but the synthetic genes), as listed. */
    public Set<String> accessions() {
        Set<String> accessions = new LinkedHashSet<>();
        genes.stored().forEach(gene -> accessions.addAll(gene.accessions()));
        return accessions;
    }

    /** Returns the GeneIDs of the genes held in memory (all but the synthetic genes). */
    public Set<Long> geneIds() {
        Set<Long> ids = new LinkedHashSet<>();
        genes.stored().forEach(gene -> ids.add(gene.id()));
        return ids;
    }

    private Optional<String> first(String identifier, Function<Gene, ObjectNode> report) {
        return find(identifier).findFirst().map(report).map(Json::write);
    }

    private List<List<String>> rows(String identifier, List<String> tableFields, Report report) {
        Flattener flattener = new Flattener(TableFields.of(report).columns(tableFields));
        List<List<String>> rows = new ArrayList<>();
        find(identifier)
                .findFirst()
                .ifPresent(gene -> flattener.rows(gene.descriptor(report), row -> rows.add(List.of(row))));
        return rows;
    }

    private Stream<Gene> find(String identifier) {
        List<Found> found = new ArrayList<>(genes.byAccession(identifier));
        if (identifier.matches("[0-9]{1,18}")) {
            found.addAll(genes.byGeneId(Long.parseLong(identifier)));
        }
        found.addAll(genes.byLocusTag(identifier));
        return found.stream().map(Found::gene);
    }
}
