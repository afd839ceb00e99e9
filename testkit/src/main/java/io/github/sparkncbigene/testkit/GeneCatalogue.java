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
 * What the service knows, for tests to compute expectations from. An identifier is an accession, a GeneID or a locus
 * tag; superseded versions find what the current ones find.
 */
public final class GeneCatalogue {
    private final Genes genes;

    GeneCatalogue(Genes genes) {
        this.genes = genes;
    }

    /** GeneIDs of the genes that the identifier finds. */
    public Set<Long> geneIds(String identifier) {
        Set<Long> ids = new LinkedHashSet<>();
        find(identifier).forEach(gene -> ids.add(gene.id()));
        return ids;
    }

    /** The gene report of the first gene that the identifier finds, as JSON: the member {@code gene} of a match. */
    public Optional<String> geneReportJson(String identifier) {
        return first(identifier, Gene::report);
    }

    /** The product report of the first gene that the identifier finds: the member {@code product} of a match. */
    public Optional<String> productReportJson(String identifier) {
        return first(identifier, Gene::product);
    }

    /** Rows of the tabular gene report of the first gene that the identifier finds, none if there is no such gene. */
    public List<List<String>> geneRows(String identifier, List<String> tableFields) {
        return rows(identifier, tableFields, Report.GENE);
    }

    /** Rows of the tabular product report of the first gene that the identifier finds. */
    public List<List<String>> productRows(String identifier, List<String> tableFields) {
        return rows(identifier, tableFields, Report.PRODUCT);
    }

    /** Accessions of the genes held in memory, that is of all but synthetic ones, as they are listed. */
    public Set<String> accessions() {
        Set<String> accessions = new LinkedHashSet<>();
        genes.stored().forEach(gene -> accessions.addAll(gene.accessions()));
        return accessions;
    }

    /** GeneIDs of the genes held in memory, that is of all but synthetic ones. */
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
