package io.github.sparkncbigene.testkit.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Writes responses to files, without secrets. {@code dataset_report} and {@code product_report} hold pages of complete
 * reports, which the stand-in serves. {@code tabular} holds tables. {@code others} holds everything else, under names
 * that the stand-in does not read as reports. {@code responses.http} holds each request with its status line and
 * headers.
 */
final class Recordings {
    private final Path directory;

    Recordings(Path directory) {
        this.directory = directory;
    }

    void write(Map<Probe, Reply> replies) throws IOException {
        Files.createDirectories(directory);
        StringBuilder http = new StringBuilder("# Requests of the live check, with the heads of their responses\n");
        for (Map.Entry<Probe, Reply> entry : replies.entrySet()) {
            Probe probe = entry.getKey();
            Reply reply = entry.getValue();
            String file = file(probe, reply);
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, reply.body());
            http.append("\n### ")
                    .append(probe.planned())
                    .append("\n# body: ")
                    .append(file)
                    .append("\n\nHTTP/1.1 ");
            http.append(reply.status()).append('\n');
            reply.headers()
                    .forEach((name, values) -> values.forEach(value ->
                            http.append(name).append(": ").append(value).append('\n')));
        }
        Files.writeString(directory.resolve("responses.http"), http);
    }

    private static String file(Probe probe, Reply reply) {
        boolean page = reply.status() == 200
                && reply.json()
                        .filter(json -> json.isObject()
                                && (json.isEmpty() || json.path("reports").isArray()))
                        .isPresent();
        if (probe.kind() == Probe.Kind.WHOLE && page) {
            return (probe.isProduct() ? "product_report/" : "dataset_report/") + probe.id() + ".json";
        }
        if (probe.kind() == Probe.Kind.TABLE && reply.status() == 200) {
            return "tabular/" + probe.id() + ".tsv";
        }
        return "others/" + probe.id()
                + Optional.of(reply.status())
                        .filter(status -> status != 200)
                        .map(s -> "-" + s)
                        .orElse("") + ".txt";
    }
}
