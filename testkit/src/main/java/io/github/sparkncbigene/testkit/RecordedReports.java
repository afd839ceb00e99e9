package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Collects reports from recorded pages and from the data report of NCBI's data packages, gene by gene. */
final class RecordedReports {
    private final Map<Long, ObjectNode> reports = new LinkedHashMap<>();
    private final Map<Long, ObjectNode> packaged = new LinkedHashMap<>();
    private final Map<Long, ObjectNode> products = new LinkedHashMap<>();
    private final Map<Long, Set<String>> queries = new HashMap<>();

    /**
     * Reads all .json, .jsonl and .ndjson files below the directory. If files differ, the first by name takes
     * precedence.
     */
    void addDirectory(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(json|jsonl|ndjson)"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            addFile(file);
        }
    }

    /** Adds a report under the identifiers that match it, unless the gene already has a report. */
    void add(Report kind, ObjectNode descriptor, Iterable<String> identifiers) {
        long id = Long.parseLong(Json.text(descriptor, "gene_id"));
        (kind == Report.GENE ? reports : products).putIfAbsent(id, descriptor);
        Set<String> known = queries.computeIfAbsent(id, key -> new HashSet<>());
        identifiers.forEach(known::add);
    }

    /** Returns the genes of both collections; this collection's reports take precedence. */
    List<StoredGene> over(RecordedReports others) {
        Set<Long> ids = new LinkedHashSet<>(reports.keySet());
        ids.addAll(products.keySet());
        ids.addAll(packaged.keySet());
        ids.addAll(others.reports.keySet());
        return ids.stream().map(id -> merge(id, others)).toList();
    }

    private StoredGene merge(long id, RecordedReports others) {
        ObjectNode report = reports.getOrDefault(id, packaged.get(id));
        ObjectNode product = products.get(id);
        Set<String> known = new HashSet<>(queries.getOrDefault(id, Set.of()));
        known.addAll(others.queries.getOrDefault(id, Set.of()));
        ObjectNode otherReport = others.reports.get(id);
        ObjectNode otherProduct = others.products.get(id);
        if (otherReport != null) {
            known.addAll(new StoredGene(otherReport, otherProduct, Set.of()).accessions());
        }
        return new StoredGene(report != null ? report : otherReport, product != null ? product : otherProduct, known);
    }

    private void addFile(Path file) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(file.toFile());
                MappingIterator<JsonNode> values =
                        Json.MAPPER.readerFor(JsonNode.class).readValues(parser)) {
            while (values.hasNextValue()) {
                addValue(values.nextValue());
            }
        } catch (IOException e) {
            throw new IOException("Not a recorded report: " + file + ": " + e.getMessage(), e);
        }
    }

    private void addValue(JsonNode value) {
        if (value.has("geneId") || value.has("gene_id")) {
            ObjectNode descriptor = (ObjectNode) KeyNames.snake(value);
            packaged.putIfAbsent(Long.parseLong(Json.text(descriptor, "gene_id")), descriptor);
            return;
        }
        for (JsonNode match : value.path("reports")) {
            addMatch(match);
        }
        addMatch(value);
    }

    private void addMatch(JsonNode match) {
        Set<String> identifiers = new HashSet<>();
        match.path("query").forEach(query -> identifiers.add(query.asText()));
        for (Report kind : Report.values()) {
            if (match.get(kind.member()) instanceof ObjectNode descriptor && descriptor.has("gene_id")) {
                add(kind, descriptor, identifiers);
            }
        }
    }
}
