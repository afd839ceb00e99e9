package io.github.sparkncbigene.benchmarks;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.testkit.GeneCatalogue;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Pages of made-up genes, of the sizes and shapes that NCBI's reports have. */
final class Pages {
    private Pages() {}

    /** The matches of the first genes, as they stand in a page: {@code {"gene":…,"query":[…]}}. */
    static List<String> matches(Report report, int genes) {
        List<String> matches = new ArrayList<>();
        try (NcbiGeneService service =
                NcbiGeneService.builder().synthetic(genes).build()) {
            GeneCatalogue catalogue = service.catalogue();
            for (int i = 0; i < genes; i++) {
                String accession = SyntheticGenes.accession(i);
                String json = (report == Report.GENE
                                ? catalogue.geneReportJson(accession)
                                : catalogue.productReportJson(accession))
                        .orElseThrow();
                matches.add("{\"" + report.word() + "\":" + json + ",\"query\":[\"" + accession + "\"]}");
            }
        }
        return matches;
    }

    /** A page as NCBI answers it. */
    static byte[] page(List<String> matches) {
        return ("{\"reports\":[" + String.join(",", matches) + "],\"total_count\":" + matches.size() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
