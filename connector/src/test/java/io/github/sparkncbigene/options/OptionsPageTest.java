package io.github.sparkncbigene.options;

import static io.github.sparkncbigene.options.Option.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testing.GeneratedPage;
import io.github.sparkncbigene.text.ListSyntax;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/options.md lists the catalogue of options. */
class OptionsPageTest {
    private record Group(String title, List<Option> options) {
        Group(String title, Option... options) {
            this(title, List.of(options));
        }
    }

    private static final List<Group> GROUPS = List.of(
            new Group("Report and columns", REPORT, TABLE_FIELDS, TABLE_FORMAT, RETURNED_CONTENT, MODE),
            new Group(
                    "Genes",
                    ACCESSIONS,
                    ACCESSIONS_PATH,
                    ACCESSION_ROWS,
                    LOCUS_TAGS,
                    GENE_IDS,
                    SYMBOLS,
                    TAXON,
                    TAX_SEARCH_SUBTREE,
                    QUERY,
                    TYPES,
                    ACCESSION_FILTER),
            new Group(
                    "Request parameters",
                    ENDPOINT,
                    METHOD,
                    WIRE_FORMAT,
                    INCLUDE_TABULAR_HEADER,
                    SORT_FIELD,
                    SORT_DIRECTION,
                    PAGE_TOKEN,
                    PAGE_SIZE),
            new Group("Service and API key", BASE_URL, ALLOW_HTTP, API_KEY));

    @Test
    void thePageListsTheCatalogue() throws IOException {
        GeneratedPage page = new GeneratedPage("options.md", "Options", "the catalogue of options, Option.java,");
        page.paragraph("""
                You must name the genes: by one of the options under [Genes](#genes), by a filter or by a join. Every
                other option has a default or is optional. [Parameters](parameters.md) lists NCBI's parameters with
                the options that set them.""");
        names(page);
        precedence(page);
        lists(page);
        for (Group group : GROUPS) {
            table(page, group.title, group.options);
        }
        List<Option> grouped =
                GROUPS.stream().flatMap(group -> group.options.stream()).toList();
        assertThat(grouped).doesNotHaveDuplicates();
        table(
                page,
                "Fetching, limits and cache",
                Stream.of(Option.values())
                        .filter(option -> !grouped.contains(option))
                        .toList());
        page.check();
    }

    private static void names(GeneratedPage page) {
        for (String form : List.of("page_size", "pageSize", "page-size", "PAGE_SIZE", "pagesize")) {
            assertThat(Option.find(form)).contains(PAGE_SIZE);
        }
        page.paragraph("## Names");
        page.paragraph("""
                Letter case does not matter, and neither do `_`, `-` and `.` between words: `page_size`, `pageSize`,
                `page-size` and `PAGE_SIZE` are the same option. It is an error to set an option twice, in two forms,
                with different values. An unknown name is an error too, which suggests the closest option.""");
    }

    private static void precedence(GeneratedPage page) {
        page.paragraph("## Precedence");
        page.paragraph("An option takes its value from the first of these that sets it:");
        page.line("1. the option of the read: `.option(\"page_size\", 100)`, or `OPTIONS (page_size 100)` in SQL");
        page.line(
                "2. the session's setting `spark.datasource.ncbi-gene.page_size`; for tables of a catalog, the setting");
        page.line("   `spark.sql.catalog.<name>.page_size` instead");
        page.line("3. an environment variable of the driver, for options that have one");
        page.paragraph("4. the default");
    }

    private static void lists(GeneratedPage page) {
        for (String form : List.of("a, b", "a b", "a\nb", "[\"a\", \"b\"]", "['a', 'b']", "('a', 'b')", "{'a', 'b'}")) {
            assertThat(ListSyntax.parse("", form)).containsExactly("a", "b");
        }
        page.paragraph("## Values");
        page.paragraph("""
                A *list* is separated by commas or white space, `a,b c`, or is a JSON array, `["a", "b"]`, or NCBI's
                quoted form, `['a', 'b']`. Python's tuples and sets are lists too; [Identifiers](identifiers.md) has
                more examples. Quote an entry that contains a space. A *duration* is a number with `ms`, `s`, `m`, `h`
                or `d`, or without a unit in seconds. Letter case does not matter in values that are words. *Since* is
                the first release with the option.""");
    }

    private static void table(GeneratedPage page, String title, List<Option> options) {
        page.paragraph("## " + title);
        page.head("option", "value", "default", "since", "what it does", "environment");
        for (Option option : options) {
            page.row(
                    GeneratedPage.code(option.key()),
                    option.type().name(),
                    GeneratedPage.code(option.defaultValue().orElse("")),
                    option.since(),
                    option.sentence().strip(),
                    GeneratedPage.code(option.environmentVariable().orElse("")));
        }
        page.line("");
    }
}
