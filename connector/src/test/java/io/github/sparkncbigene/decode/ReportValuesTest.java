package io.github.sparkncbigene.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.service.TooLargeException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportValuesTest {
    private static final NcbiWarning REPLACED =
            new NcbiWarning("ACCESSION_REPLACED", null, "It is NM_2.", "NM_1", "NM_2", null, null);

    private final ReportValues values = new ReportValues(2);

    private void fill() throws TooLargeException {
        values.slots()[1] = "value";
        values.addTranscript()[0] = "transcript";
        values.query().add("NM_1");
        values.warnings().add(REPLACED);
        values.errors().add(REPLACED);
        values.malformed().remark(node(), "x");
        values.from(new Retrieval(null, null));
    }

    private static ReportNode node() {
        return Report.GENE.root().child("gene_id").orElseThrow();
    }

    @Test
    void theNextReportHasNothingOfTheOneBefore() throws TooLargeException {
        fill();

        values.clear();

        assertThat(values.slots()).containsExactly(null, null);
        assertThat(values.transcripts()).isEmpty();
        assertThat(values.query()).isEmpty();
        assertThat(values.warnings()).isEmpty();
        assertThat(values.errors()).isEmpty();
        assertThat(values.malformedValues()).isEmpty();
        assertThat(values.bytes()).isZero();
    }

    @Test
    void aCopyOutlivesTheNextReport() throws TooLargeException {
        fill();
        ReportValues copy = values.copy();
        Retrieval from = values.from();
        List<String> malformed = List.copyOf(values.malformedValues());

        values.clear();
        values.from(null);

        assertThat(copy.slots()).containsExactly(null, "value");
        assertThat(copy.transcripts()).hasSize(1).first().isEqualTo(new Object[] {"transcript", null});
        assertThat(copy.query()).containsExactly("NM_1");
        assertThat(copy.warnings()).containsExactly(REPLACED);
        assertThat(copy.errors()).containsExactly(REPLACED);
        assertThat(copy.malformedValues()).isEqualTo(malformed).hasSize(1);
        assertThat(copy.from()).isSameAs(from).isNotNull();
        assertThat(copy.requested()).containsExactly("NM_1");
    }

    @Test
    void aReportOfMessagesAloneIsEmpty() throws TooLargeException {
        assertThat(values.isEmpty()).isTrue();
        values.warnings().add(REPLACED);
        values.query().add("NM_1");
        assertThat(values.isEmpty()).isTrue();

        values.slots()[1] = "value";
        assertThat(values.isEmpty()).isFalse();
        values.clear();
        values.addTranscript();
        assertThat(values.isEmpty()).isFalse();
        values.clear();
        values.malformed().remark(node(), "x");
        assertThat(values.isEmpty()).isFalse();
        values.clear();
        assertThat(values.isEmpty()).isTrue();
    }

    @Test
    void transcriptsCountAsElementsAndBytes() throws TooLargeException {
        ReportValues limited = new ReportValues(2, new DecodeLimits(3, 16));
        limited.addTranscript();
        assertThat(limited.bytes()).isEqualTo(8);
        limited.addTranscript();

        assertThatThrownBy(limited::addTranscript).hasMessageContaining("max_report_bytes");
        ReportValues one = new ReportValues(2, new DecodeLimits(1, 1000));
        one.addTranscript();
        assertThatThrownBy(one::addTranscript).hasMessageContaining("max_report_elements");
    }

    @Test
    void aThousandMalformedValuesAreRemembered() {
        IntStream.range(0, 1001).forEach(number -> values.malformed().remark(node(), "value " + number));

        assertThat(values.malformedValues()).hasSize(1000).last().asString().contains("value 999");
    }

    @Test
    void aLongMalformedValueIsShownInPart() {
        values.malformed().remark(node(), "x".repeat(100));
        values.malformed().remark(node(), "y".repeat(101));

        assertThat(values.malformedValues().get(0)).contains("'" + "x".repeat(100) + "'");
        assertThat(values.malformedValues().get(1)).contains("'" + "y".repeat(97) + "...'");
    }
}
