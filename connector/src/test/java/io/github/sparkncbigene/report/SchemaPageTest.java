package io.github.sparkncbigene.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.TableFields;
import io.github.sparkncbigene.testing.GeneratedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** docs/schema.md lists the columns and the table fields of both reports. */
class SchemaPageTest {
    @Test
    void thePageListsTheRegistry() throws IOException {
        GeneratedPage page = new GeneratedPage(
                "schema.md", "Columns", "the registry of report members, gene- and product-fields.tsv,");
        page.paragraph("""
                The schema is fixed and known before any request. A column without a value is null. Dots lead to the
                members of an array of objects: select `annotations.assembly_name` to get the array of names. The
                connector decodes only the members that a query names. `DESCRIBE` and `printSchema` show the same columns
                and comments.""");
        columns(page, Report.GENE, "The gene report", "One row per requested identifier and gene it hits.");
        columns(
                page,
                Report.PRODUCT,
                "The product report",
                "One row per requested identifier, gene it hits and transcript of the gene. Set `option(\"report\", \"product\")`.");
        for (View view : View.values()) {
            page.paragraph("## The view " + view.word());
            page.paragraph((view == View.LOCATION
                            ? "Where a gene lies: one row per requested identifier, gene, assembly and place on the assembly."
                            : "Which transcripts are selected: one row per requested identifier, gene and transcript.")
                    + " Set `option(\"report\", \"" + view.word() + "\")`, or query the catalog's table `" + view.word()
                    + "`.");
            page.head("column", "type", "what it holds");
            rows(page, "", view.schema());
            page.line("");
        }
        page.paragraph("## Metadata columns");
        page.paragraph("""
                `SELECT *` leaves these columns out. Name them in a query to read them; a tabular read does not have them.""");
        page.head("column", "type", "what it holds");
        rows(page, "", Provenance.columns());
        page.line("");
        tables(page);
        page.check();
    }

    private static void columns(GeneratedPage page, Report report, String title, String grain) {
        page.paragraph("## " + title);
        page.paragraph(grain);
        page.head("column", "type", "what it holds");
        rows(page, "", ReportSchema.of(report));
        page.line("");
    }

    private static void rows(GeneratedPage page, String prefix, StructType schema) {
        for (StructField field : schema.fields()) {
            String path = prefix + field.name();
            String comment = field.getComment().isDefined() ? field.getComment().get() : "";
            assertThat(comment).as(path).isNotBlank().doesNotContain("|");
            page.row(GeneratedPage.code(path), name(field.dataType()), comment);
            DataType inner = field.dataType() instanceof ArrayType array ? array.elementType() : field.dataType();
            if (inner instanceof StructType members) {
                rows(page, path + ".", members);
            }
        }
    }

    private static String name(DataType type) {
        if (type instanceof ArrayType array) {
            return "array of " + name(array.elementType());
        }
        return type instanceof StructType ? "struct" : type.sql();
    }

    private static void tables(GeneratedPage page) {
        page.paragraph("## Table fields");
        page.paragraph("""
                `option("table_fields", "gene-id,symbol,annotation-assembly-accession")` reads NCBI's tabular report
                instead of the columns above: exactly these fields, in this order, flat and typed. The list may contain
                `accession`, the requested identifier. The response is then JSON, because NCBI's table does not name the
                requested identifier.""");
        page.paragraph("""
                The fields you name decide how many rows a gene has. The column *repeats* lists each array of objects on
                the path of a field. Fields of the same array share its rows. An inner array multiplies the rows of the
                outer array. Unrelated arrays are combined: each element of one with each element of the other. The array
                of the last field changes fastest. An empty array still gives one row, with nulls in its fields. A list of
                plain values is one string, joined by commas. A zero, an empty string and the first value of an enum are
                null.""");
        page.paragraph("""
                With `accession`, a gene has its rows once for each identifier that hits it. Without it, the rows are
                NCBI's own, once per request: a gene that identifiers of two batches hit appears twice. Equal rows can be
                correct, so the connector removes none. To get each gene once, read `gene-id` too and drop duplicates,
                use `gene_ids`, or read the columns above.""");
        for (Report report : Report.values()) {
            page.paragraph("### Of the " + report.word() + " report");
            page.head("table field", "column", "header in NCBI's TSV", "path in NCBI's JSON", "type", "repeats");
            report.tableFields().forEach((mnemonic, node) -> {
                StructField column =
                        ReportSchema.tabular(report, List.of(mnemonic)).fields()[0];
                page.row(
                        GeneratedPage.code(mnemonic),
                        GeneratedPage.code(column.name()),
                        node.header().orElse(""),
                        GeneratedPage.code(node.path()),
                        column.dataType().sql(),
                        repeats(node));
            });
            page.line("");
        }
        formats(page);
    }

    private static String repeats(ReportNode field) {
        List<String> arrays = new ArrayList<>();
        for (ReportNode node = field.parent(); node != null; node = node.parent()) {
            if (node.multipliesRows()) {
                arrays.add(0, GeneratedPage.code(node.name()));
            }
        }
        if (field.repeated()) {
            arrays.add("list");
        }
        return String.join(" × ", arrays);
    }

    private static void formats(GeneratedPage page) {
        page.paragraph("## Named sets of table fields");
        page.paragraph("""
                `table_format` names a set of fields instead. NCBI does not document its templates of these names, so the
                connector requests the fields below by name.""");
        page.head("`table_format`", "report", "table fields");
        format(page, "summary", Report.GENE);
        format(page, "summary", Report.PRODUCT);
        format(page, "gene-ontology", Report.GENE);
    }

    private static void format(GeneratedPage page, String name, Report report) {
        Options options = Options.resolve(Map.of("table_format", name), Map.of());
        page.row(
                GeneratedPage.code(name),
                report.word(),
                TableFields.of(options, report).stream()
                        .map(GeneratedPage::code)
                        .collect(Collectors.joining(", ")));
    }
}
