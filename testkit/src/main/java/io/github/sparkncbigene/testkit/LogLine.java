package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.TimeUnit;

/** Writes a recorded request as JSON. */
final class LogLine {
    private LogLine() {}

    static ObjectNode of(RecordedRequest request) {
        ObjectNode line = Json.object()
                .put("sequence", request.sequence())
                .put("arrived", request.arrived().toString())
                .put("method", request.method())
                .put("path", request.path());
        ObjectNode parameters = line.putObject("parameters");
        request.parameters().forEach((name, values) -> parameters.set(name, Json.array(values)));
        ObjectNode headers = line.putObject("headers");
        request.headers().forEach((name, values) -> headers.set(name, Json.array(values)));
        line.put("api_key", request.apiKey().isPresent())
                .put("body", request.body())
                .put("ids", request.ids().size())
                .put("status", request.status())
                .put("reports", request.reports())
                .put("bytes", request.bytesSent());
        if (request.completedNanos() != 0) {
            line.put("millis", TimeUnit.NANOSECONDS.toMillis(request.completedNanos() - request.arrivedNanos()));
        }
        request.fault().ifPresent(fault -> line.put("fault", fault));
        return line;
    }
}
