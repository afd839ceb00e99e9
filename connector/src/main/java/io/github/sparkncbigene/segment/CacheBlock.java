package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.service.Retrieval;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some answers and the reports that they share: the unit that is compressed, sealed and read.
 *
 * <pre>
 * responses: number, then of each: flag, request id, flag, time
 * reports: number, then of each: response, length
 * answers: number, then of each: identifier, time, response, remarks, number of hits, then of each: report, warnings
 * the reports' JSON, one after the other
 * </pre>
 */
final class CacheBlock {
    private final Map<String, CachedAnswer> answers;

    private CacheBlock(Map<String, CachedAnswer> answers) {
        this.answers = answers;
    }

    /** The answers by their identifiers, in the order written. */
    Map<String, CachedAnswer> answers() {
        return answers;
    }

    /** Puts a block together. */
    static final class Builder {
        private final Map<Retrieval, Integer> responses = new LinkedHashMap<>();
        private final IdentityHashMap<CachedReport, Integer> numbers = new IdentityHashMap<>();
        private final List<CachedReport> reports = new ArrayList<>();
        private final List<CachedAnswer> answers = new ArrayList<>();
        private long size;

        void add(CachedAnswer answer) {
            answers.add(answer);
            responses.putIfAbsent(answer.from(), responses.size());
            size += answer.identifier().length() + answer.remarks().length + Long.BYTES;
            for (CachedAnswer.Hit hit : answer.hits()) {
                if (numbers.putIfAbsent(hit.report(), reports.size()) == null) {
                    reports.add(hit.report());
                    responses.putIfAbsent(hit.report().from(), responses.size());
                    size += hit.report().json().length;
                }
                size += hit.warnings().length + Long.BYTES;
            }
        }

        List<CachedAnswer> answers() {
            return answers;
        }

        /** Roughly how many bytes it will have. */
        long size() {
            return size;
        }

        byte[] bytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(size + 1024, Integer.MAX_VALUE / 2));
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeInt(responses.size());
                for (Retrieval response : responses.keySet()) {
                    out.writeBoolean(response.requestId() != null);
                    if (response.requestId() != null) {
                        write(out, response.requestId().getBytes(StandardCharsets.UTF_8));
                    }
                    out.writeBoolean(response.at() != null);
                    if (response.at() != null) {
                        out.writeLong(response.at().toEpochMilli());
                    }
                }
                out.writeInt(reports.size());
                for (CachedReport report : reports) {
                    out.writeInt(responses.get(report.from()));
                    out.writeInt(report.json().length);
                }
                out.writeInt(answers.size());
                for (CachedAnswer answer : answers) {
                    write(out, answer.identifier().getBytes(StandardCharsets.UTF_8));
                    out.writeLong(answer.time());
                    out.writeInt(responses.get(answer.from()));
                    write(out, answer.remarks());
                    out.writeInt(answer.hits().size());
                    for (CachedAnswer.Hit hit : answer.hits()) {
                        out.writeInt(numbers.get(hit.report()));
                        write(out, hit.warnings());
                    }
                }
                for (CachedReport report : reports) {
                    out.write(report.json());
                }
            } catch (IOException e) {
                throw new IllegalStateException("Memory takes what is written to it", e);
            }
            return bytes.toByteArray();
        }

        private static void write(DataOutputStream out, byte[] bytes) throws IOException {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Reads a block; whatever its bytes are, they take no more memory than a few times their length. */
    static CacheBlock read(byte[] bytes) throws UnusableException {
        try {
            return new CacheBlock(parse(ByteBuffer.wrap(bytes)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new UnusableException("a block ends too early");
        }
    }

    private static Map<String, CachedAnswer> parse(ByteBuffer in) throws UnusableException {
        int responseCount = count(in, 2);
        List<Retrieval> responses = new ArrayList<>(responseCount);
        for (int i = 0; i < responseCount; i++) {
            String requestId = in.get() != 0 ? text(in) : null;
            responses.add(new Retrieval(requestId, in.get() != 0 ? Instant.ofEpochMilli(in.getLong()) : null));
        }
        int reportCount = count(in, 2 * Integer.BYTES);
        int[] reportResponses = new int[reportCount];
        int[] lengths = new int[reportCount];
        for (int i = 0; i < reportCount; i++) {
            reportResponses[i] = in.getInt();
            lengths[i] = in.getInt();
        }
        int answerCount = count(in, Long.BYTES + 4 * Integer.BYTES);
        CachedReport[] reports = reports(in.duplicate(), answerCount, reportResponses, lengths, responses);
        Map<String, CachedAnswer> answers = new LinkedHashMap<>();
        for (int i = 0; i < answerCount; i++) {
            String identifier = text(in);
            long time = in.getLong();
            Retrieval from = responses.get(in.getInt());
            byte[] remarks = bytes(in);
            int hitCount = count(in, 2 * Integer.BYTES);
            List<CachedAnswer.Hit> hits = new ArrayList<>(hitCount);
            for (int hit = 0; hit < hitCount; hit++) {
                hits.add(new CachedAnswer.Hit(reports[in.getInt()], bytes(in)));
            }
            answers.put(identifier, new CachedAnswer(identifier, time, from, hits, remarks));
        }
        return answers;
    }

    /** The reports stand behind the answers. */
    private static CachedReport[] reports(
            ByteBuffer in, int answers, int[] reportResponses, int[] lengths, List<Retrieval> responses)
            throws UnusableException {
        for (int i = 0; i < answers; i++) {
            skip(in);
            in.getLong();
            in.getInt();
            skip(in);
            int hits = count(in, 2 * Integer.BYTES);
            for (int hit = 0; hit < hits; hit++) {
                in.getInt();
                skip(in);
            }
        }
        CachedReport[] reports = new CachedReport[lengths.length];
        for (int i = 0; i < reports.length; i++) {
            if (lengths[i] < 0 || lengths[i] > in.remaining()) {
                throw new UnusableException("a report ends too early");
            }
            byte[] json = new byte[lengths[i]];
            in.get(json);
            reports[i] = new CachedReport(json, responses.get(reportResponses[i]));
        }
        return reports;
    }

    private static int count(ByteBuffer in, int bytesOfEach) throws UnusableException {
        int count = in.getInt();
        if (count < 0 || (long) count * bytesOfEach > in.remaining()) {
            throw new UnusableException("a number is too large");
        }
        return count;
    }

    private static void skip(ByteBuffer in) throws UnusableException {
        int length = count(in, 1);
        in.position(in.position() + length);
    }

    private static byte[] bytes(ByteBuffer in) throws UnusableException {
        byte[] bytes = new byte[count(in, 1)];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in) throws UnusableException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }
}
