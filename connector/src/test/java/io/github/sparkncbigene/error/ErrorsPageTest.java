package io.github.sparkncbigene.error;

import io.github.sparkncbigene.testing.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/errors.md lists the error codes. */
class ErrorsPageTest {
    @Test
    void thePageListsTheCodes() throws IOException {
        GeneratedPage page = new GeneratedPage("errors.md", "Errors", "the codes, ErrorCode.java,");
        page.paragraph("""
                An error's message starts with its code in brackets. It then says what happened and with which value,
                quotes NCBI's own message and request id where there are any, and ends with what to do. The codes stay
                as they are over releases; the words may change.""");
        page.paragraph("""
                In Java, `ErrorCode.of(error)` gives the code of whatever a read threw. An error of a task reaches the
                driver as the cause of Spark's own exception: an `NcbiGeneException`, or, where the jar was added to one
                session only (`ADD JAR`, an artifact of Spark Connect), an exception of the JDK with the same text.""");
        page.paragraph("""
                In Python, an error in options, lists or files is an `IllegalArgumentException` of `pyspark.errors`,
                whose text is the message. An error of a task is a `Py4JJavaError` with stack traces. Its message stands
                on one line, early, after `Job aborted due to stage failure`. `short_errors()` of the
                [Python package](python.md) raises it as an `NcbiGeneError` of that one line, with `.code`. Without the
                package, `re.search(r"\\[NCBI_GENE_.*", str(error)).group()` finds it. Errors of Spark Connect have the
                same text.""");
        page.head("code", "what happened", "what to do");
        for (ErrorCode code : ErrorCode.values()) {
            page.row(GeneratedPage.code(code.code()), code.cause(), code.remedy());
        }
        page.check();
    }
}
