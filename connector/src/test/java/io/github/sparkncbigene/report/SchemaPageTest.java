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
                Every column is there whatever the service returns, and is null where it has no value; the schema is
                known before anybody is asked. A member of an array of objects is written with dots: select
                `annotations.assembly_name` to get the array of names. Only members that a query names are decoded.
                `DESCRIBE` and `printSchema` show the same columns and comments.""");
        columns(page, Report.GENE, "The gene report", "A row per identifier asked for and gene it hits.");
        columns(
                page,
                Report.PRODUCT,
                "The product report",
                "A row per identifier asked for, gene it hits and transcript of the gene, `option(\"report\", \"product\")`.");
        page.paragraph("## Metadata columns");
        page.paragraph("""
                In no `SELECT *`, but there for a query that names them, except in a tabular read.""");
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
                `option("table_fields", "gene-id,symbol,annotation-assembly-accession")` reads NCBI's tabular report in
                place of the columns above: exactly these fields, in this order, flat and typed. `accession`, the
                identifier asked for, may be among them; it then is a column as above, and the answer comes as JSON,
                since a table does not say whom it answers.""");
        page.paragraph("""
                How many rows a gene has follows from the fields asked for. Each array of objects that a field goes
                through is listed under *repeats*. Fields through the same array share its rows. An array inside
                another multiplies the rows of the outer one, and arrays that have nothing to do with each other are
                combined, each element of one with each of the other; the array that a later field brings in changes
                fastest. An empty array still leaves one row, whose fields of it are null. A list of plain values is one
                text, joined by commas. A zero, an empty text, and the first word of an enumeration come as null.""");
        page.paragraph("""
                With `accession`, a gene has its rows once for each identifier that hits it. Without, they are NCBI's own,
                once for each request that it is in the answer to: a gene that is hit by identifiers of two batches, of
                up to `batch_size` each, is there twice. Equal rows may rightly be there more than once, so the connector
                does not take any out. Where each gene should be there once, read `gene-id` too and drop duplicates, ask
                by `gene_ids`, or read the columns above.""");
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
                `table_format` names a set instead. What NCBI's templates of these names hold is not documented, so the
                connector asks for these fields by name.""");
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
