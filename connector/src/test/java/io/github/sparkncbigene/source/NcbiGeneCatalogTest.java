package io.github.sparkncbigene.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.testing.UnitSpark;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalog and its tables by themselves, as Spark calls them. */
class NcbiGeneCatalogTest {
    private static final String[] ROOT = {};

    @BeforeAll
    static void start() {
        UnitSpark.session();
    }

    private static NcbiGeneCatalog catalog(String... options) {
        NcbiGeneCatalog catalog = new NcbiGeneCatalog();
        catalog.initialize("ncbi", options(options));
        return catalog;
    }

    private static CaseInsensitiveStringMap options(String... namesAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new CaseInsensitiveStringMap(options);
    }

    @Test
    void itHasATableForEachReportAndView() throws Exception {
        NcbiGeneCatalog catalog = catalog();

        assertThat(catalog.name()).isEqualTo("ncbi");
        assertThat(catalog.listTables(ROOT))
                .extracting(Identifier::name)
                .containsExactly("gene", "product", "location", "transcript");
        assertThat(catalog.listNamespaces()).isEmpty();
        assertThat(catalog.listNamespaces(ROOT)).isEmpty();
        assertThat(catalog.loadNamespaceMetadata(ROOT)).containsEntry("comment", "Gene records of NCBI, read-only");
    }

    @Test
    void itHasNoNamespaces() {
        String[] other = {"human"};
        assertThatThrownBy(() -> catalog().listTables(other)).isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> catalog().listNamespaces(other)).isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> catalog().loadNamespaceMetadata(other)).isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> catalog().loadTable(Identifier.of(other, "gene")))
                .isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(() -> catalog().loadTable(Identifier.of(ROOT, "genes")))
                .isInstanceOf(NoSuchTableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "gene,symbol,NCBI's gene report",
        "GENE,symbol,NCBI's gene report",
        "product,transcript_accession,NCBI's product report",
        "location,genomic_accession,A view of NCBI's gene report",
        "transcript,is_mane_select,A view of NCBI's product report"
    })
    @SuppressWarnings("deprecation")
    void aTableHasTheColumnsOfItsReport(String name, String column, String comment) throws Exception {
        Table table = catalog().loadTable(Identifier.of(ROOT, name));

        assertThat(table.name()).isEqualTo("ncbi." + name.toLowerCase(Locale.ROOT));
        assertThat(table.schema().fieldNames()).contains("accession", column, "warnings");
        assertThat(table.properties()).containsOnly(Map.entry("comment", comment), Map.entry("external", "true"));
        assertThat(table.capabilities())
                .containsExactlyInAnyOrder(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
        assertThat(((SupportsMetadataColumns) table).metadataColumns())
                .extracting(hidden -> hidden.name())
                .contains("_requested", "_request_id", "_retrieved_at");
        assertThat(table).hasToString(table.name());
    }

    @Test
    void tablesAreEqualIfTheyReadTheSame() throws Exception {
        Identifier gene = Identifier.of(ROOT, "gene");
        Table table = catalog("accessions", "NM_021803.4").loadTable(gene);

        assertThat(table)
                .isEqualTo(catalog("accessions", "NM_021803.4").loadTable(gene))
                .hasSameHashCodeAs(catalog("accessions", "NM_021803.4").loadTable(gene))
                .isNotEqualTo(catalog("accessions", "NM_000546.6").loadTable(gene))
                .isNotEqualTo(catalog("accessions", "NM_021803.4").loadTable(Identifier.of(ROOT, "product")));
    }

    @Test
    void anOptionThatContradictsTheTableIsAnError() {
        assertThatThrownBy(() -> catalog("report", "product").loadTable(Identifier.of(ROOT, "gene")))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option spark.sql.catalog.ncbi.report is 'product', but the"
                        + " table ncbi.gene is the gene report. Drop the option: the table's name says which report is"
                        + " read.");
    }

    @Test
    void anUnknownOptionIsAnErrorWithItsWholeName() {
        assertThatThrownBy(() -> catalog("page_sise", "3"))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_UNKNOWN_OPTION] Option 'spark.sql.catalog.ncbi.page_sise' is not")
                .hasMessageContaining("page_size");
    }

    @Test
    void optionsOfAReadThatChangeTheColumnsAreAnError() throws Exception {
        SupportsRead table = (SupportsRead) catalog("accessions", "NM_021803.4").loadTable(Identifier.of(ROOT, "gene"));

        assertThat(table.newScanBuilder(options("page_size", "3"))).isNotNull();
        assertThatThrownBy(() -> table.newScanBuilder(options("report", "product")))
                .hasMessageStartingWith("[NCBI_GENE_CONFLICTING_OPTIONS] The columns of the table ncbi.gene are known"
                        + " before the options of this read");
    }

    static Stream<ThrowingCallable> changes() {
        Identifier gene = Identifier.of(ROOT, "gene");
        return Stream.of(
                () -> catalog().createTable(gene, new StructType(), new Transform[0], Map.of()),
                () -> catalog().alterTable(gene),
                () -> catalog().dropTable(gene),
                () -> catalog().purgeTable(gene),
                () -> catalog().renameTable(gene, gene),
                () -> catalog().createNamespace(ROOT, Map.of()),
                () -> catalog().alterNamespace(ROOT),
                () -> catalog().dropNamespace(ROOT, true));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void itIsReadOnly(ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageMatching("The catalog ncbi holds NCBI's records, which are read-only: .+\\.");
    }

    @Test
    void itHasNoPast() {
        Identifier gene = Identifier.of(ROOT, "gene");
        for (ThrowingCallable past : List.<ThrowingCallable>of(
                () -> catalog().loadTable(gene, "1"), () -> catalog().loadTable(gene, 1L))) {
            assertThatThrownBy(past)
                    .hasMessage("The catalog ncbi holds NCBI's records as they are now: none can be read as"
                            + " of another time.");
        }
    }

    @Test
    void itShowsNoOptions() {
        assertThat(catalog("api_token", "0123456789abcdef")).hasToString("NcbiGeneCatalog ncbi");
    }

    @Test
    void aTableThatCreateTableMadeOfWrongOptionsCanBeLookedUpButNotRead() {
        Map<String, String> definition = Map.of("provider", "ncbi-gene", "option.page_size", "none");
        NcbiGeneDataSource source = new NcbiGeneDataSource();

        Table table = source.getTable(new StructType(), new Transform[0], definition);
        assertThat(table).isInstanceOf(UnusableTable.class);
        assertThat(table.capabilities()).containsExactly(TableCapability.BATCH_READ);
        assertThatThrownBy(() -> ((SupportsRead) table).newScanBuilder(CaseInsensitiveStringMap.empty()))
                .hasMessageContaining("page_size")
                .hasMessageContaining("none");
    }

    @Test
    void bothNamesAreTheSameSource() {
        NcbiGeneDataSource source = new NcbiGeneDataSource();
        NcbiGeneAlias alias = new NcbiGeneAlias();
        CaseInsensitiveStringMap given = options("accessions", "NM_021803.4");

        assertThat(Arrays.asList(source.shortName(), alias.shortName())).containsExactly("ncbi-gene", "ncbi_gene");
        assertThat(alias.keyPrefix()).isEqualTo(source.keyPrefix());
        assertThat(alias.inferSchema(given)).isEqualTo(source.inferSchema(given));
        assertThat(alias.getTable(null, null, given)).isEqualTo(source.getTable(null, null, given));
        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> source.createRelation(null, null, null, null),
                () -> alias.createRelation(null, null, null, null))) {
            assertThatThrownBy(write).hasMessageStartingWith("[NCBI_GENE_READ_ONLY] ");
        }
    }
}
