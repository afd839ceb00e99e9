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
        page.head("code", "what happened", "what to do");
        for (ErrorCode code : ErrorCode.values()) {
            page.row(GeneratedPage.code(code.code()), code.cause(), code.remedy());
        }
        page.check();
    }
}
