package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.report.Provenance;
import io.github.sparkncbigene.service.Retrieval;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes where a row comes from into those provenance columns that the rows have. */
final class ProvenanceColumns {
    private final OptionalInt requested;
    private final OptionalInt query;
    private final OptionalInt requestId;
    private final OptionalInt retrievedAt;

    ProvenanceColumns(NestedColumns columns) {
        this.requested = columns.shown(Provenance.REQUESTED);
        this.query = columns.shown(Provenance.QUERY);
        this.requestId = columns.shown(Provenance.REQUEST_ID);
        this.retrievedAt = columns.shown(Provenance.RETRIEVED_AT);
    }

    /** Returns the report's {@code query}; null if it has none or no row shows it. */
    GenericArrayData query(ReportValues report) {
        return query.isEmpty() || report.query().isEmpty()
                ? null
                : new GenericArrayData(
                        report.query().stream().map(UTF8String::fromString).toArray());
    }

    /** @param identifier the requested identifier; empty for a whole taxon */
    void write(Object[] row, Optional<Identifier> identifier, GenericArrayData queried, Retrieval from) {
        if (requested.isPresent()) {
            row[requested.getAsInt()] =
                    identifier.map(one -> UTF8String.fromString(one.text())).orElse(null);
        }
        if (query.isPresent()) {
            row[query.getAsInt()] = queried;
        }
        if (requestId.isPresent()) {
            row[requestId.getAsInt()] = UTF8String.fromString(from.requestId());
        }
        if (retrievedAt.isPresent() && from.at() != null) {
            row[retrievedAt.getAsInt()] =
                    TimeUnit.MILLISECONDS.toMicros(from.at().toEpochMilli());
        }
    }
}
