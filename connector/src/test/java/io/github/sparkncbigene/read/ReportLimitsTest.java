package io.github.sparkncbigene.read;

import static io.github.sparkncbigene.scan.ScriptedGeneService.match;
import static io.github.sparkncbigene.scan.ScriptedGeneService.reports;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.scan.ScriptedGeneService;
import io.github.sparkncbigene.scan.ScriptedGeneService.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One report, and what NCBI says beside reports, take no more memory than options allow. */
class ReportLimitsTest {
    private static final String REFERENCE =
            "[NCBI_GENE_RESPONSE_TOO_LARGE] The response to POST /gene/%s_report (request id PHID) cannot be read: ";

    private static List<String> read(String body, String... options) {
        List<String> all = new ArrayList<>(List.of("accessions", "a", "max_report_elements", "1000"));
        all.addAll(List.of(options));
        return Scans.texts(Scans.rows(
                new ScriptedGeneService(request -> Page.of(body)), Scans.options(all.toArray(String[]::new))));
    }

    private static String list(String element, int count) {
        return "[" + String.join(",", java.util.Collections.nCopies(count, element.replace('\'', '"'))) + "]";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'query': # |'a'|a report",
                "'query':['a'],'warnings': # |{}|a report",
                "'query':['a'],'errors': # |{'message':'x'}|a report",
                "'query':['a'],'warnings':[{'invalid_identifiers': # }]|'b'|a report",
                "'query':['a'],'gene':{'gene_id':'1','synonyms': # }|'b'|a report",
                "'query':['a'],'gene':{'gene_id':'1','annotations': # }|{}|a report",
                "'query':['a'],'gene':{'gene_id':'1','chromosomes': # }|{}|a report",
                "'query':['a'],'product':{'gene_id':'1','transcripts': # }|{}|a report",
                "'query':['a']}],'messages': # ,'x':[{|{'warning':{}}|what NCBI says beside reports",
                "'query':['a']}, # ,{'query':['a']}],'x':[{|{}|what NCBI says beside reports",
            })
    void moreElementsThanMayBeAreAnError(String report, String element, String what) {
        boolean product = report.contains("product");
        String form = "{'reports':[{" + report + "}]}";
        String kind = product ? "product" : "gene";
        String list = list(element, 1001);
        String body = form.replace('\'', '"')
                .replace("#", report.contains(", # ,") ? list.substring(1, list.length() - 1) : list);

        assertThatThrownBy(() -> read(body, "report", kind))
                .hasMessage(REFERENCE.formatted(product ? "product" : "dataset") + what
                        + " in it has more than max_report_elements = 1000 list elements. If that is right, raise"
                        + " max_report_elements.");
    }

    @Test
    void moreBytesThanMayBeAreAnError() {
        String text = "x".repeat(40_000);
        String gene = "{\"gene_id\":\"1\",\"description\":\"" + text + "\",\"symbol\":\"" + text + "\"}";
        String error = REFERENCE.formatted("dataset")
                + "a report in it has more than max_report_bytes = 65536 bytes. If that is right, raise"
                + " max_report_bytes.";

        assertThatThrownBy(() -> read(reports(match(gene, "a")), "max_report_bytes", "65536"))
                .hasMessage(error);
        assertThatThrownBy(
                        () -> read(reports(match("{\"gene_id\":\"1\"}", "a", text, text)), "max_report_bytes", "65536"))
                .hasMessage(error);
        assertThat(read(reports(match(gene, "a")), "max_report_bytes", "100000"))
                .singleElement()
                .asString()
                .contains(text);
    }

    /** Each report has the limits to itself, and what the query does not read does not count. */
    @Test
    void limitsAreOfOneReportAndOfWhatIsRead() {
        String gene =
                "{\"gene_id\":\"1\",\"synonyms\":" + list("'s'", 900) + ",\"added_later\":" + list("1", 5000) + "}";

        assertThat(read(reports(match(gene, "a"), match(gene.replace("\"1\"", "\"2\""), "a"))))
                .hasSize(2);
    }
}
