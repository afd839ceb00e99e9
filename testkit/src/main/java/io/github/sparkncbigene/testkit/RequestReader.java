package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkncbigene.testkit.Behaviour.OversizedPage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses a request, and rejects what NCBI's gateway would reject. */
final class RequestReader {
    private static final Set<String> GENE_TYPES = Set.of(
            "UNKNOWN",
            "tRNA",
            "rRNA",
            "snRNA",
            "scRNA",
            "snoRNA",
            "PROTEIN_CODING",
            "PSEUDO",
            "TRANSPOSON",
            "miscRNA",
            "ncRNA",
            "BIOLOGICAL_REGION",
            "OTHER");
    private static final Set<String> ARRAYS =
            Set.of("accessions", "locus_tags", "table_fields", "types", "accession_filter");
    private static final Set<String> STRINGS =
            Set.of("returned_content", "taxon", "table_format", "include_tabular_header", "page_token", "query");

    // All parameters by name; those of a body have the names of the query string.
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Behaviour behaviour;

    private RequestReader(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /**
     * Parses a GET request.
     *
     * @param path the path below {@code /gene}, still percent-encoded
     * @param query parameters of the query string
     */
    static GeneRequest get(String path, Map<String, List<String>> query, Behaviour behaviour) {
        List<String> segments = segments(path);
        if (segments.size() < 2) {
            throw InvalidRequest.notFound();
        }
        Endpoint.By by = Endpoint.By.ofSegment(segments.get(0));
        RequestReader reader = new RequestReader(behaviour);
        int next = 2;
        if (by == Endpoint.By.SYMBOL) {
            if (segments.size() < 4 || !segments.get(2).equals("taxon")) {
                throw InvalidRequest.notFound();
            }
            reader.values.put("symbols_for_taxon.taxon", List.of(segments.get(3)));
            next = 4;
        }
        Endpoint endpoint = Endpoint.ofSegment(segments.size() > next ? segments.get(next) : "");
        if (segments.size() > next + 1 || (endpoint == Endpoint.METADATA && by == Endpoint.By.LOCUS_TAG)) {
            throw InvalidRequest.notFound();
        }
        reader.addQuery(query, endpoint.parameters(by));
        String selector = by == Endpoint.By.SYMBOL ? "symbols_for_taxon.symbols" : by.parameter();
        List<String> ids = by == Endpoint.By.TAXON ? List.of(segments.get(1)) : elements(segments.get(1));
        if (ids.isEmpty()) {
            throw InvalidRequest.notFound();
        }
        // The metadata endpoint accepts locus tags in its query string too.
        reader.values.put(selector, ids);
        return reader.read(endpoint);
    }

    /**
     * Parses a POST request.
     *
     * @param path the path below {@code /gene}
     */
    static GeneRequest post(String path, Map<String, List<String>> query, String body, Behaviour behaviour) {
        List<String> segments = segments(path);
        if (segments.size() > 1) {
            throw InvalidRequest.notFound();
        }
        Endpoint endpoint = Endpoint.ofSegment(segments.isEmpty() ? "" : segments.get(0));
        RequestReader reader = new RequestReader(behaviour);
        reader.addQuery(query, Set.of());
        reader.addBody(body);
        return reader.read(endpoint);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            segments.add(decode(segment));
        }
        segments.remove(0);
        if (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return segments;
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw InvalidRequest.argument("malformed path segment: \"" + segment + "\"");
        }
    }

    private static List<String> elements(String array) {
        return Arrays.stream(array.split(",", -1))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    private void addQuery(Map<String, List<String>> query, Set<String> allowed) {
        query.forEach((name, given) -> {
            if (name.equals("sort")) {
                throw InvalidRequest.argument("invalid path: \"sort\" is not a message");
            }
            if (!allowed.contains(name)) {
                throw InvalidRequest.argument("invalid path: \"" + name + "\" is not a field");
            }
            values.put(name, given);
        });
    }

    private void addBody(String body) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw InvalidRequest.argument("invalid JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw InvalidRequest.argument("invalid JSON: the body is not an object");
        }
        json.properties().forEach(member -> addMember(member.getKey(), member.getValue()));
    }

    private void addMember(String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (ARRAYS.contains(name)) {
            values.put(name, strings(name, value));
        } else if (STRINGS.contains(name)) {
            values.put(name, List.of(string(name, value)));
        } else {
            switch (name) {
                case "gene_ids" -> values.put(name, numbers(value));
                case "page_size" -> values.put(name, List.of(integer(name, value)));
                case "tax_search_subtree" -> {
                    require(value.isBoolean(), name, value);
                    values.put(name, List.of(value.asText()));
                }
                case "symbols_for_taxon" -> addSymbols(value);
                case "sort" -> addSort(value);
                default -> throw InvalidRequest.argument("unknown field: \"" + name + "\"");
            }
        }
    }

    private void addSymbols(JsonNode value) {
        require(value.isObject(), "symbols_for_taxon", value);
        value.properties().forEach(member -> {
            String name = "symbols_for_taxon." + member.getKey();
            switch (member.getKey()) {
                case "symbols" -> values.put(name, strings(name, member.getValue()));
                case "taxon" -> values.put(name, List.of(string(name, member.getValue())));
                default -> throw InvalidRequest.argument("unknown field: \"" + name + "\"");
            }
        });
    }

    private void addSort(JsonNode value) {
        require(value.isArray(), "sort", value);
        List<String> fields = new ArrayList<>();
        List<String> directions = new ArrayList<>();
        for (JsonNode sort : value) {
            require(sort.isObject(), "sort", sort);
            fields.add(string("sort.field", sort.path("field")));
            directions.add(sort.path("direction").asText(GeneRequest.Direction.SORT_DIRECTION_UNSPECIFIED.name()));
        }
        values.put("sort.field", fields);
        values.put("sort.direction", directions);
    }

    private static List<String> strings(String name, JsonNode value) {
        require(value.isArray(), name, value);
        List<String> strings = new ArrayList<>();
        value.forEach(element -> strings.add(string(name, element)));
        return strings;
    }

    private static List<String> numbers(JsonNode value) {
        require(value.isArray(), "gene_ids", value);
        List<String> numbers = new ArrayList<>();
        value.forEach(element -> numbers.add(integer("gene_ids", element)));
        return numbers;
    }

    private static String string(String name, JsonNode value) {
        require(value.isTextual(), name, value);
        return value.asText();
    }

    // Protobuf's JSON accepts integers as numbers and as strings.
    private static String integer(String name, JsonNode value) {
        require(value.isIntegralNumber() || value.asText("").matches("-?[0-9]{1,18}"), name, value);
        return value.asText();
    }

    private static void require(boolean valid, String name, JsonNode value) {
        if (!valid) {
            throw InvalidRequest.argument("invalid value for field \"" + name + "\": " + abbreviated(value.toString()));
        }
    }

    private GeneRequest read(Endpoint endpoint) {
        List<String> ids = distinct("gene_ids");
        ids.forEach(RequestReader::requireNumber);
        GeneRequest request = new GeneRequest(
                endpoint,
                distinct("accessions"),
                ids,
                distinct("locus_tags"),
                distinct("symbols_for_taxon.symbols"),
                one("symbols_for_taxon.taxon"),
                one("taxon"),
                flag("tax_search_subtree"),
                endpoint == Endpoint.PRODUCT_REPORT
                        ? GeneRequest.Content.COMPLETE
                        : constant("returned_content", GeneRequest.Content.COMPLETE),
                all("table_fields"),
                one("table_format"),
                constant("include_tabular_header", GeneRequest.Header.INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY),
                pageSize(),
                one("page_token"),
                one("query"),
                all("types"),
                all("accession_filter"),
                sort());
        check(request);
        return request;
    }

    private void check(GeneRequest request) {
        for (String type : request.types()) {
            if (!GENE_TYPES.contains(type)) {
                throw InvalidRequest.argument("invalid value for parameter \"types\": " + abbreviated(type));
            }
        }
        if (request.symbols().isEmpty() != request.symbolTaxon().isEmpty()) {
            throw InvalidRequest.argument("symbols_for_taxon needs symbols and a taxon");
        }
        if (request.accessions().isEmpty()
                && request.geneIds().isEmpty()
                && request.locusTags().isEmpty()
                && request.symbols().isEmpty()
                && request.taxon().isEmpty()) {
            throw InvalidRequest.argument("no genes are selected");
        }
    }

    private List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    private List<String> distinct(String name) {
        return all(name).stream().distinct().toList();
    }

    private String one(String name) {
        List<String> given = all(name);
        return given.isEmpty() ? "" : given.get(given.size() - 1);
    }

    private boolean flag(String name) {
        return switch (one(name)) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw invalid(name);
        };
    }

    private <E extends Enum<E>> E constant(String name, E otherwise) {
        String given = one(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        return constant(name, given, otherwise);
    }

    private static <E extends Enum<E>> E constant(String name, String given, E otherwise) {
        try {
            return Enum.valueOf(otherwise.getDeclaringClass(), given);
        } catch (IllegalArgumentException e) {
            throw InvalidRequest.argument(
                    "invalid value for parameter \"" + name + "\": \"" + abbreviated(given) + "\"");
        }
    }

    private int pageSize() {
        String given = one("page_size");
        if (given.isEmpty()) {
            return GeneRequest.DEFAULT_PAGE_SIZE;
        }
        if (!given.matches("-?[0-9]{1,9}")) {
            throw invalid("page_size");
        }
        int size = Integer.parseInt(given);
        if (size >= 1 && size <= GeneRequest.MAX_PAGE_SIZE) {
            return size;
        }
        if (behaviour.oversizedPage == OversizedPage.REJECT) {
            throw invalid("page_size");
        }
        return size < 1 ? GeneRequest.DEFAULT_PAGE_SIZE : GeneRequest.MAX_PAGE_SIZE;
    }

    private List<GeneRequest.Sort> sort() {
        List<String> fields = all("sort.field");
        List<String> directions = all("sort.direction");
        List<GeneRequest.Sort> sort = new ArrayList<>();
        for (int n = 0; n < Math.max(fields.size(), directions.size()); n++) {
            String direction = n < directions.size() ? directions.get(n) : "";
            GeneRequest.Direction unspecified = GeneRequest.Direction.SORT_DIRECTION_UNSPECIFIED;
            sort.add(new GeneRequest.Sort(
                    n < fields.size() ? fields.get(n) : "",
                    direction.isEmpty() ? unspecified : constant("sort.direction", direction, unspecified)));
        }
        return sort;
    }

    private InvalidRequest invalid(String name) {
        return InvalidRequest.argument(
                "invalid value for parameter \"" + name + "\": \"" + abbreviated(one(name)) + "\"");
    }

    private static void requireNumber(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw InvalidRequest.argument("invalid value for parameter \"gene_ids\": \"" + abbreviated(id) + "\"");
        }
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
