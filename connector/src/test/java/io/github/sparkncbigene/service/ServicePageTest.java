package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.testing.GeneratedPage;
import io.github.sparkncbigene.testkit.check.Assumption;
import io.github.sparkncbigene.testkit.check.LiveCheck;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/service.md lists what the connector assumes of NCBI's service. */
class ServicePageTest {
    @Test
    void thePageListsTheAssumptions() throws IOException {
        List<Assumption> assumptions = LiveCheck.assumptions();
        GeneratedPage page =
                new GeneratedPage("service.md", "NCBI's gene service", "the checks, testkit/…/check/*Checks.java,");
        page.paragraph("""
                The connector reads the gene service of NCBI Datasets v2. This page lists what it assumes of the
                service, how well each assumption is supported, and what the connector does if it is wrong. Each row
                is a check, and one command runs all checks against a service.""");
        page.line("## Check a service").line("");
        page.paragraph("""
                ```
                make live-check                        # a stand-in inside the program
                make live-check ARGS="--base-url ncbi" # NCBI itself
                make live-check ARGS="--dry-run"       # only print the requests
                ```""");
        page.paragraph("""
                Without make: `java -jar ncbi-gene-testkit-<version>-standalone.jar check --base-url ncbi`, or, after
                `pip install "spark-ncbi-gene[standin]"`, `python -m spark_ncbi_gene.check --base-url ncbi`.""");
        page.paragraph("The check sends " + LiveCheck.requests().size() + """
                 requests, one per second, without retries. Its `User-Agent` says that it is a check. It stops at the
                first response with status 429 or 403, and after three requests in a row without a response from the
                service. It uses the API key in `NCBI_API_KEY` and never prints it.""");
        page.paragraph("""
                * `--json FILE` writes the report as JSON.
                * `--save DIR` writes bodies and headers, without key and cookies. The stand-in serves them with
                  `--reports DIR`. If a service deviates, please send them in.
                * `--reports DIR` lets the stand-in serve recorded reports.
                * `--set SWITCH=VALUE` sets a switch of the stand-in, such as `--set supersededVersion=MISSING`.
                * The exit code is 0 if everything is as expected, 1 if something deviates, 2 for a wrong option, and
                  3 if the checks could not be completed.""");
        page.paragraph("""
                After a check you need to set nothing, unless it names an option under *consider*. The connector reads
                the service either way; the option only makes a read cheaper or exact.""");
        page.line("## What the connector assumes").line("");
        page.paragraph("""
                *Documented*: stated in NCBI's OpenAPI document, manual or published client. *Recorded*: seen in a
                recorded response. *Reported*: seen in scripts or reports of users. *Inferred*: the most likely
                behaviour. *Unknown*: a guess. *Switch* is the switch of the [stand-in](../testkit/README.md) that
                changes it.""");
        page.head(
                "id", "assumption", "evidence", "if so, the connector", "if not, the connector", "consider", "switch");
        for (Assumption assumption : assumptions) {
            page.row(
                    GeneratedPage.code(assumption.id()),
                    assumption.belief(),
                    assumption.evidence().word(),
                    assumption.ifSo(),
                    assumption.ifNot(),
                    GeneratedPage.code(assumption.option()),
                    GeneratedPage.code(assumption.standInSwitch()));
        }
        page.line("").line("## Open questions").line("");
        page.paragraph("No source settles these. The connector works whichever way they turn out.");
        page.head("question", "checks");
        LiveCheck.openQuestions()
                .forEach(question -> page.row(
                        question.question(),
                        question.checks().stream().map(GeneratedPage::code).collect(Collectors.joining(", "))));
        page.check();
    }

    @Test
    void theOptionsToConsiderExist() {
        List<String> names = Arrays.stream(Option.values()).map(Option::key).toList();
        for (Assumption assumption : LiveCheck.assumptions()) {
            for (String option : assumption.option().split(" and ", -1)) {
                if (!option.isEmpty()) {
                    assertThat(names).contains(option.substring(0, option.indexOf('=')));
                }
            }
        }
    }
}
