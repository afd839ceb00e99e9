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
 * Some cached identifiers and the reports that they share: the unit that is compressed, sealed and read.
 *
 * <pre>
 * responses: number, then of each: flag, request id, flag, time
 * reports: number, then of each: response, length
 * identifiers: number, then of each: identifier, time, response, remarks, number of hits, then of each: report, warnings
 * the reports' JSON, one after the other
 * </pre>
 */
final class CacheBlock {
    private final Map<String, CachedIdentifier> identifiers;

    private CacheBlock(Map<String, CachedIdentifier> identifiers) {
        this.identifiers = identifiers;
    }

    /** Returns the cached identifiers by their text, in the order written. */
    Map<String, CachedIdentifier> identifiers() {
        return identifiers;
    }

    /** Puts a block together. */
    static final class Builder {
        private final Map<Retrieval, Integer> responses = new LinkedHashMap<>();
        private final IdentityHashMap<CachedReport, Integer> numbers = new IdentityHashMap<>();
        private final List<CachedReport> reports = new ArrayList<>();
        private final List<CachedIdentifier> identifiers = new ArrayList<>();
        private long size;

        void add(CachedIdentifier cached) {
            identifiers.add(cached);
            responses.putIfAbsent(cached.from(), responses.size());
            size += cached.identifier().length() + cached.remarks().length + Long.BYTES;
            for (CachedIdentifier.Hit hit : cached.hits()) {
                if (numbers.putIfAbsent(hit.report(), reports.size()) == null) {
                    reports.add(hit.report());
                    responses.putIfAbsent(hit.report().from(), responses.size());
                    size += hit.report().json().length;
                }
                size += hit.warnings().length + Long.BYTES;
            }
        }

        List<CachedIdentifier> identifiers() {
            return identifiers;
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
                out.writeInt(identifiers.size());
                for (CachedIdentifier cached : identifiers) {
                    write(out, cached.identifier().getBytes(StandardCharsets.UTF_8));
                    out.writeLong(cached.time());
                    out.writeInt(responses.get(cached.from()));
                    write(out, cached.remarks());
                    out.writeInt(cached.hits().size());
                    for (CachedIdentifier.Hit hit : cached.hits()) {
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

    private static Map<String, CachedIdentifier> parse(ByteBuffer in) throws UnusableException {
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
        int identifierCount = count(in, Long.BYTES + 4 * Integer.BYTES);
        CachedReport[] reports = reports(in.duplicate(), identifierCount, reportResponses, lengths, responses);
        Map<String, CachedIdentifier> identifiers = new LinkedHashMap<>();
        for (int i = 0; i < identifierCount; i++) {
            String identifier = text(in);
            long time = in.getLong();
            Retrieval from = responses.get(in.getInt());
            byte[] remarks = bytes(in);
            int hitCount = count(in, 2 * Integer.BYTES);
            List<CachedIdentifier.Hit> hits = new ArrayList<>(hitCount);
            for (int hit = 0; hit < hitCount; hit++) {
                hits.add(new CachedIdentifier.Hit(reports[in.getInt()], bytes(in)));
            }
            identifiers.put(identifier, new CachedIdentifier(identifier, time, from, hits, remarks));
        }
        return identifiers;
    }

    /** Reads the reports, which are stored after the identifiers. */
    private static CachedReport[] reports(
            ByteBuffer in, int identifiers, int[] reportResponses, int[] lengths, List<Retrieval> responses)
            throws UnusableException {
        for (int i = 0; i < identifiers; i++) {
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
