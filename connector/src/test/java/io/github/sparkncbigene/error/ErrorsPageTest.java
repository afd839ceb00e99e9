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
                In Java, `NcbiGeneException.code()` gives the code. What a task throws reaches the driver as the cause
                of Spark's own exception.""");
        page.paragraph("""
                In Python, an error in what was given (options, lists, files) is an `IllegalArgumentException` of
                `pyspark.errors`, whose text is the message. What a task throws comes in Spark's long words: a
                `Py4JJavaError` with stack traces. The message stands on one line, early in it, after `Job aborted due
                to stage failure`; `re.search(r"\\[NCBI_GENE_.*", str(error)).group()` finds it. So it does with
                Spark Connect, whose errors have the same text.""");
        page.head("code", "what happened", "what to do");
        for (ErrorCode code : ErrorCode.values()) {
            page.row(GeneratedPage.code(code.code()), code.cause(), code.remedy());
        }
        page.check();
    }
}
