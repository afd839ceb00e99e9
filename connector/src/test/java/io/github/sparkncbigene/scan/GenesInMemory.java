package io.github.sparkncbigene.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.scan.ScriptedGeneService.Page;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * A few invented genes, and a service that reports them as NCBI's does; what is not known of NCBI's it does one way or
 * the other.
 */
final class GenesInMemory {
    /** One transcript; the protein may be null. */
    record Transcript(String accession, String protein, int length) {}

    /** One gene. */
    record Gene(long id, String symbol, List<Transcript> transcripts) {}

    /**
     * What is not known of the service.
     *
     * @param narrows whether returned_content leaves members out
     * @param echoesNarrowed whether reports that are less than whole say who asked for them
     * @param filtersTranscripts whether accession_filter holds for JSON
     * @param dropsEmptied whether a gene of which accession_filter leaves no transcript is left out
     * @param refusesNarrowing whether a narrowed request is refused
     */
    record Habits(
            boolean narrows,
            boolean echoesNarrowed,
            boolean filtersTranscripts,
            boolean dropsEmptied,
            boolean refusesNarrowing) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Gene> genes;
    private final Habits habits;

    GenesInMemory(List<Gene> genes, Habits habits) {
        this.genes = genes;
        this.habits = habits;
    }

    static List<Gene> invent(int count, Random random) {
        List<Gene> genes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Transcript> transcripts = new ArrayList<>();
            for (int t = random.nextInt(4); t > 0; t--) {
                String number = i + "0" + t;
                transcripts.add(new Transcript(
                        "NM_" + number + "." + (1 + random.nextInt(3)),
                        random.nextInt(4) == 0 ? null : "NP_" + number + ".1",
                        100 * i + t));
            }
            genes.add(new Gene(i + 1, "S" + i % 4, transcripts));
        }
        return genes;
    }

    ScriptedGeneService service(boolean product) {
        return new ScriptedGeneService(request -> response(request, product));
    }

    private Page response(JsonNode request, boolean product) throws ServiceException {
        Set<String> filter = new HashSet<>(ScriptedGeneService.list(request, "accession_filter"));
        boolean narrowed = request.has("returned_content") || !filter.isEmpty();
        if (narrowed && habits.refusesNarrowing()) {
            throw ScriptedGeneService.failure(Kind.REJECTED, ErrorCode.REQUEST_REFUSED, "Invalid argument provided");
        }
        List<String> requested = new ArrayList<>(ScriptedGeneService.list(request, "accessions"));
        requested.addAll(ScriptedGeneService.list(request, "gene_ids"));
        List<ObjectNode> matches = new ArrayList<>();
        for (Gene gene : genes) {
            List<String> query =
                    requested.stream().filter(a -> isAskedBy(gene, a)).toList();
            List<Transcript> transcripts = gene.transcripts().stream()
                    .filter(t -> !habits.filtersTranscripts() || filter.isEmpty() || keeps(filter, t))
                    .toList();
            boolean emptied = transcripts.isEmpty() && !gene.transcripts().isEmpty();
            if (!query.isEmpty() && !(product && emptied && habits.dropsEmptied())) {
                ObjectNode match = MAPPER.createObjectNode();
                match.set(product ? "product" : "gene", report(gene, transcripts, product, request));
                if (!request.has("returned_content") || habits.echoesNarrowed()) {
                    ArrayNode echo = match.putArray("query");
                    query.forEach(echo::add);
                }
                matches.add(match);
            }
        }
        int size = request.path("page_size").asInt();
        int from = request.path("page_token").asInt(0);
        int to = Math.min(matches.size(), from + size);
        ObjectNode page = MAPPER.createObjectNode();
        page.putArray("reports").addAll(matches.subList(from, to));
        try {
            return new Page(MAPPER.writeValueAsString(page), to < matches.size() ? Integer.toString(to) : null);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode report(Gene gene, List<Transcript> transcripts, boolean product, JsonNode request) {
        String content = habits.narrows() ? request.path("returned_content").asText("COMPLETE") : "COMPLETE";
        ObjectNode report = MAPPER.createObjectNode().put("gene_id", Long.toString(gene.id()));
        if (!content.equals("IDS_ONLY")) {
            report.put("transcript_count", gene.transcripts().size());
        }
        if (content.equals("COMPLETE")) {
            report.put("symbol", gene.symbol()).put("tax_id", "9606");
        }
        if (product) {
            ArrayNode array = report.putArray("transcripts");
            for (Transcript t : transcripts) {
                ObjectNode transcript = array.addObject()
                        .put("accession_version", t.accession())
                        .put("length", t.length());
                if (t.protein() != null) {
                    transcript.putObject("protein").put("accession_version", t.protein());
                }
            }
        }
        return report;
    }

    private static boolean keeps(Set<String> filter, Transcript transcript) {
        return filter.contains(transcript.accession())
                || (transcript.protein() != null && filter.contains(transcript.protein()));
    }

    private static boolean isAskedBy(Gene gene, String requested) {
        return requested.equals(Long.toString(gene.id()))
                || gene.transcripts().stream()
                        .anyMatch(t -> base(requested).equals(base(t.accession()))
                                || (t.protein() != null && base(requested).equals(base(t.protein()))));
    }

    private static String base(String accession) {
        int dot = accession.indexOf('.');
        return (dot < 0 ? accession : accession.substring(0, dot)).toUpperCase(Locale.ROOT);
    }
}
