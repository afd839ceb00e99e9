package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Endpoints for inspecting and controlling a service that runs in another process. */
final class AdminHandler extends Handler.Abstract {
    private static final String PREFIX = "/testkit/";

    private final NcbiGeneService service;

    AdminHandler(NcbiGeneService service) {
        this.service = service;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (!path.startsWith(PREFIX)) {
            return false;
        }
        Content.Source.asByteBuffer(
                request,
                Promise.from(
                        body -> answer(
                                request.getMethod() + " " + path.substring(PREFIX.length()),
                                StandardCharsets.UTF_8.decode(body).toString(),
                                response,
                                callback),
                        callback::failed));
        return true;
    }

    private void answer(String what, String body, Response response, Callback callback) {
        switch (what) {
            case "GET health" -> send(response, callback, 200, Json.object().put("status", "ok"));
            case "GET requests" -> send(response, callback, 200, requests());
            case "POST reset" -> {
                service.reset();
                send(response, callback, 200, Json.object().put("status", "ok"));
            }
            case "POST faults" -> {
                try {
                    FaultScript.add(Json.MAPPER.readTree(body), service.faults());
                    send(response, callback, 200, Json.object().put("status", "ok"));
                } catch (JsonProcessingException e) {
                    send(response, callback, 400, Json.object().put("error", e.getOriginalMessage()));
                } catch (IllegalArgumentException e) {
                    send(response, callback, 400, Json.object().put("error", e.getMessage()));
                }
            }
            default -> send(response, callback, 404, Json.object().put("error", "There is no " + what));
        }
    }

    private ObjectNode requests() {
        ObjectNode answer = Json.object().put("peak_per_second", service.log().peakPerSecond());
        ArrayNode requests = answer.putArray("requests");
        service.requests().forEach(request -> requests.add(LogLine.of(request)));
        return answer;
    }

    private static void send(Response response, Callback callback, int status, ObjectNode body) {
        response.setStatus(status);
        response.getHeaders().put("Content-Type", Answer.JSON);
        response.write(true, ByteBuffer.wrap(Json.write(body).getBytes(StandardCharsets.UTF_8)), callback);
    }
}
