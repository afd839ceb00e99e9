package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.WireFormat;
import io.github.sparkncbigene.report.ReportSchema;
import java.util.List;
import java.util.Optional;

/** Chooses the format of the responses. */
final class WireChoice {
    private WireChoice() {}

    /**
     * Returns the format of a read. A tabular response contains no requested identifiers: it cannot tell which
     * accession a row is for, nor which accession is missing.
     *
     * @param tableFields fields of a tabular read; empty for nested columns
     * @throws NcbiGeneException with {@link ErrorCode#CONFLICTING_OPTIONS}
     */
    static WireFormat of(Options options, List<String> tableFields) {
        boolean tabular = !tableFields.isEmpty();
        boolean named = tableFields.contains(ReportSchema.ACCESSION);
        boolean failFast = options.mode() == Mode.FAILFAST;
        Optional<WireFormat> wanted = options.wireFormat();
        if (wanted.isEmpty()) {
            // A table does not say which identifier a row belongs to, so it cannot be cached by identifier.
            boolean cached = options.has(Option.CACHE_PATH);
            return tabular && !named && !failFast && !cached ? WireFormat.TSV : WireFormat.JSON;
        }
        boolean isTsv = wanted.get() == WireFormat.TSV;
        if (isTsv && !tabular) {
            throw refused("carries flat table fields only", "set table_fields, or wire_format to auto");
        }
        if (isTsv && named) {
            throw refused(
                    "does not say which accession a row is for",
                    "drop accession from table_fields, or set wire_format to auto");
        }
        if (isTsv && failFast) {
            throw refused(
                    "does not say which accession is missing, so that mode FAILFAST cannot be kept",
                    "set mode to PERMISSIVE, or wire_format to auto");
        }
        return wanted.get();
    }

    private static NcbiGeneException refused(String what, String remedy) {
        return NcbiGeneException.of(
                ErrorCode.CONFLICTING_OPTIONS, "Option wire_format is 'tsv', which " + what + "; " + remedy + ".");
    }
}
