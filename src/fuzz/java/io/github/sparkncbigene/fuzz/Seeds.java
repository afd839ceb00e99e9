package io.github.sparkncbigene.fuzz;

import io.github.sparkncbigene.cache.CachedResponsesFuzz;
import io.github.sparkncbigene.segment.SegmentsFuzz;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The seeds of the fuzzer: responses of the stand-in, and options, lists and files as people write them. */
final class Seeds {
    private static final List<Integer> LAYOUTS = List.of(0, 1, 2, 3, 4, 5);
    private static final int HIGHEST = 0x80;
    /** A first byte that is not 0, and the kind 0 of a part of a segment. */
    private static final int KINDS_OF_PARTS = 4;

    private Seeds() {}

    /**
     * Writes the seeds of each target into a directory of its own.
     *
     * @param arguments the directory; prints the classes of the targets
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        for (Target target : Target.values()) {
            Path seeds = Files.createDirectories(directory.resolve(target.type().getSimpleName()));
            int number = 0;
            for (byte[] seed : of(target)) {
                Files.write(seeds.resolve("seed-" + number++), seed);
            }
            System.out.println(target.type().getName());
        }
    }

    static List<byte[]> of(Target target) throws Exception {
        return switch (target) {
            case JSON_RESPONSES -> json();
            case TSV_RESPONSES -> tsv();
            case OPTIONS -> options();
            case ACCESSION_LISTS -> lists();
            case STREAM_OFFSETS -> offsets();
            case CACHED_RESPONSES -> cachedResponses();
            case SEGMENTS -> segments();
            case SERVICE_WORDS -> words();
        };
    }

    private static List<byte[]> json() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (String body : List.of(
                response("application/json", "/gene/accession/NM_021803.4,NM_000546.6/dataset_report"),
                response("application/json", "/gene/accession/NM_021803.4/product_report"),
                response("application/json", "/gene/accession/" + SyntheticGenes.accession(3) + "/dataset_report"),
                response("application/json", "/gene/accession/" + SyntheticGenes.accession(3) + ",X/product_report"),
                response("application/json", "/gene/accession/X/dataset_report"),
                response("application/json", "/gene/id/0/dataset_report?page_size=x"))) {
            LAYOUTS.forEach(layout -> seeds.add(prefixed(layout, body)));
        }
        for (String body : List.of(
                response("application/x-ndjson", "/gene/taxon/9606/dataset_report?page_size=3"),
                response("application/x-ndjson", "/gene/taxon/9606/product_report?page_size=2"),
                "{\"gene_id\":\"1\",\"symbol\":\"A\"}{\"geneId\":2,\"annotations\":[{\"genomicLocations\":[]}]}")) {
            LAYOUTS.forEach(layout -> seeds.add(prefixed(layout | HIGHEST, body)));
        }
        seeds.add(prefixed(0, """
                {"reports":[{"gene":{"gene_id":"7","gene_ontology":{},"annotations":[null,{"genomic_locations":[{"exons":\
                [{"begin":"1","end":2,"order":1}]}]}]},"query":["NM_1"],"warning":{"gene_warning_code":"X","replaced_id":\
                {"requested":"NM_1","returned":"NM_1.2"}},"errors":[{"reason":"r","invalid_identifiers":["a"]}]}],\
                "messages":[{"warning":{"message":"m","unrecognized_identifier":"u"}}],"next_page_token":"t"}"""));
        return seeds;
    }

    private static List<byte[]> tsv() throws Exception {
        String genes = response(
                "text/tab-separated-values",
                "/gene/taxon/9606/dataset_report?page_size=5&table_fields=gene-id&table_fields=symbol"
                        + "&table_fields=annotation-release-date&table_fields=synonyms&table_fields=gene-type");
        String products = response(
                "text/tab-separated-values",
                "/gene/taxon/9606/product_report?page_size=3&table_fields=gene-id&table_fields=transcript-accession"
                        + "&table_fields=transcript-length&table_fields=transcript-transcript-type");
        return List.of(
                prefixed(HIGHEST, genes),
                prefixed(0, genes),
                prefixed(1 | HIGHEST, products),
                prefixed(1, products),
                prefixed(2, "1\n2\r\n\n3"),
                prefixed(3, "a\tb\n"),
                prefixed(3 | HIGHEST, "{}"));
    }

    private static List<byte[]> options() {
        return texts(
                "accessions=NM_021803.4,NP_068575.1\nreport=product\npage_size=10\napi_key=0123456789abcdef0123",
                "accessions=['NM_1.1', 'a/../b']\nmethod=get\nbatch_size=1\nmax_partitions=3\nmode=failfast",
                "gene_ids=[\"59067\", \"7157\"]\nreturned_content=IDS_ONLY\nsort.field=x\nsort.direction=SORT_DIRECTION_ASCENDING",
                "symbols=TP53 BRCA1\ntaxon=human\ntax_search_subtree=true\nquery=a&b\\r\\nX: y\ntypes=ncRNA",
                "taxon=..\nmethod=get\npage_token=a\\nb#c?d",
                "locus_tags=b0001\nendpoint=metadata\naccessions=NM_1\naccession_filter=NM_1.1",
                "taxon=9606\nendpoint=metadata\nmethod=post",
                "accessions=x\ntable_fields=gene-id,symbol,accession\nwire_format=json\ninclude_tabular_header=include_tabular_header_always",
                "taxon=9606\ntable_format=gene-ontology\nwire_format=tsv",
                "base_url=https://example.org:8443/datasets/v2/\nallow_http=true\nconnect_timeout=500ms\nquery_timeout=7d",
                "base_url=http://[::1]:1\nrequests_per_second=0.5\nmax_in_flight=9\nmax_held_bytes=1048576",
                "pageSize=3\nPAGE-SIZE=3\ncache_path=/tmp/x\ncache_max_age=1h\npath=[\"a\",\"b\"]",
                "api_key=a\\r\\nX-Injected: yes, and more of it\naccesions=NM_1");
    }

    private static List<byte[]> lists() {
        return texts(
                "NM_021803.4,NP_068575.1 NM_000546.6",
                "[\"NM_021803.4\", \"NP_068575.1\"]",
                "['NM_021803.4', 'NP_068575.1']",
                "# accessions\r\nNM_021803.4 # IL21\r\n\r\nNP_068575.1",
                "\uFEFFNM_021803.4\nNM_1 NM_2\n",
                "[a, \"b\nc\"",
                "a\u00a0b\u2003c,\u0000");
    }

    private static List<byte[]> offsets() {
        return texts(
                "{\"files\":{\"file:/a.txt\":{\"read\":17,\"size\":17},\"file:/b.txt.gz\":{\"read\":9}}}",
                "{\"files\":{}}",
                "{\"version\":2,\"files\":{\"a\":{\"read\":1,\"more\":[{}]}}}",
                "{\"files\":[1]}",
                "7");
    }

    private static List<byte[]> cachedResponses() throws IOException {
        byte[] whole = CachedResponsesFuzz.whole();
        byte[] asFile = new byte[whole.length];
        System.arraycopy(whole, 1, asFile, 1, whole.length - 1);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, 0, 6});
        page.writeBytes("POST x".getBytes(StandardCharsets.UTF_8));
        page.writeBytes(new byte[Long.BYTES]);
        page.writeBytes(gzip("{}"));
        ByteArrayOutputStream failure = new ByteArrayOutputStream();
        for (String text : List.of("TIMEOUT", "SERVICE_FAILED", "[NCBI_GENE_SERVICE_FAILED] Status 504.")) {
            failure.writeBytes(new byte[] {0, 0, 0, (byte) text.length()});
            failure.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        return List.of(asFile, part('P', page.toByteArray()), part('T', failure.toByteArray()), part('E', new byte[0]));
    }

    private static List<byte[]> segments() throws IOException {
        byte[] whole = SegmentsFuzz.whole();
        byte[] asFile = new byte[whole.length + 1];
        System.arraycopy(whole, 0, asFile, 1, whole.length);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        byte[] block = part((char) KINDS_OF_PARTS, SegmentsFuzz.contents().get(0));
        byte[] index = part('\u0001', SegmentsFuzz.contents().get(1));
        parts.write(block);
        parts.write(index);
        return List.of(asFile, parts.toByteArray(), block, index, part('\u0002', new byte[] {3, 0}));
    }

    private static List<byte[]> words() throws Exception {
        List<byte[]> seeds = texts(
                "120\n{\"error\":\"Bad Request\",\"code\":400,\"message\":\"Invalid argument provided: 'x'.\"}",
                "Wed, 21 Oct 2026 07:28:00 GMT\n<html><script>x</script><b>503</b> busy</html>",
                "0\n{\"error\":\"API rate limit exceeded\"}",
                "5\n" + response("application/json", "/gene/nowhere"));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        compressed.writeBytes("1\n".getBytes(StandardCharsets.UTF_8));
        compressed.writeBytes(gzip("{\"message\":\"m\"}"));
        seeds.add(compressed.toByteArray());
        return seeds;
    }

    private static String response(String accept, String pathAndQuery) throws Exception {
        try (NcbiGeneService service =
                NcbiGeneService.builder().synthetic(100).build().start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.baseUrl() + pathAndQuery))
                    .header("Accept", accept)
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        }
    }

    private static List<byte[]> texts(String... texts) {
        return new ArrayList<>(Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static byte[] prefixed(int first, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] seed = new byte[bytes.length + 1];
        seed[0] = (byte) first;
        System.arraycopy(bytes, 0, seed, 1, bytes.length);
        return seed;
    }

    private static byte[] part(char kind, byte[] content) {
        byte[] part = new byte[content.length + 3];
        part[0] = (byte) kind;
        part[1] = (byte) (content.length >> 8);
        part[2] = (byte) content.length;
        System.arraycopy(content, 0, part, 3, content.length);
        return part;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
