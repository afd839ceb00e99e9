package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkncbigene.testkit.Behaviour.NdjsonShape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A page as JSON or as lines of JSON. */
final class JsonPage {
    private static final int PADDING_PIECE = 1 << 16;
    private static final String PADDING = "A".repeat(PADDING_PIECE);

    private final Page page;
    private final Style style;
    private final JsonGenerator out;
    private final TreeWriter writer;
    private final Steps steps;

    private JsonPage(Page page, Style style, OutputStream stream) throws IOException {
        this.page = page;
        this.style = style;
        this.out = style.generator(stream);
        this.writer = new TreeWriter(out, style);
        this.steps = new Steps(out);
    }

    /** Returns the page as one JSON object. */
    static Body.Source json(Page page, Style style) {
        return stream -> new JsonPage(page, style, stream).page();
    }

    /** Returns the page's reports as lines. */
    static Body.Source lines(Page page, Style style, NdjsonShape shape) {
        return stream -> new JsonPage(page, style.inOneLine(), stream).lines(shape);
    }

    private Body page() {
        steps.then(out::writeStartObject);
        if (!page.isEmpty()) {
            List<String> members = new ArrayList<>(List.of("reports", "messages", "total_count", "next_page_token"));
            if (style.order() != null) {
                members.sort(style.order());
            }
            members.forEach(this::member);
        }
        return steps.then(out::writeEndObject);
    }

    private void member(String name) {
        switch (name) {
            case "reports" -> reports();
            case "messages" -> {
                if (!page.messages().isEmpty() && !page.remarked()) {
                    steps.then(() -> messages(name));
                }
            }
            case "total_count" -> {
                if (page.totalCount() != 0) {
                    steps.then(() -> {
                        writer.key(name);
                        out.writeNumber(page.totalCount());
                    });
                }
            }
            default -> {
                if (!page.nextToken().isEmpty()) {
                    steps.then(() -> {
                        writer.key(name);
                        out.writeString(page.nextToken());
                    });
                }
            }
        }
    }

    private void reports() {
        if (page.hits().isEmpty() && page.remarks().isEmpty()) {
            return;
        }
        steps.then(() -> {
            writer.key("reports");
            out.writeStartArray();
        });
        boolean padded = page.oddities().padding() > 0 || page.oddities().nesting() > 0;
        for (Hit hit : page.hits()) {
            if (padded) {
                padded(hit);
                padded = false;
            } else {
                steps.then(() -> writer.write(page.match(hit)));
            }
        }
        for (ObjectNode remark : page.remarks()) {
            steps.then(() -> writer.write(remark));
        }
        steps.then(out::writeEndArray);
    }

    private void messages(String name) throws IOException {
        writer.key(name);
        out.writeStartArray();
        for (Warning warning : page.messages()) {
            out.writeStartObject();
            writer.key("warning");
            writer.write(warning.json());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    // Writes a report whose gene contains a string too long for memory, or a value too deep for recursion.
    private void padded(Hit hit) {
        String descriptor = page.request().report().member();
        steps.then(() -> {
            out.writeStartObject();
            writer.key(descriptor);
            out.writeStartObject();
            int depth = page.oddities().nesting();
            if (depth > 0) {
                writer.key("a_deep_value_added_later");
                out.writeRawValue("[{\"deeper\":".repeat(depth / 2) + "1" + "}]".repeat(depth / 2));
            }
            writer.key("a_long_text_added_later");
            out.writeRawValue("\"");
        });
        for (long left = page.oddities().padding(); left > 0; left -= PADDING_PIECE) {
            int length = (int) Math.min(left, PADDING_PIECE);
            steps.then(() -> out.writeRaw(PADDING, 0, length));
        }
        steps.then(() -> {
            out.writeRaw('"');
            ObjectNode match = page.match(hit);
            writer.members((ObjectNode) match.remove(descriptor));
            out.writeEndObject();
            writer.members(match);
            out.writeEndObject();
        });
    }

    private Body lines(NdjsonShape shape) {
        for (Hit hit : page.hits()) {
            line(() -> page.match(hit), () -> page.descriptor(hit), shape);
        }
        if (shape != NdjsonShape.DESCRIPTOR) {
            page.remarks().forEach(remark -> line(() -> remark, null, shape));
        }
        return steps;
    }

    private void line(Supplier<ObjectNode> match, Supplier<ObjectNode> descriptor, NdjsonShape shape) {
        steps.then(() -> {
            switch (shape) {
                case DESCRIPTOR -> writer.write(descriptor.get());
                case PAGE -> {
                    ObjectNode single = Json.object();
                    single.putArray("reports").add(match.get());
                    writer.write(single);
                }
                case MATCH, CONCATENATED -> writer.write(match.get());
            }
            if (shape != NdjsonShape.CONCATENATED) {
                out.writeRaw('\n');
            }
        });
    }
}
