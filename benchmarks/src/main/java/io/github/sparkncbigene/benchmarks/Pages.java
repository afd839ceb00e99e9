package io.github.sparkncbigene.benchmarks;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.testkit.GeneCatalogue;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/** Pages of generated genes, in the sizes and shapes of NCBI's reports. */
final class Pages {
    private final Report report;
    private final GeneCatalogue catalogue;

    /** @param genes number of genes */
    Pages(Report report, int genes) {
        this.report = report;
        try (NcbiGeneService service =
                NcbiGeneService.builder().synthetic(genes).build()) {
            this.catalogue = service.catalogue();
        }
    }

    /** Returns the matches of the first genes, as they appear in a page: {@code {"gene":…,"query":[…]}}. */
    static List<String> matches(Report report, int genes) {
        return new Pages(report, genes).matches(accessions(genes));
    }

    /** Returns the accessions of the first genes, a different gene each. */
    static List<String> accessions(int genes) {
        return LongStream.range(0, genes).mapToObj(SyntheticGenes::accession).toList();
    }

    /** Returns the matches of the accessions, as they appear in a page. */
    List<String> matches(List<String> accessions) {
        return accessions.stream().map(this::match).toList();
    }

    private String match(String accession) {
        String json = (report == Report.GENE
                        ? catalogue.geneReportJson(accession)
                        : catalogue.productReportJson(accession))
                .orElseThrow();
        return "{\"" + report.word() + "\":" + json + ",\"query\":[\"" + accession + "\"]}";
    }

    /** Returns a page in NCBI's format. */
    static byte[] page(List<String> matches) {
        return ("{\"reports\":[" + String.join(",", matches) + "],\"total_count\":" + matches.size() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
