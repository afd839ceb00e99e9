package io.github.sparkncbigene.error;

import io.github.sparkncbigene.testing.GeneratedPage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/errors.md lists the error codes. */
class ErrorsPageTest {
    /** A test that provokes the error. */
    private static final Map<ErrorCode, String> TESTS = Map.ofEntries(
            Map.entry(ErrorCode.NO_SELECTOR, "LookupJoinTest"),
            Map.entry(ErrorCode.SEVERAL_SELECTORS, "SelectorsTest"),
            Map.entry(ErrorCode.UNKNOWN_OPTION, "FirstLightTest"),
            Map.entry(ErrorCode.INVALID_OPTION, "HostileInputTest"),
            Map.entry(ErrorCode.CONFLICTING_OPTIONS, "NcbiGeneLookupTest"),
            Map.entry(ErrorCode.UNKNOWN_TABLE_FIELD, "WiresTest"),
            Map.entry(ErrorCode.INVALID_IDENTIFIER, "IdentifiersTest"),
            Map.entry(ErrorCode.NOT_FOUND, "FirstLightTest"),
            Map.entry(ErrorCode.NOT_CACHED, "CacheTest"),
            Map.entry(ErrorCode.MALFORMED_VALUE, "JsonBatchRowsTest"),
            Map.entry(ErrorCode.SERVICE_UNREACHABLE, "UnreachableTest"),
            Map.entry(ErrorCode.REQUEST_REFUSED, "ServiceErrorsTest"),
            Map.entry(ErrorCode.RATE_LIMITED, "FaultMatrixTest"),
            Map.entry(ErrorCode.RATE_LIMITER_UNREACHABLE, "DriverEndpointTest"),
            Map.entry(ErrorCode.SERVICE_FAILED, "FaultMatrixTest"),
            Map.entry(ErrorCode.BAD_RESPONSE, "FaultMatrixTest"),
            Map.entry(ErrorCode.RESPONSE_TOO_LARGE, "BombsTest"),
            Map.entry(ErrorCode.QUERY_TIMEOUT, "DeadlineTest"),
            Map.entry(ErrorCode.TOKEN_TROUBLE, "FaultMatrixTest"),
            Map.entry(ErrorCode.FILE_UNREADABLE, "HostileInputTest"),
            Map.entry(ErrorCode.FILE_REPLACED, "StreamingTest"),
            Map.entry(ErrorCode.DATA_CHANGED, "NcbiGeneLookupTest"),
            Map.entry(ErrorCode.CHECKPOINT_UNREADABLE, "FilesOffsetTest"),
            Map.entry(ErrorCode.READ_ONLY, "IdentifiersTest"),
            Map.entry(ErrorCode.INTERNAL_ERROR, "PageReaderTest"));

    @Test
    void thePageListsTheCodes() throws IOException {
        GeneratedPage page = new GeneratedPage("errors.md", "Errors", "the codes, ErrorCode.java,");
        page.paragraph("""
                An error's message starts with its code in brackets. It then says what happened and with which value,
                quotes NCBI's own message and request id where there are any, and ends with what to do. Codes do not
                change between releases; the text may. A message is one line (`PlainErrorsTest`).""");
        page.paragraph("""
                In Java, `ErrorCode.of(error)` gives the code of any exception that a read threw. An error of a task reaches the
                driver as the cause of Spark's own exception: an `NcbiGeneException`, or, where the jar was added to one
                session only (`ADD JAR`, an artifact of Spark Connect), an exception of the JDK with the same text (`ErrorCodeTest`, `PlainErrorsTest`).
                If the service or the way to it caused the error, the code's `isOfService()` is true and the exception a
                `NcbiGeneServiceException`, which is an `NcbiGeneException` too. The column *what to do* says when to try again.""");
        page.paragraph("""
                In Python, an error in options, lists or files is an `IllegalArgumentException` of `pyspark.errors`,
                whose text is the message. An error of a task is a `Py4JJavaError` with stack traces. Its message stands
                on one line, early, after `Job aborted due to stage failure`. `short_errors()` of the
                [Python package](python.md) raises it as an `NcbiGeneError` of that one line, with `.code`. Without the
                package, `re.search(r"\\[NCBI_GENE_.*", str(error)).group()` finds it. Errors of Spark Connect have the
                same text (`test_errors.py`).""");
        page.head("code", "what happened", "what to do", "tested by");
        for (ErrorCode code : ErrorCode.values()) {
            page.row(GeneratedPage.code(code.code()), code.cause(), code.remedy(), GeneratedPage.code(TESTS.get(code)));
        }
        page.check();
    }
}
