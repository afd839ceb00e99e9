package io.github.sparkncbigene.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListSyntaxTest {
    private static List<String> parse(String text) {
        return ListSyntax.parse("accessions", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NM_021803.4,NP_068575.1",
                "NM_021803.4 NP_068575.1",
                "NM_021803.4, NP_068575.1",
                "NM_021803.4\nNP_068575.1\n",
                "\tNM_021803.4\r\n\tNP_068575.1",
                "NM_021803.4 , NP_068575.1 ,",
                "[\"NM_021803.4\",\"NP_068575.1\"]",
                "[\"NM_021803.4\", \"NP_068575.1\"]",
                "  [ \"NM_021803.4\" ,\n \"NP_068575.1\" ]\n",
                "['NM_021803.4', 'NP_068575.1']",
                "['NM_021803.4' 'NP_068575.1']",
                "[NM_021803.4, NP_068575.1]",
                "\"NM_021803.4\",\"NP_068575.1\"",
                "'NM_021803.4','NP_068575.1'",
                "\"NM_021803.4\",NP_068575.1",
                // What PySpark makes of a tuple, of sets, of an array, and of texts with white space.
                "('NM_021803.4', 'NP_068575.1')",
                "{'NM_021803.4', 'NP_068575.1'}",
                "frozenset({'NM_021803.4', 'NP_068575.1'})",
                "['NM_021803.4'\n 'NP_068575.1']",
                "['NM_021803.4\\n', '\\tNP_068575.1\\r']",
                "['\\ufeffNM_021803.4', 'NP_068575.1\\xa0']",
                "['\\u200bNM_021803.4', '\\u3000NP_068575.1\\u2028']",
                "c(\"NM_021803.4\", \"NP_068575.1\")",
                "(NM_021803.4, NP_068575.1)",
                "\ufeffNM_021803.4\u2028NP_068575.1\u200b",
                "NM_021803.4\u3000NP_068575.1\u0085",
            })
    void everyFormThatPeoplePasteIsTheSameList(String text) {
        assertThat(parse(text)).containsExactly("NM_021803.4", "NP_068575.1");
    }

    @Test
    void orderAndDuplicatesStay() {
        assertThat(parse("b,a,b,A")).containsExactly("b", "a", "b", "A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                " , ,\n",
                "[]",
                "[ ]",
                "['']",
                "\"\"",
                "[\"\", '  ']",
                "()",
                "{}",
                "set()",
                "\ufeff"
            })
    void nothingIsAnEmptyList(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void quotesInsideAnEntryBelongToIt() {
        assertThat(parse("5'-nucleotidase,a\"b")).containsExactly("5'-nucleotidase", "a\"b");
        assertThat(parse("[\"5' end\", 'say \"x\"']")).containsExactly("5' end", "say \"x\"");
    }

    @Test
    void aQuotedEntryMayHoldSpacesButNotAtItsEnds() {
        assertThat(parse("[' Homo sapiens ', \"mouse\"]")).containsExactly("Homo sapiens", "mouse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "['a', 'b|a quote is not closed",
                "\"a,b|a quote is not closed",
                "a,'b|a quote is not closed",
                "[a,b|a bracket is not closed or not opened",
                "a,b]|a bracket is not closed or not opened",
                "[|a bracket is not closed or not opened",
                "]|a bracket is not closed or not opened",
                "'a'b|a comma is missing after a closing quote",
                "\"a\"\"b\"|a comma is missing after a closing quote",
            })
    void whatIsNotClosedIsAnError(String text, String what) {
        String closed = text.startsWith("['a', 'b") ? text + "]" : text;
        assertThatThrownBy(() -> parse(closed))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_INVALID_IDENTIFIER] The list in accessions cannot be read: " + what)
                .hasMessageEndingWith("Give a,b or [\"a\", \"b\"].");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a, [b]", "[a][b]", "[[a], b]", "[\"a\", [\"b\"]]"})
    void bracketsInsideBracketsAreAnErrorAndNoIdentifiers(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(NcbiGeneException.class);
    }

    @Test
    void whatAnEntryHoldsIsNotTheListsMatter() {
        assertThat(parse("a\u0000b,x")).containsExactly("a\u0000b", "x");
        assertThat(parse("['a,b', \"c\\nd\", None, nan]")).containsExactly("a,b", "c\nd", "None", "nan");
        assertThat(parse("[\"a,b\", null, 59067, 1.0]")).containsExactly("a,b", "null", "59067", "1.0");
        assertThat(parse("l(2)gl, E(z) Su(H)")).containsExactly("l(2)gl", "E(z)", "Su(H)");
        assertThat(parse("['l(2)gl', 'E(z)']")).containsExactly("l(2)gl", "E(z)");
        assertThat(parse("NM_004006.2:c.[2376G>C;3103del]")).containsExactly("NM_004006.2:c.[2376G>C;3103del]");
        assertThat(parse("a".repeat(2000))).hasSize(1);
        assertThat(parse("['a\\\\b', 'it\\'s', '\\q', '\\x4', '\\U0001F9EC']"))
                .containsExactly("a\\b", "it's", "\\q", "\\x4", "\uD83E\uDDEC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~0    NM_1.1\n1    NM_2.1\ndtype: object~|a pandas Series|Pass list(series).",
                "~0    NM_1.1\n      ...  \n9    NM_2.1\nName: t, Length: 1000, dtype: str~|a pandas Series|Pass"
                        + " list(series).",
                "~['NM_1.1' 'NM_2.1' ... 'NM_3.1']~|a shortened array|Pass list(array), or array.tolist().",
                "~[np.str_('NM_1.1'), np.str_('NM_2.1')]~|a list of NumPy values|Pass array.tolist().",
                "~[None, np.str_('NM_1.1')]~|a list of NumPy values|Pass array.tolist().",
                "~['NM_0.1', np.str_('NM_1.1')]~|a list of NumPy values|Pass array.tolist().",
                "~{np.str_('NM_1.1')}~|a list of NumPy values|Pass array.tolist().",
                "~[np.int64(59067)]~|a list of NumPy values|Pass array.tolist().",
                "~Index(['NM_1.1', 'NM_2.1'], dtype='object')~|a pandas Index or array|Pass list(index).",
                "~        t\n0  NM_1.1\n1  NM_2.1~|a pandas DataFrame|Pass list(frame[\"column\"]).",
                "~        t\n0  NM_1.1\n..  ...\n\n[1000 rows x 1 columns]~|a pandas DataFrame|Pass"
                        + " list(frame[\"column\"]).",
                "~<StringArray>\n['NM_1.1']\nLength: 1, dtype: string~|an object|Pass list(object).",
                "~<generator object <genexpr> at 0x7f>~|an object|Pass list(object).",
                "~dict_keys(['NM_1.1'])~|a dict|Pass list(dict), or list(dict.values()).",
                "~{'NM_1.1': 1}~|a dict|Pass list(dict), or list(dict.values()).",
                "~[b'NM_1.1', b'NM_2.1']~|a list of bytes|Pass [entry.decode() for entry in entries].",
                "~[Row(t='NM_1.1'), Row(t='NM_2.1')]~|a list of Rows|Pass [row[0] for row in rows].",
                "~[Ljava.lang.String;@1b2c3d~|a Java array|Pass String.join(\",\", array).",
                "~List(NM_1.1, NM_2.1)~|a collection|Pass its mkString(\",\").",
                "~shape: (2,)\nSeries: 't' [str]\n[\n\t\"NM_1.1\"\n]~|a Polars object|Pass series.to_list().",
            })
    void thePrintedFormOfAnObjectIsAnErrorThatSaysWhatToPass(String text, String what, String remedy) {
        String printed = text.replace("\\n", "\n").replace("\\t", "\t");
        assertThatThrownBy(() -> parse(printed))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_INVALID_IDENTIFIER] Option accessions holds the printed form of "
                        + what + ", which is not a list of its entries: '")
                .hasMessageEndingWith("'. " + remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Column<'transcript'>", "DataFrame[t: string]", "[Column<'transcript'>]"})
    void columnsAreNoLists(String text) {
        assertThatThrownBy(() -> parse(text))
                .hasMessageContaining("a Spark DataFrame, which is not a list of its entries: '")
                .hasMessageContaining("Pass [row[0] for row in df.select(\"column\").distinct().collect()]");
    }

    @Test
    void aLongListIsReadInReasonableTime() {
        String text = "NM_000001.1,".repeat(1_000_000);

        assertThat(parse(text)).hasSize(1_000_000);
    }

    @Test
    void aNonBreakingSpaceFromAWebPageSeparatesLikeAnyOther() {
        assertThat(parse("NM_021803.4,\u00a0NP_068575.1")).containsExactly("NM_021803.4", "NP_068575.1");
    }

    @Property
    void joinedByAnySeparatorsAndReadAgainTheListIsTheSame(
            @ForAll("identifiers") List<String> list, @ForAll("separator") String separator) {
        assertThat(parse(String.join(separator, list))).isEqualTo(list);
        assertThat(parse(separator + String.join(separator, list) + separator)).isEqualTo(list);
        assertThat(parse("[" + String.join(separator, list) + "]")).isEqualTo(list);
    }

    @Property
    void aJsonArrayReadsAsJson(@ForAll("texts") List<String> list) throws JsonProcessingException {
        List<String> plain = list.stream()
                .filter(text -> text.indexOf('"') < 0 && text.indexOf('\\') < 0)
                .toList();

        assertThat(parse(new ObjectMapper().writeValueAsString(plain))).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[\"\\u03b2-globin\"]|\u03b2-globin",
                "[\"a\\/b\"]|a/b",
                "[\"a\\\\b\"]|a\\b",
                "[\"say \\\"x\\\"\", \"b\"]|say \"x\"",
            })
    void theEscapesOfAJsonArrayAreRead(String text, String first) {
        assertThat(parse(text).get(0)).isEqualTo(first);
    }

    @Property(tries = 1000)
    void anyTextIsAListOfCleanEntriesOrARefusal(@ForAll("anything") String text) {
        List<String> entries;
        try {
            entries = parse(text);
        } catch (NcbiGeneException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_IDENTIFIER);
            return;
        }
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry).isNotEmpty().isEqualTo(Blanks.strip(entry));
        });
    }

    @Provide
    Arbitrary<List<String>> identifiers() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars("_.-:|/?#%&=+>}*~éβ漢")
                .ofMinLength(1)
                .ofMaxLength(20)
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .ascii()
                .withChars("éβ漢\"'\\[]")
                .ofMaxLength(20)
                .map(text -> text.replace(",", "").trim())
                .filter(text -> !text.isEmpty() && text.chars().noneMatch(Character::isISOControl))
                .list()
                .ofMaxSize(10);
    }

    @Property
    void aFormattedListParsesToItsEntries(@ForAll List<@From("anything") String> texts) {
        List<String> entries = texts.stream()
                .filter(text -> !text.isEmpty() && text.equals(Blanks.strip(text)))
                .toList();

        assertThat(ListSyntax.parse("accessions", ListSyntax.format(entries))).isEqualTo(entries);
    }

    @Provide
    Arbitrary<String> separator() {
        return Arbitraries.of(",", " ", ", ", "\n", "\r\n", "\t", " , ", ",,", "\n\n", ",\n  ");
    }

    @Provide
    Arbitrary<String> quote() {
        return Arbitraries.of("\"", "'");
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.strings().withChars("ab,'\"[]\\ \n\t\u0000é").ofMaxLength(12);
    }
}
