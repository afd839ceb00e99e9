package io.github.sparkncbigene.options;

import static io.github.sparkncbigene.options.Option.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testing.GeneratedPage;
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
            new Group("What is read", REPORT, TABLE_FIELDS, TABLE_FORMAT, RETURNED_CONTENT, MODE),
            new Group(
                    "Which genes",
                    ACCESSIONS,
                    ACCESSIONS_PATH,
                    LOCUS_TAGS,
                    GENE_IDS,
                    SYMBOLS,
                    TAXON,
                    TAX_SEARCH_SUBTREE,
                    QUERY,
                    TYPES,
                    ACCESSION_FILTER),
            new Group(
                    "How NCBI is asked",
                    ENDPOINT,
                    METHOD,
                    WIRE_FORMAT,
                    INCLUDE_TABULAR_HEADER,
                    SORT_FIELD,
                    SORT_DIRECTION,
                    PAGE_TOKEN,
                    PAGE_SIZE),
            new Group("Who is asked", BASE_URL, ALLOW_HTTP, API_KEY));

    @Test
    void thePageListsTheCatalogue() throws IOException {
        GeneratedPage page = new GeneratedPage("options.md", "Options", "the catalogue of options, Option.java,");
        page.paragraph("""
                Only the genes have to be named, by one of the options of [Which genes](#which-genes), a filter or a
                join. All else has a default or may be left out. How NCBI's parameters map to options is in
                [parameters.md](parameters.md).""");
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
                "How it is fetched",
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
                Case does not matter, nor do `_`, `-` and `.` between words: `page_size`, `pageSize`, `page-size` and
                `PAGE_SIZE` are one option. Given in two forms with different values, it is an error. So
                is a name that is no option; the error suggests what may have been meant.""");
    }

    private static void precedence(GeneratedPage page) {
        page.paragraph("## Where a value comes from");
        page.paragraph("The first of these that gives one:");
        page.line("1. the option of the read: `.option(\"page_size\", 100)`, or `OPTIONS (page_size 100)` in SQL");
        page.line(
                "2. the session's setting `spark.datasource.ncbi-gene.page_size`; for tables of a catalog instead the");
        page.line("   catalog's, `spark.sql.catalog.<name>.page_size`");
        page.line("3. the environment variable of the driver, for the options that have one");
        page.paragraph("4. the default");
    }

    private static void lists(GeneratedPage page) {
        for (String form : List.of("a, b", "a b", "a\nb", "[\"a\", \"b\"]", "['a', 'b']", "('a', 'b')", "{'a', 'b'}")) {
            assertThat(ListSyntax.parse("", form)).containsExactly("a", "b");
        }
        page.paragraph("## Values");
        page.paragraph("""
                A *list* is separated by commas or white space, `a,b c`, or is a JSON array, `["a", "b"]`, or NCBI's
                quoted form, `['a', 'b']`. Python's tuples and sets are lists, too; [Identifiers](identifiers.md) says
                what becomes of other things that people paste. What holds a space itself goes in quotes. A *duration*
                is a number with `ms`, `s`, `m`, `h` or `d`; without a unit it is in seconds. Words count whatever their case. *Since* is the
                release that brought the option.""");
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
