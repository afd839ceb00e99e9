package io.github.sparkncbigene.options;

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
                "\"NM_021803.4\",NP_068575.1"
            })
    void everyFormThatPeoplePasteIsTheSameList(String text) {
        assertThat(parse(text)).containsExactly("NM_021803.4", "NP_068575.1");
    }

    @Test
    void orderAndDuplicatesStay() {
        assertThat(parse("b,a,b,A")).containsExactly("b", "a", "b", "A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,\n", "[]", "[ ]", "['']", "\"\"", "[\"\", '  ']"})
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
                "'a'b|after a closing quote a comma is missing",
                "\"a\"\"b\"|after a closing quote a comma is missing",
                "['a,b']|an entry holds a comma",
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

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0007b", "x,a\u007fb", "['a\nb']", "\"a\tb\"", "a\u0085b"})
    void controlCharactersAreAnErrorThatShowsThem(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("an entry holds a control character")
                .satisfies(e -> assertThat(e.getMessage().chars().noneMatch(Character::isISOControl))
                        .as("no raw control character in %s", e.getMessage())
                        .isTrue())
                .hasMessageContaining("\\u00");
    }

    @Test
    void aVeryLongEntryIsAnErrorThatDoesNotRepeatIt() {
        assertThat(parse("a".repeat(1000))).hasSize(1);
        assertThatThrownBy(() -> parse("b," + "a".repeat(1001)))
                .hasMessageContaining("an entry is longer than 1000 characters, at '" + "a".repeat(97) + "...'")
                .extracting(e -> ((NcbiGeneException) e).code())
                .isEqualTo(ErrorCode.INVALID_IDENTIFIER);
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
            assertThat(entry).isNotEmpty().isEqualTo(entry.trim()).doesNotContain(",");
            assertThat(entry.chars().noneMatch(Character::isISOControl)).isTrue();
        });
    }

    @Provide
    Arbitrary<List<String>> identifiers() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars("_.-:|/?#%&=+()<>{}*~éβ漢")
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
        List<String> entries = texts.stream().filter(ListSyntax::isEntry).toList();

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
