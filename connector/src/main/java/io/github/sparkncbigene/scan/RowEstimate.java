package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Estimates a scan's rows and their size, from the sizes of real reports. */
final class RowEstimate {
    private static final long GENES_OF_A_TAXON = 50_000;
    private static final long TRANSCRIPTS_OF_A_GENE = 5;

    /** Sizes in bytes of the columns that are far larger than Spark would estimate. */
    private static final Map<String, Long> BYTES = Map.of(
            "gene_ontology", 6000L, "annotations", 1000L, "genomic_locations", 2000L, "summary", 800L, "cds", 200L);

    private RowEstimate() {}

    static long rows(Selector selector, ReadSpec spec) {
        long genes = selector.kind().isEmpty()
                ? GENES_OF_A_TAXON
                : selector.identifiers().size() + (long) selector.locusTags().size();
        return spec.requests().report() == Report.PRODUCT && !spec.ownRowsOnly()
                ? genes * TRANSCRIPTS_OF_A_GENE
                : genes;
    }

    static long bytes(StructType schema) {
        long bytes = 8;
        for (StructField field : schema.fields()) {
            bytes += BYTES.getOrDefault(field.name(), (long) field.dataType().defaultSize());
        }
        return bytes;
    }
}
