package io.github.sparkncbigene.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The service's response to a request. */
public final class Response {
    private final ResponseHead head;
    private final ResponseBody body;
    private final Redactor redactor;

    /** A response that contains no secret. */
    public Response(ResponseHead head, ResponseBody body) {
        this(head, body, Redactor.none());
    }

    /** @param redactor takes secrets out of errors that quote the body */
    public Response(ResponseHead head, ResponseBody body, Redactor redactor) {
        this.head = head;
        this.body = body;
        this.redactor = redactor;
    }

    /** Returns the token of the next page, if the headers contain one. */
    public Optional<String> nextPageToken() {
        return head.nextPageToken();
    }

    /** Returns the request's address, for errors; contains no secret. */
    public String address() {
        return head.address();
    }

    /** Returns NCBI's ID of the request, if it sent one. */
    public Optional<String> requestId() {
        return head.requestId();
    }

    /** Returns the origin of the rows in this response. */
    public Retrieval retrieval() {
        return new Retrieval(head.requestId().orElse(null), head.retrievedAt());
    }

    /** Returns the number of reports on all pages together, if the headers contain it, as those of a first page do. */
    public OptionalLong totalCount() {
        return head.totalCount();
    }

    /** Returns the body compressed, even if it was not sent so. */
    public byte[] gzipped() throws IOException {
        return body.gzipped();
    }

    /** Returns the body, which is inflated while it is read. */
    public InputStream body() throws IOException {
        return body.open();
    }

    /** Returns true if the body is empty. */
    public boolean isEmpty() {
        return body.isEmpty();
    }

    /** Returns true if the body starts like a web page. */
    public boolean isWebPage() {
        return body.isWebPage();
    }

    /** Returns true if the body is held compressed, so that reading it costs time. */
    public boolean isCompressed() {
        return body.isCompressed();
    }

    /** Returns the number of bytes held. */
    public int size() {
        return body.size();
    }

    /**
     * Returns the failure of an unreadable response. Truncated and malformed responses may be better after a retry.
     *
     * @param why the reader's exception
     */
    public ServiceException unreadable(IOException why) {
        ServiceException failure = quoting(why);
        return new ServiceException(failure.kind(), redactor.hideIn(failure.error()), redactor.hideIn(failure.said()));
    }

    private ServiceException quoting(IOException why) {
        if (why instanceof TooLargeException tooLarge) {
            return new ServiceException(
                    ServiceException.Kind.TOO_LARGE,
                    NcbiGeneException.of(
                            ErrorCode.RESPONSE_TOO_LARGE,
                            "The response to " + reference() + " cannot be read: " + why.getMessage() + ". "
                                    + tooLarge.remedy() + ".",
                            why));
        }
        if (why instanceof WrongResponseException wrongResponse) {
            return new ServiceException(
                    wrongResponse.isOfAllPages() ? ServiceException.Kind.REJECTED : ServiceException.Kind.TRANSIENT,
                    NcbiGeneException.of(
                            ErrorCode.BAD_RESPONSE,
                            "The response to " + reference() + " does not match the request: " + why.getMessage()
                                    + ". Try again later; if the error persists, check that base_url is the gene service."),
                    wrongResponse.said());
        }
        return new ServiceException(
                ServiceException.Kind.TRANSIENT,
                NcbiGeneException.of(
                        ErrorCode.BAD_RESPONSE,
                        "The response to " + reference() + " cannot be read: " + words(why)
                                + ". Check that base_url is the gene service; if it is, try again later.",
                        why));
    }

    /** Returns the exception's message; Jackson's without the lines about the position in the stream. */
    private static String words(IOException why) {
        return why instanceof JsonProcessingException malformed ? malformed.getOriginalMessage() : why.getMessage();
    }

    /** Returns the request's address and NCBI's ID of it, for errors. */
    public String reference() {
        return head.reference();
    }

    @Override
    public String toString() {
        return "Response[" + reference() + ", " + body.size() + " bytes]";
    }
}
