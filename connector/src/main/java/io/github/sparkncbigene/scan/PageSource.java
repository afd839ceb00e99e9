package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.service.Answer;
import io.github.sparkncbigene.service.GeneService;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The pages of a batch, asked for one after another. */
final class PageSource {
    /** Reads from an answer. */
    interface Reading<T> {
        T read() throws IOException;
    }

    private final GeneService service;
    private final RequestFactory requests;
    private final IdentifierBatch batch;
    private final Set<String> seen = new HashSet<>();
    private Optional<String> token = Optional.empty();
    private Answer answer;

    PageSource(GeneService service, RequestFactory requests, IdentifierBatch batch) {
        this.service = service;
        this.requests = requests;
        this.batch = batch;
    }

    /** Asks for the page that is next. */
    Answer next() {
        answer = service.ask(requests.request(batch, token));
        return answer;
    }

    /** Whether this is the first page. */
    boolean isFirst() {
        return seen.isEmpty();
    }

    /**
     * Turns the page: whether there is another one.
     *
     * @param tokenInBody the token of the answer's body, where it has one; the headers' goes first
     */
    boolean turn(Optional<String> tokenInBody) {
        token = answer.nextPageToken().or(() -> tokenInBody);
        if (token.isPresent() && !seen.add(token.get())) {
            throw new NcbiGeneException(
                    ErrorCode.TOKEN_TROUBLE,
                    "The answer to " + answer.reference() + " names the next page by a token it has named before, '"
                            + token.get() + "'. Try again later.");
        }
        return token.isPresent();
    }

    /** Reads from an answer; what cannot be read is an error that names the answer. */
    static <T> T read(Answer answer, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new NcbiGeneException(
                    ErrorCode.BAD_RESPONSE,
                    "The answer to " + answer.reference() + " cannot be read: " + e.getMessage()
                            + ". Check that base_url is the gene service; if it is, try again later.",
                    e);
        }
    }
}
