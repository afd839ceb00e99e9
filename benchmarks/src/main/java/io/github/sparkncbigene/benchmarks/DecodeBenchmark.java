package io.github.sparkncbigene.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.layout.AccessionFilter;
import io.github.sparkncbigene.layout.EmittedRows;
import io.github.sparkncbigene.layout.NestedLayout;
import io.github.sparkncbigene.layout.OwnRows;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.layout.TabularLayout;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.table.TsvRows;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures the decoder alone, in one thread, from the bytes of a page to Spark's internal values, compared with Jackson
 * only reading the tokens.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class DecodeBenchmark {
    private static final int GENES = 500;
    private static final int PRODUCTS = 250;
    private static final List<Identifier> HIT = List.of(new Identifier(IdentifierKind.ACCESSION, "NM_000000.1"));
    private static final List<String> TABLE_FIELDS = List.of(
            "gene-id",
            "symbol",
            "annotation-assembly-accession",
            "annotation-genomic-range-accession",
            "summary-description");

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Bytes decoded and rows produced, per second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Done {
        public long bytes;
        public long rows;

        @Setup(Level.Iteration)
        public void reset() {
            bytes = 0;
            rows = 0;
        }
    }

    private byte[] genes;
    private byte[] gzip;
    private byte[] products;
    private byte[] table;
    private List<ReportNode> tableFields;

    @Setup
    public void makePages() throws IOException {
        genes = Pages.page(Pages.matches(Report.GENE, GENES));
        products = Pages.page(Pages.matches(Report.PRODUCT, PRODUCTS));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(genes);
        }
        gzip = compressed.toByteArray();
        tableFields = TABLE_FIELDS.stream()
                .map(field -> Report.GENE.tableField(field).orElseThrow())
                .toList();
        table = table();
    }

    private static byte[] table() {
        StringBuilder lines = new StringBuilder();
        try (NcbiGeneService service =
                NcbiGeneService.builder().synthetic(GENES).build()) {
            for (int i = 0; i < GENES; i++) {
                service.catalogue()
                        .geneRows(SyntheticGenes.accession(i), TABLE_FIELDS)
                        .forEach(row -> lines.append(String.join("\t", row)).append('\n'));
            }
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public void jacksonTokenises(Done done) throws IOException {
        try (JsonParser json = JSON.createParser(new ByteArrayInputStream(genes))) {
            while (json.nextToken() != null) {
                // The lower bound: the tokens are read and not used.
            }
        }
        done.bytes += genes.length;
    }

    @Benchmark
    public void jacksonTokenisesProducts(Done done) throws IOException {
        try (JsonParser json = JSON.createParser(new ByteArrayInputStream(products))) {
            while (json.nextToken() != null) {
                // The lower bound: the tokens are read and not used.
            }
        }
        done.bytes += products.length;
    }

    @Benchmark
    public void jacksonSkips(Done done) throws IOException {
        try (JsonParser json = JSON.createParser(new ByteArrayInputStream(genes))) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.START_OBJECT
                        && json.getParsingContext().getEntryCount() > 0) {
                    json.skipChildren();
                }
            }
        }
        done.bytes += genes.length;
    }

    @Benchmark
    public void inflate(Done done) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 1 << 16)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                done.bytes += n;
            }
        }
    }

    @Benchmark
    public void allColumns(Done done, Blackhole sink) throws IOException {
        decode(Report.GENE, genes, ReportSchema.of(Report.GENE), done, sink);
    }

    @Benchmark
    public void allColumnsOfProducts(Done done, Blackhole sink) throws IOException {
        decode(Report.PRODUCT, products, ReportSchema.of(Report.PRODUCT), done, sink);
    }

    @Benchmark
    public void threeScalars(Done done, Blackhole sink) throws IOException {
        decode(Report.GENE, genes, columns("gene_id", "symbol", "tax_id"), done, sink);
    }

    @Benchmark
    public void fiveColumns(Done done, Blackhole sink) throws IOException {
        decode(Report.GENE, genes, columns("accession", "gene_id", "symbol", "chromosomes", "tax_name"), done, sink);
    }

    @Benchmark
    public void oneNestedColumn(Done done, Blackhole sink) throws IOException {
        decode(Report.GENE, genes, columns("annotations"), done, sink);
    }

    @Benchmark
    public void flattened(Done done, Blackhole sink) throws IOException {
        decode(genes, new TabularLayout(Report.GENE, TABLE_FIELDS, all(), KeyDomains.ALL), done, sink);
    }

    @Benchmark
    public void tsv(Done done, Blackhole sink) throws IOException {
        try (TsvRows rows = new TsvRows(new ByteArrayInputStream(table), tableFields, false)) {
            for (Object[] row = rows.next(); row != null; row = rows.next()) {
                sink.consume(row);
                done.rows++;
            }
        }
        done.bytes += table.length;
    }

    /** Code that a user would write without a connector: parse into a tree, then convert to rows by the schema. */
    @Benchmark
    public void treeToRows(Done done, Blackhole sink) throws IOException {
        StructType schema = ReportSchema.of(Report.GENE);
        for (JsonNode match : MAPPER.readTree(genes).path("reports")) {
            sink.consume(value(match.path("gene"), schema));
            done.rows++;
        }
        done.bytes += genes.length;
    }

    private static Object value(JsonNode node, DataType type) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (type instanceof StructType struct) {
            Object[] values = new Object[struct.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(node.path(struct.fields()[i].name()), struct.fields()[i].dataType());
            }
            return new GenericInternalRow(values);
        }
        if (type instanceof ArrayType array) {
            Object[] values = new Object[node.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(node.get(i), array.elementType());
            }
            return new GenericArrayData(values);
        }
        if (type.equals(DataTypes.LongType)) {
            return node.asLong();
        }
        return type.equals(DataTypes.IntegerType) ? (Object) node.asInt() : UTF8String.fromString(node.asText());
    }

    private static AccessionFilter all() {
        return new AccessionFilter(List.of());
    }

    private static StructType columns(String... names) {
        StructType all = ReportSchema.of(Report.GENE);
        return new StructType(Arrays.stream(names).map(all::apply).toArray(StructField[]::new));
    }

    private static void decode(Report report, byte[] page, StructType schema, Done done, Blackhole sink)
            throws IOException {
        RowLayout layout = new NestedLayout(
                report, schema, Optional.of(IdentifierKind.ACCESSION), all(), KeyDomains.ALL, OwnRows.ALL);
        decode(page, layout, done, sink);
    }

    private static void decode(byte[] page, RowLayout layout, Done done, Blackhole sink) throws IOException {
        try (JsonReports reports = new JsonReports(new ByteArrayInputStream(page), false, layout)) {
            for (ReportValues report = reports.next(); report != null; report = reports.next()) {
                layout.rows(report, HIT, new EmittedRows(), row -> {
                    sink.consume(row);
                    done.rows++;
                });
            }
        }
        done.bytes += page.length;
    }
}
