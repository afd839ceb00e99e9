package io.github.sparkncbigene.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.service.Progress;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import io.github.sparkncbigene.service.RetryBudget;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A gene service that answers what a test tells it to, and remembers what it was asked. */
public final class ScriptedGeneService implements GeneService {
    /** What to answer to the body of a POST. */
    public interface Script {
        Page response(JsonNode request) throws ServiceException;
    }

    /** A body, and the token of the next page in the headers; null for none. */
    public record Page(String body, String nextPageToken) {
        public static Page of(String body) {
            return new Page(body, null);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Script script;
    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> accepts = Collections.synchronizedList(new ArrayList<>());

    public ScriptedGeneService(Script script) {
        this.script = script;
    }

    public static ServiceException failure(Kind kind, ErrorCode code, String message) {
        return new ServiceException(kind, NcbiGeneException.of(code, message), message);
    }

    @Override
    public Response execute(GeneRequest request, RetryBudget budget, Progress progress) throws ServiceException {
        JsonNode body;
        try {
            body = MAPPER.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        requests.add(body);
        accepts.add(request.accept());
        Page page = script.response(body);
        Optional<String> token = Optional.ofNullable(page.nextPageToken());
        progress.permitted();
        token.ifPresent(progress::nextPageToken);
        return new Response(
                new ResponseHead("POST " + request.path(), token, Optional.of("PHID")),
                new ResponseBody(page.body().getBytes(StandardCharsets.UTF_8), false, Integer.MAX_VALUE));
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    public List<JsonNode> requests() {
        return requests;
    }

    public List<String> accepts() {
        return accepts;
    }

    /** The identifiers asked for under a name. */
    public static List<String> list(JsonNode request, String name) {
        List<String> list = new ArrayList<>();
        request.path(name).forEach(element -> list.add(element.asText()));
        return list;
    }

    /** A report of a gene, with an echo of what was asked for. */
    public static String match(String gene, String... query) {
        return "{\"gene\":" + gene + (query.length == 0 ? "" : ",\"query\":[\"" + String.join("\",\"", query) + "\"]")
                + "}";
    }

    public static String reports(String... reports) {
        return "{\"reports\":[" + String.join(",", reports) + "]}";
    }
}
