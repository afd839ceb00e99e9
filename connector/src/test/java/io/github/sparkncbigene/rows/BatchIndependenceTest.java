package io.github.sparkncbigene.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.scan.ScriptedGeneService;
import io.github.sparkncbigene.scan.ScriptedGeneService.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The rows of an identifier are the same, whatever others it is requested with, in whatever order and for which columns. */
class BatchIndependenceTest {
    /** What the service does with a version that is not the current one. */
    enum Superseded {
        ECHOED,
        ECHOED_AS_CURRENT,
        WARNED_OF,
        MISSING
    }

    /** What a report says of the identifiers that hit it. */
    enum Echo {
        AS_REQUESTED,
        WITHOUT_VERSION,
        OMITTED
    }

    /** Where the service names what it does not know. */
    enum Unknown {
        NOWHERE,
        IN_MESSAGES,
        IN_REPORTS
    }

    /** A gene, and the current version of each of its accessions. */
    private record Gene(int id, Map<String, Integer> versions, boolean isRemarkedOn) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<Gene> GENES = List.of(
            new Gene(1, Map.of("NM_1", 2, "NP_1", 3), true),
            new Gene(2, Map.of("NM_2", 3), false),
            // A second gene of the same transcript.
            new Gene(3, Map.of("NM_2", 3, "NP_3", 1), false),
            new Gene(4, Map.of("NM_4", 1, "NM_5", 2, "NP_4", 2), true));

    @Property(tries = 400)
    void rowsDoNotDependOnTheBatch(
            @ForAll("accessions") List<String> accessions,
            @ForAll Superseded superseded,
            @ForAll Echo echo,
            @ForAll Unknown unknown,
            @ForAll boolean product,
            @ForAll @IntRange(min = 1, max = 10) int batchSize,
            @ForAll @IntRange(min = 1, max = 3) int pageSize,
            @ForAll @IntRange(min = 1, max = 4) int partitions,
            @ForAll Random random) {
        String report = product ? "product" : "gene";
        List<String> alone = new ArrayList<>();
        for (String accession : accessions) {
            alone.addAll(rows(service(superseded, echo, unknown, product), report, List.of(accession), 1, 1, 1));
        }
        Collections.sort(alone);
        List<String> shuffled = new ArrayList<>(accessions);
        Collections.shuffle(shuffled, random);
        ScriptedGeneService service = service(superseded, echo, unknown, product);

        assertThat(rows(service, report, shuffled, batchSize, pageSize, partitions))
                .isEqualTo(alone);
        assertThat(rows(
                        service(superseded, echo, unknown, product),
                        report,
                        shuffled,
                        batchSize,
                        1000,
                        partitions,
                        "accession",
                        "warnings"))
                .as("with fewer columns")
                .isEqualTo(withoutSymbol(alone));
    }

    private static List<String> withoutSymbol(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceFirst("\\|[^|]*\\|", "|"))
                .sorted()
                .toList();
    }

    private static List<String> rows(
            ScriptedGeneService service,
            String report,
            List<String> accessions,
            int batchSize,
            int pageSize,
            int partitions,
            String... columns) {
        return Scans.texts(Scans.rows(
                        service,
                        Scans.options(
                                "accessions", String.join(",", accessions),
                                "report", report,
                                "batch_size", Integer.toString(batchSize),
                                "page_size", Integer.toString(pageSize),
                                "max_partitions", Integer.toString(partitions)),
                        columns.length == 0 ? new String[] {"accession", "symbol", "warnings"} : columns))
                .stream()
                .sorted()
                .toList();
    }

    @Provide
    Arbitrary<List<String>> accessions() {
        return Arbitraries.of(
                        "NM_1", "NM_1.1", "NM_1.2", "NP_1", "NP_1.1", "NP_1.3", "NM_2", "NM_2.1", "NM_2.2", "NM_2.3",
                        "NP_3.1", "NM_4.1", "NM_5.1", "NM_5.2", "NP_4.1", "NP_4.2", "XM_9.1", "XM_9.2", "NM_11.1")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(9);
    }

    private static ScriptedGeneService service(Superseded superseded, Echo echo, Unknown unknown, boolean product) {
        return new ScriptedGeneService(request -> response(request, superseded, echo, unknown, product));
    }

    private static Page response(JsonNode request, Superseded superseded, Echo echo, Unknown unknown, boolean product) {
        List<String> requested = ScriptedGeneService.list(request, "accessions");
        Set<String> known = new LinkedHashSet<>();
        List<ObjectNode> matches = new ArrayList<>();
        for (Gene gene : GENES) {
            Set<String> query = new LinkedHashSet<>();
            List<ObjectNode> warnings = new ArrayList<>();
            if (gene.isRemarkedOn()) {
                warnings.add(MAPPER.createObjectNode()
                        .put("gene_warning_code", "OF_THE_GENE")
                        .put("message", "this gene is odd"));
            }
            boolean hit = false;
            for (String accession : requested) {
                hit |= hits(gene, accession, superseded, query, warnings, known);
            }
            if (hit) {
                matches.add(match(gene, query, warnings, echo, product));
            }
        }
        List<String> strangers = requested.stream()
                .filter(accession -> !known.contains(accession))
                .toList();
        int size = request.path("page_size").asInt();
        int from = request.path("page_token").asInt(0);
        int to = Math.min(matches.size(), from + size);
        ObjectNode page = MAPPER.createObjectNode();
        List<ObjectNode> reports = new ArrayList<>(matches.subList(from, to));
        if (from == 0) {
            if (!matches.isEmpty()) {
                page.put("total_count", matches.size());
            }
            say(strangers, unknown, page, reports);
        }
        if (!reports.isEmpty()) {
            page.putArray("reports").addAll(reports);
        }
        try {
            return new Page(MAPPER.writeValueAsString(page), to < matches.size() ? Integer.toString(to) : null);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean hits(
            Gene gene,
            String accession,
            Superseded superseded,
            Set<String> query,
            List<ObjectNode> warnings,
            Set<String> known) {
        int dot = accession.indexOf('.');
        String base = dot < 0 ? accession : accession.substring(0, dot);
        Integer current = gene.versions().get(base);
        if (current == null) {
            return false;
        }
        boolean isCurrent = dot < 0 || accession.endsWith("." + current);
        if (!isCurrent && superseded == Superseded.MISSING) {
            return false;
        }
        known.add(accession);
        if (isCurrent || superseded == Superseded.ECHOED) {
            query.add(accession);
            return true;
        }
        query.add(base + "." + current);
        if (superseded == Superseded.WARNED_OF) {
            ObjectNode warning = MAPPER.createObjectNode().put("gene_warning_code", "ACCESSION_VERSION_MISMATCH");
            warning.putObject("replaced_id").put("requested", accession).put("returned", base + "." + current);
            warnings.add(warning);
        }
        return true;
    }

    private static ObjectNode match(
            Gene gene, Set<String> query, List<ObjectNode> warnings, Echo echo, boolean product) {
        ObjectNode match = MAPPER.createObjectNode();
        ObjectNode report = match.putObject(product ? "product" : "gene")
                .put("gene_id", Integer.toString(gene.id()))
                .put("symbol", "S" + gene.id());
        if (product) {
            ArrayNode transcripts = report.putArray("transcripts");
            gene.versions().forEach((base, version) -> {
                if (base.startsWith("NM")) {
                    transcripts.addObject().put("accession_version", base + "." + version);
                }
            });
        }
        List<String> echoed =
                switch (echo) {
                    case AS_REQUESTED -> List.copyOf(query);
                    case WITHOUT_VERSION ->
                        query.stream()
                                .map(text -> text.replaceFirst("\\..*", ""))
                                .distinct()
                                .toList();
                    case OMITTED -> List.of();
                };
        if (!echoed.isEmpty()) {
            ArrayNode array = match.putArray("query");
            echoed.forEach(array::add);
        }
        if (!warnings.isEmpty()) {
            match.putArray("warnings").addAll(warnings);
        }
        return match;
    }

    private static void say(List<String> strangers, Unknown unknown, ObjectNode page, List<ObjectNode> reports) {
        for (String stranger : strangers) {
            ObjectNode warning = MAPPER.createObjectNode()
                    .put("gene_warning_code", "UNRECOGNIZED_ACCESSION")
                    .put("unrecognized_identifier", stranger);
            switch (unknown) {
                case NOWHERE -> {
                    // NCBI leaves them out.
                }
                case IN_MESSAGES -> page.withArray("messages").addObject().set("warning", warning);
                case IN_REPORTS -> {
                    ObjectNode remark = MAPPER.createObjectNode();
                    remark.putArray("query").add(stranger);
                    remark.putArray("warnings").add(warning);
                    reports.add(remark);
                }
            }
        }
    }
}
