package io.github.sparkncbigene.scan;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.http.GeneServices;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.scan.HostileServer.Conversation;
import io.github.sparkncbigene.scan.HostileServer.Reply;
import io.github.sparkncbigene.service.ServiceConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server sends, a read ends in time: with the rows, or with an error that has a code. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileServerTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int RETRIES = 2;
    private static final int ONCE = 1;
    private static final int ALWAYS = 1 + RETRIES;
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final String ROW = "NM_1.1|7";
    private static final String NO_GENE = "NM_1.1|null";
    private static final String GOOD =
            "{\"reports\":[{\"gene\":{\"gene_id\":\"7\"},\"query\":[\"NM_1.1\"]}],\"total_count\":1}";
    private static final String OK = "HTTP/1.1 200 OK";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String ERROR = "{\"error\":\"Bad\",\"code\":1,\"message\":\"it hurts\"}";

    @TempDir
    static Path temporary;

    private static SSLContext before;
    private static String lastError;

    /** What comes of a case: rows, or the code of an error; and how many requests it takes. */
    private record Case(Reply reply, String outcome, int requests, List<String> options) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        statuses(cases);
        statusLines(cases);
        headers(cases);
        framing(cases);
        encodings(cases);
        contents(cases);
        shapes(cases);
        counts(cases);
        others(cases);
        bombs(cases);
        slow(cases);
        tokens(cases);
        return cases;
    }

    private static void add(
            Map<String, Case> cases, String name, String outcome, int requests, Reply reply, String... options) {
        assertThat(cases.put(name, new Case(reply, outcome, requests, List.of(options))))
                .isNull();
    }

    private static void statuses(Map<String, Case> cases) {
        for (int status : List.of(500, 502, 503, 504, 505, 506, 507, 508, 510, 520, 522, 530, 599)) {
            add(cases, "status " + status, "SERVICE_FAILED", ALWAYS, status(status, JSON));
        }
        add(cases, "status 408", "REQUEST_REFUSED", ALWAYS, status(408, JSON));
        add(cases, "status 429", "RATE_LIMITED", ALWAYS, status(429, JSON + "Retry-After: 0\r\n"));
        add(cases, "status 511", "BAD_RESPONSE", ALWAYS, status(511, JSON));
        add(cases, "status 501", "SERVICE_FAILED", ONCE, status(501, JSON));
        add(cases, "status 407", "SERVICE_UNREACHABLE", ONCE, status(407, JSON));
        // Once for ids only, which may be what it rejects, and once for whole reports.
        add(cases, "status 400", NO_GENE, 2 * ONCE, status(400, JSON));
        for (int status : List.of(
                401, 402, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425,
                426, 428, 431, 451, 499)) {
            add(cases, "status " + status, "REQUEST_REFUSED", ONCE, status(status, JSON));
        }
        for (int status : List.of(300, 301, 302, 303, 305, 307, 308)) {
            add(
                    cases,
                    "redirect " + status,
                    "REQUEST_REFUSED",
                    ONCE,
                    status(status, "Location: http://127.0.0.1:1/log-in\r\n"));
        }
        add(cases, "redirect without a place", "REQUEST_REFUSED", ONCE, status(302, ""));
        for (int status : List.of(201, 202, 203, 206, 226)) {
            add(cases, "status " + status, "REQUEST_REFUSED", ONCE, status(status, JSON));
        }
        for (int status : List.of(204, 304)) {
            add(
                    cases,
                    "status " + status,
                    "REQUEST_REFUSED",
                    ONCE,
                    exchange -> exchange.raw("HTTP/1.1 " + status + " Nothing\r\n\r\n"));
        }
        add(
                cases,
                "503 with Retry-After that is no time",
                "SERVICE_FAILED",
                ALWAYS,
                status(503, "Retry-After: soon\r\n"));
        add(cases, "503 with Retry-After in the past", "SERVICE_FAILED", ALWAYS, status(503, "Retry-After: -5\r\n"));
        add(
                cases,
                "503 as a web page",
                "SERVICE_FAILED",
                ALWAYS,
                content("HTTP/1.1 503 No", "Content-Type: text/html\r\n", "<html><body>Down</body></html>"));
        // A gateway's: nothing is known of the identifiers.
        add(
                cases,
                "400 as a web page",
                "REQUEST_REFUSED",
                ONCE,
                content("HTTP/1.1 400 No", "Content-Type: text/html\r\n", "<html><body>Bad Request</body></html>"));
        add(
                cases,
                "400 as a web page called JSON",
                "REQUEST_REFUSED",
                ONCE,
                content("HTTP/1.1 400 No", JSON, "<!doctype html><html><body>Bad Request</body></html>"));
        add(
                cases,
                "403 as a web page",
                "REQUEST_REFUSED",
                ONCE,
                content("HTTP/1.1 403 No", "Content-Type: text/html\r\n", "<html><body>Blocked</body></html>"));
    }

    private static void statusLines(Map<String, Case> cases) {
        add(cases, "HTTP/1.0", ROW, ONCE, exchange -> {
            exchange.raw("HTTP/1.0 200 OK\r\n" + JSON + "\r\n" + GOOD);
            exchange.close();
        });
        add(cases, "no reason", ROW, ONCE, content("HTTP/1.1 200", JSON, GOOD));
        add(cases, "long reason", ROW, ONCE, content("HTTP/1.1 200 " + "very ".repeat(1000) + "OK", JSON, GOOD));
        for (String line : List.of(
                "HTTP/1.1 abc OK",
                "HTTP/1.1 -200 OK",
                "HTTP/1.1",
                "HTTP/9.9 200 OK",
                "ICY 200 OK",
                "SSH-2.0-OpenSSH_9.0",
                "\u0000\u0001\u0002",
                "<html>",
                "HTTP/1.1 99999999999 OK",
                "200 OK HTTP/1.1")) {
            add(cases, "status line " + line, "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
                exchange.raw(line + "\r\n" + JSON + "Content-Length: 2\r\n\r\n{}");
                exchange.close();
            });
        }
        add(cases, "closed without a byte", "SERVICE_UNREACHABLE", ALWAYS, Conversation::close);
        add(cases, "reset without a byte", "SERVICE_UNREACHABLE", ALWAYS, Conversation::reset);
        add(cases, "endless status line", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw("HTTP/1.1 200 ");
            exchange.forever("no ".repeat(1000));
        });
        add(cases, "endless empty lines", "SERVICE_UNREACHABLE", ALWAYS, exchange -> exchange.forever("\r\n"));
    }

    private static void headers(Map<String, Case> cases) {
        add(cases, "header in several lines", ROW, ONCE, content(OK, "X-Long: a\r\n b\r\n" + JSON, GOOD));
        add(cases, "endless header", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\nX-Long: ");
            exchange.forever("x".repeat(4096));
        });
        add(cases, "endless headers", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n");
            exchange.forever("X-Many: x\r\n".repeat(100));
        });
        add(cases, "closed in the headers", "BAD_RESPONSE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\nContent-Type: app");
            exchange.close();
        });
        add(cases, "no Content-Type", ROW, ONCE, content(OK, "", GOOD));
        add(cases, "plain text", ROW, ONCE, content(OK, "Content-Type: text/plain\r\n", GOOD));
        add(
                cases,
                "unknown charset",
                ROW,
                ONCE,
                content(OK, "Content-Type: application/json; charset=nonsense\r\n", GOOD));
        add(cases, "Content-Type that is none", ROW, ONCE, content(OK, "Content-Type: ;;;,=\r\n", GOOD));
        add(cases, "JSON called a web page", "BAD_RESPONSE", ALWAYS, content(OK, "Content-Type: text/html\r\n", GOOD));
        add(
                cases,
                "limits that are none",
                ROW,
                ONCE,
                content(OK, "X-RateLimit-Limit: many\r\nX-RateLimit-Remaining: -1\r\n" + JSON, GOOD));
        add(cases, "cookies", ROW, ONCE, content(OK, "Set-Cookie: ;;=\u00ff\r\nSet-Cookie2: x\r\n" + JSON, GOOD));
        add(cases, "empty page token", ROW, ONCE, content(OK, "X-Ncbi-Next-Page-Token: \r\n" + JSON, GOOD));
        add(cases, "odd Keep-Alive", ROW, ONCE, content(OK, "Keep-Alive: timeout=-1, max=x\r\n" + JSON, GOOD));
        add(cases, "signed request id", ROW, ONCE, content(OK, "Ncbi-Phid: \u00e4\t'<x>\r\n" + JSON, GOOD));
    }

    private static void framing(Map<String, Case> cases) {
        add(cases, "body to the connection's end", ROW, ONCE, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "\r\n" + GOOD);
            exchange.close();
        });
        for (String length : List.of("abc", "-5", "99999999999999999999")) {
            add(cases, "Content-Length " + length, "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
                exchange.raw(OK + "\r\n" + JSON + "Content-Length: " + length + "\r\n\r\n" + GOOD);
                exchange.close();
            });
        }
        add(cases, "Content-Length too short", "BAD_RESPONSE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Connection: close\r\nContent-Length: 20\r\n\r\n" + GOOD);
            exchange.close();
        });
        add(cases, "Content-Length too long", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Content-Length: 9999\r\n\r\n" + GOOD);
            exchange.close();
        });
        add(cases, "reset in the body", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Content-Length: 9999\r\n\r\n" + GOOD);
            exchange.reset();
        });
        add(
                cases,
                "chunks",
                ROW,
                ONCE,
                chunked(Integer.toHexString(GOOD.length()) + ";x=y\r\n" + GOOD + "\r\n0\r\n\r\n"));
        add(
                cases,
                "chunks and trailers",
                ROW,
                ONCE,
                chunked(Integer.toHexString(GOOD.length()) + "\r\n" + GOOD + "\r\n0\r\nX-Sum: 1\r\n\r\n"));
        for (String size : List.of("zz", "-1", "ffffffffffffffffff", "", "5 5")) {
            add(cases, "chunk of size '" + size + "'", "SERVICE_UNREACHABLE", ALWAYS, chunked(size + "\r\n" + GOOD));
        }
        add(
                cases,
                "chunks without the last",
                "SERVICE_UNREACHABLE",
                ALWAYS,
                chunked(Integer.toHexString(GOOD.length()) + "\r\n" + GOOD + "\r\n"));
        add(cases, "chunk shorter than said", "SERVICE_UNREACHABLE", ALWAYS, chunked("ffff\r\n" + GOOD));
        add(cases, "chunk without its end", "SERVICE_UNREACHABLE", ALWAYS, chunked("5\r\n" + GOOD + "\r\n0\r\n\r\n"));
        add(cases, "endless chunk size", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n1;");
            exchange.forever("x".repeat(4096));
        });
        add(cases, "endless trailers", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n0\r\n");
            exchange.forever("X-Many: x\r\n".repeat(100));
        });
    }

    private static void encodings(Map<String, Case> cases) {
        byte[] gzip = gzip(GOOD.getBytes(UTF_8));
        add(cases, "gzip", ROW, ONCE, bytes("gzip", gzip));
        add(cases, "GZIP", ROW, ONCE, bytes("GZIP", gzip));
        add(cases, "identity", ROW, ONCE, bytes("identity", GOOD.getBytes(UTF_8)));
        add(cases, "gzip that is none", "BAD_RESPONSE", ALWAYS, bytes("gzip", GOOD.getBytes(UTF_8)));
        add(cases, "cut gzip", "BAD_RESPONSE", ALWAYS, bytes("gzip", Arrays.copyOf(gzip, gzip.length - 9)));
        byte[] wrongSum = gzip.clone();
        wrongSum[gzip.length - 6] ^= 1;
        add(cases, "gzip with a wrong sum", "BAD_RESPONSE", ALWAYS, bytes("gzip", wrongSum));
        byte[] damaged = gzip.clone();
        damaged[20] ^= 0x55;
        add(cases, "damaged gzip", "BAD_RESPONSE", ALWAYS, bytes("gzip", damaged));
        add(cases, "gzip twice", "BAD_RESPONSE", ALWAYS, bytes("gzip", gzip(gzip)));
        add(cases, "gzip and not said", "BAD_RESPONSE", ALWAYS, bytes("identity", gzip));
        add(cases, "br", "BAD_RESPONSE", ALWAYS, bytes("br", new byte[] {11, 2, -128, 1, 3}));
        add(cases, "empty gzip", "BAD_RESPONSE", ALWAYS, bytes("gzip", gzip(new byte[0])));
        add(cases, "UTF-16", "BAD_RESPONSE", ALWAYS, bytes("identity", GOOD.getBytes(UTF_16)));
    }

    private static void contents(Map<String, Case> cases) {
        for (String body : List.of(
                "",
                " ",
                "{",
                "{\"reports\":[",
                "nonsense",
                "[]",
                "7",
                "null",
                "\"text\"",
                GOOD + "}",
                GOOD + GOOD,
                GOOD.replace(":", "="),
                "{\"reports\":[{\"gene\":{\"gene_id\":\"7\"",
                "\u0000".repeat(50))) {
            add(cases, "body '" + body + "'", "BAD_RESPONSE", ALWAYS, content(OK, JSON, body));
        }
        add(
                cases,
                "log-in page",
                "BAD_RESPONSE",
                ALWAYS,
                content(OK, "Content-Type: text/html\r\n", "<html><title>Log in</title></html>"));
        add(
                cases,
                "log-in page called JSON",
                "BAD_RESPONSE",
                ALWAYS,
                content(OK, JSON, "\n<!DOCTYPE html><html><title>Log in</title></html>"));
        add(
                cases,
                "XML",
                "BAD_RESPONSE",
                ALWAYS,
                content(OK, "Content-Type: text/xml\r\n", "<?xml version='1.0'?><a/>"));
        add(cases, "nothing known", NO_GENE, ONCE, content(OK, JSON, "{}"));
        add(
                cases,
                "unknown members",
                ROW,
                ONCE,
                content(OK, JSON, GOOD.replace("{\"reports\"", "{\"x\":[{}],\"reports\"")));
        add(
                cases,
                "deeply nested",
                ROW,
                ONCE,
                content(
                        OK,
                        JSON,
                        GOOD.replace("{\"reports\"", "{\"x\":" + "[".repeat(900) + "]".repeat(900) + ",\"reports\"")));
    }

    /** Status 200, well formed, and no answer: an error, and never "not found". */
    private static void shapes(Map<String, Case> cases) {
        String report = "{\"gene\":{\"gene_id\":\"7\"},\"query\":[\"NM_1.1\"]}";
        for (String body : List.of(
                "{\"messages\":[{\"error\":{\"code\":500,\"message\":\"backend unavailable\"}}]}",
                "{\"messages\":[{\"error\":{\"message\":\"x\",\"invalid_identifiers\":[\"NM_9.9\"]}}]}",
                "{\"messages\":[]}",
                "{\"messages\":null,\"total_count\":0}",
                "{\"reports\":[],\"messages\":[{\"error\":{\"message\":\"backend unavailable\"}}]}",
                "{\"reports\":[" + report + "],\"messages\":[{\"error\":{\"message\":\"backend unavailable\"}}]}",
                "{\"reports\":[{\"errors\":[{\"message\":\"backend unavailable\"}]}]}",
                "{\"error\":\"Internal Server Error\",\"code\":500,\"message\":\"it hurts\"}",
                "{\"genes\":[" + report + "]}",
                "{\"foo\":1}",
                "{\"total_count\":1}",
                "{\"reports\":null}",
                "{\"reports\":{}}",
                "{\"reports\":\"none\"}",
                "{\"reports\":7}",
                "{\"reports\":true}",
                "{\"reports\":[7]}",
                "{\"reports\":[[]]}",
                "{\"reports\":[\"x\"]}",
                "{\"Reports\":[" + report + "]}",
                "{\"data\":{\"reports\":[" + report + "]}}",
                "[" + report + "]",
                report)) {
            // Where nothing but the number is left, whole reports are requested once more.
            int requests = body.contains("total_count") ? 1 + ALWAYS : ALWAYS;
            add(cases, "shape " + body, "BAD_RESPONSE", requests, content(OK, JSON, body));
        }
        for (String body : List.of("{}", " {} ", "{\"reports\":[]}", "{\"reports\":[],\"total_count\":0}")) {
            add(cases, "nothing as '" + body + "'", NO_GENE, ONCE, content(OK, JSON, body));
        }
        add(
                cases,
                "error that names what was requested",
                NO_GENE,
                ONCE,
                content(
                        OK,
                        JSON,
                        "{\"messages\":[{\"error\":{\"message\":\"x\",\"invalid_identifiers\":[\"NM_1.1\"]}}]}"));
    }

    private static void counts(Map<String, Case> cases) {
        String two = GOOD.replace("\"total_count\":1", "\"total_count\":2");
        add(cases, "two promised and one sent", "BAD_RESPONSE", ALWAYS, content(OK, JSON, two));
        add(
                cases,
                "two promised by the header",
                "BAD_RESPONSE",
                ALWAYS,
                content(OK, "X-Ncbi-Total-Count: 2\r\n" + JSON, GOOD.replace(",\"total_count\":1", "")));
        add(
                cases,
                "reports promised and none sent",
                "BAD_RESPONSE",
                ALWAYS,
                content(OK, JSON, "{\"reports\":[],\"total_count\":1}"));
        // Two pages, each three times.
        add(cases, "three promised over two pages", "BAD_RESPONSE", 2 * ALWAYS, exchange -> {
            boolean first = !exchange.body().contains("page_token");
            exchange.response(
                    OK,
                    (first ? "X-Ncbi-Next-Page-Token: t\r\n" : "") + JSON,
                    (first ? GOOD.replace("\"total_count\":1", "\"total_count\":3") : GOOD).getBytes(UTF_8));
        });
        for (String count : List.of("0", "-1", "\"1\"", "null", "1.0", "\"many\"", "{}", "99999999999999999999999")) {
            add(
                    cases,
                    "total count " + count,
                    count.equals("99999999999999999999999") ? "BAD_RESPONSE" : ROW,
                    count.equals("99999999999999999999999") ? ALWAYS : ONCE,
                    content(OK, JSON, GOOD.replace("\"total_count\":1", "\"total_count\":" + count)));
        }
        for (String count : List.of("many", "-1", "", "1, 2", "99999999999999999999999")) {
            add(
                    cases,
                    "header of a total count '" + count + "'",
                    ROW,
                    ONCE,
                    content(OK, "X-Ncbi-Total-Count: " + count + "\r\n" + JSON, GOOD));
        }
    }

    /** Answers about something else. */
    private static void others(Map<String, Case> cases) {
        String other = GOOD.replace("NM_1.1", "NM_2.1");
        // Once for ids only, which may be why it does not name what was requested, and then as whole reports.
        add(cases, "another request's answer", "BAD_RESPONSE", 1 + ALWAYS, content(OK, JSON, other));
        add(
                cases,
                "another request's answer, once",
                ROW,
                1 + ONCE,
                exchange -> exchange.response(OK, JSON, (exchange.number() == 1 ? other : GOOD).getBytes(UTF_8)));
        add(
                cases,
                "answers of two requests, swapped",
                "NM_1.1|7,NM_2.1|7",
                4,
                swapped(),
                "accessions",
                "NM_1.1,NM_2.1",
                "batch_size",
                "1",
                "max_partitions",
                "1");
        add(
                cases,
                "a warning about something else",
                NO_GENE,
                ONCE,
                content(
                        OK,
                        JSON,
                        "{\"reports\":[],\"messages\":[{\"warning\":{\"message\":\"x\",\"unrecognized_identifier\":\"NM_9.9\"}}]}"));
    }

    private static Reply swapped() {
        Set<String> struck = ConcurrentHashMap.newKeySet();
        return exchange -> {
            String requested = exchange.body().contains("NM_1.1") ? "NM_1.1" : "NM_2.1";
            String answered = struck.add(requested) ? (requested.equals("NM_1.1") ? "NM_2.1" : "NM_1.1") : requested;
            exchange.response(OK, JSON, GOOD.replace("NM_1.1", answered).getBytes(UTF_8));
        };
    }

    private static void bombs(Map<String, Case> cases) {
        add(
                cases,
                "gzip bomb",
                "RESPONSE_TOO_LARGE",
                ONCE,
                bytes("gzip", gzip(" ".repeat(8 << 20).getBytes(UTF_8))),
                "max_decoded_bytes",
                "1000000");
        add(
                cases,
                "gzip bomb in a string",
                "RESPONSE_TOO_LARGE",
                ONCE,
                bytes("gzip", gzip(("{\"reports\":[{\"gene\":{\"symbol\":\"" + "x".repeat(8 << 20)).getBytes(UTF_8))),
                "max_decoded_bytes",
                "1000000");
        add(
                cases,
                "endless body",
                "RESPONSE_TOO_LARGE",
                ONCE,
                exchange -> {
                    exchange.raw(OK + "\r\n" + JSON + "\r\n{\"reports\":[");
                    exchange.forever("{},".repeat(1000));
                },
                "max_response_bytes",
                "1000000");
        add(
                cases,
                "endless chunks",
                "RESPONSE_TOO_LARGE",
                ONCE,
                exchange -> {
                    exchange.raw(OK + "\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n");
                    exchange.forever("5\r\n{},{}\r\n".repeat(100));
                },
                "max_response_bytes",
                "1000000");
        add(
                cases,
                "endless error",
                "RESPONSE_TOO_LARGE",
                ONCE,
                exchange -> {
                    exchange.raw("HTTP/1.1 500 No\r\n" + JSON + "\r\n{\"message\":\"");
                    exchange.forever("x".repeat(4096));
                },
                "max_response_bytes",
                "1000000");
        add(
                cases,
                "error that is a bomb",
                "SERVICE_FAILED",
                ALWAYS,
                exchange ->
                        exchange.response("HTTP/1.1 500 No", "Content-Encoding: gzip\r\n", gzip(new byte[8 << 20])));
    }

    private static void addSlow(Map<String, Case> cases, String name, String outcome, int requests, Reply reply) {
        add(cases, name, outcome, requests, reply, "response_timeout", "400ms", "request_timeout", "700ms");
    }

    private static void slow(Map<String, Case> cases) {
        addSlow(cases, "no answer", "SERVICE_UNREACHABLE", ALWAYS, Conversation::hang);
        addSlow(
                cases,
                "headers a byte at a time",
                "SERVICE_UNREACHABLE",
                ALWAYS,
                exchange -> exchange.drip(OK + "\r\n" + JSON + "Content-Length: 2\r\n\r\n{}"));
        addSlow(cases, "body a byte at a time", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Content-Length: " + GOOD.length() + "\r\n\r\n");
            exchange.drip(GOOD);
        });
        addSlow(cases, "chunk size a byte at a time", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n");
            exchange.drip("0".repeat(100));
        });
        addSlow(cases, "no body", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Content-Length: 5\r\n\r\n");
            exchange.hang();
        });
        addSlow(cases, "body that stops", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Content-Length: 5000\r\n\r\n" + GOOD);
            exchange.hang();
        });
        for (String interim : List.of("100 Continue", "102 Processing", "103 Early Hints")) {
            addSlow(
                    cases,
                    "endless " + interim,
                    "SERVICE_UNREACHABLE",
                    ALWAYS,
                    exchange -> exchange.forever("HTTP/1.1 " + interim + "\r\n\r\n"));
        }
        add(cases, "100 Continue and then the answer", ROW, ONCE, exchange -> {
            exchange.raw("HTTP/1.1 100 Continue\r\n\r\n");
            exchange.response(OK, JSON, GOOD.getBytes(UTF_8));
        });
        addSlow(cases, "error a byte at a time", "SERVICE_UNREACHABLE", ALWAYS, exchange -> {
            exchange.raw("HTTP/1.1 500 No\r\n" + JSON + "Content-Length: 500\r\n\r\n");
            exchange.drip(ERROR.repeat(10));
        });
        addSlow(cases, "error that stalls", "SERVICE_FAILED", ALWAYS, exchange -> {
            exchange.raw("HTTP/1.1 500 No\r\n" + JSON + "Content-Length: 500\r\n\r\n");
            exchange.drip("{\"");
        });
    }

    private static void tokens(Map<String, Case> cases) {
        // Two pages, read three times.
        add(
                cases,
                "token that names its own page",
                "TOKEN_TROUBLE",
                2 * ALWAYS,
                content(OK, "X-Ncbi-Next-Page-Token: same\r\n" + JSON, GOOD));
        add(
                cases,
                "token in the body that names its own page",
                "TOKEN_TROUBLE",
                2 * ALWAYS,
                content(OK, JSON, GOOD.replace("}]", "}],\"next_page_token\":\"same\"")));
        add(cases, "two tokens in turn", "TOKEN_TROUBLE", 3 * ALWAYS, exchange -> {
            String next = exchange.body().contains("\"page_token\":\"a\"") ? "b" : "a";
            exchange.response(OK, "X-Ncbi-Next-Page-Token: " + next + "\r\n" + JSON, GOOD.getBytes(UTF_8));
        });
        add(
                cases,
                "tokens without end",
                "TOKEN_TROUBLE",
                5,
                exchange -> exchange.response(
                        OK, "X-Ncbi-Next-Page-Token: t" + exchange.number() + "\r\n" + JSON, GOOD.getBytes(UTF_8)),
                "max_pages",
                "5");
        add(
                cases,
                "tokens without end and without reports",
                "TOKEN_TROUBLE",
                5,
                exchange -> exchange.response(
                        OK, "X-Ncbi-Next-Page-Token: t" + exchange.number() + "\r\n" + JSON, "{}".getBytes(UTF_8)),
                "max_pages",
                "5");
        add(
                cases,
                "endless token",
                "SERVICE_UNREACHABLE",
                ALWAYS,
                content(OK, "X-Ncbi-Next-Page-Token: " + "t".repeat(1 << 20) + "\r\n" + JSON, GOOD));
        for (String token : List.of("\"\"", "null", "\" \"")) {
            add(
                    cases,
                    "token in the body " + token,
                    ROW,
                    ONCE,
                    content(OK, JSON, GOOD.replace("}]", "}],\"next_page_token\":" + token)));
        }
        add(cases, "token that has expired", "REQUEST_REFUSED", 2 * ALWAYS, exchange -> {
            if (exchange.body().contains("page_token")) {
                status(400, JSON).send(exchange);
            } else {
                exchange.response(OK, "X-Ncbi-Next-Page-Token: t\r\n" + JSON, GOOD.getBytes(UTF_8));
            }
        });
        add(cases, "second page that fails", "SERVICE_FAILED", 1 + ALWAYS, exchange -> {
            if (exchange.body().contains("page_token")) {
                status(503, JSON).send(exchange);
            } else {
                exchange.response(OK, "X-Ncbi-Next-Page-Token: t\r\n" + JSON, GOOD.getBytes(UTF_8));
            }
        });
        // 503, cut and refused connections share one budget.
        add(cases, "mixture", "SERVICE_FAILED", ALWAYS, exchange -> {
            switch (exchange.number() % 3) {
                case 1 -> exchange.response(OK, JSON, "{\"reports\":[".getBytes(UTF_8));
                case 2 -> exchange.close();
                default -> status(503, JSON).send(exchange);
            }
        });
        add(cases, "mixture that ends", ROW, ALWAYS, exchange -> {
            switch (exchange.number()) {
                case 1 -> exchange.response(OK, JSON, "{\"reports\":[".getBytes(UTF_8));
                case 2 -> status(503, JSON).send(exchange);
                default -> exchange.response(OK, JSON, GOOD.getBytes(UTF_8));
            }
        });
    }

    private static Reply status(int status, String headers) {
        return content("HTTP/1.1 " + status + " As told", headers, ERROR);
    }

    private static Reply content(String statusLine, String headers, String body) {
        return exchange -> exchange.response(statusLine, headers, body.getBytes(UTF_8));
    }

    private static Reply bytes(String encoding, byte[] body) {
        return exchange -> exchange.response(OK, JSON + "Content-Encoding: " + encoding + "\r\n", body);
    }

    private static Reply chunked(String chunks) {
        return exchange -> {
            exchange.raw(OK + "\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
            exchange.close();
        };
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    static Stream<Arguments> allCases() {
        return cases().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @Test
    void thereAreManyCases() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(120);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allCases")
    void theReadEndsInTimeWithTheRowsOrAnError(String name, Case some) throws IOException {
        try (HostileServer server = new HostileServer(some.reply())) {
            lastError = null;
            long start = System.nanoTime();
            String outcome = read("http://127.0.0.1:" + server.port(), some.options());

            assertThat(outcome).as("%s", lastError).isEqualTo(some.outcome());
            assertThat(server.requests()).as(name).isEqualTo(some.requests());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        }
    }

    /** The rows, or the code of the error. */
    private static String read(String baseUrl, List<String> more) {
        List<String> all = new ArrayList<>(List.of(
                "base_url", baseUrl,
                "accessions", "NM_1.1",
                "max_retries", Integer.toString(RETRIES),
                "retry_wait", "1ms",
                "connect_timeout", "2s",
                "response_timeout", "5s",
                "request_timeout", "6s",
                "requests_per_second", "0"));
        all.addAll(more);
        Options options = Scans.options(all.toArray(String[]::new));
        ServiceConfig config = ServiceConfig.of(options);
        try (var service = GeneServices.open(config, RateAccess.here(RateShare.UNLIMITED), 2, false, new TaskCounters())
                .service()) {
            return String.join(",", Scans.texts(Scans.rows(service, options, "accession", "gene_id")));
        } catch (NcbiGeneException e) {
            assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(1500);
            lastError = e.toString();
            return e.code().name();
        }
    }

    @BeforeAll
    static void trust() throws IOException, GeneralSecurityException, InterruptedException {
        before = SSLContext.getDefault();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", keys("authority").getCertificate("authority"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLContext.setDefault(context);
    }

    @AfterAll
    static void restore() {
        SSLContext.setDefault(before);
    }

    /** A key and its certificate by an authority that is trusted, unless the name is {@code untrusted}. */
    private static KeyStore keys(String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = temporary.resolve("keys.p12");
        if (!Files.exists(file)) {
            keytool(file, "authority", "-ext", "bc:c", "-startdate", "-90d", "-validity", "100");
        }
        KeyStore all = KeyStore.getInstance("PKCS12");
        load(all, file);
        if (!all.containsAlias(name)) {
            List<String> arguments = new ArrayList<>(List.of(
                    "-ext", name.equals("other-name") ? "san=dns:other.example.org" : "san=ip:127.0.0.1",
                    "-startdate", name.equals("expired") ? "-9d" : "-1d",
                    "-validity", "5"));
            if (!name.equals("untrusted")) {
                arguments.addAll(List.of("-signer", "authority"));
            }
            keytool(file, name, arguments.toArray(String[]::new));
            load(all, file);
        }
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(name, all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
        return one;
    }

    private static void load(KeyStore keys, Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
    }

    private static void keytool(Path file, String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
        command.addAll(Arrays.asList(more));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static HostileServer encrypted(String name, Reply reply)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys(name), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return new HostileServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), reply);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "good, NM_1.1|7, 1, 1",
        "expired, SERVICE_UNREACHABLE, 0, 1",
        "other-name, SERVICE_UNREACHABLE, 0, 1",
        "untrusted, SERVICE_UNREACHABLE, 0, 1"
    })
    void certificatesAreChecked(String name, String outcome, int requests, int connections) throws Exception {
        try (HostileServer server = encrypted(name, content(OK, JSON, GOOD))) {
            assertThat(read("https://127.0.0.1:" + server.port(), List.of())).isEqualTo(outcome);
            assertThat(server.requests()).isEqualTo(requests);
            assertThat(server.connections()).isEqualTo(connections);
        }
    }

    /** A host that accepts connections and says nothing, not even how TLS begins: it has never responded. */
    @ParameterizedTest
    @CsvSource({
        "200ms, 5s, no end of the TLS handshake within|Read timed out",
        "20s, 10m, no end of the TLS handshake within (6|5\\.\\d) s\\."
    })
    void whatIsSilentInTheHandshakeIsGivenUpAndSaysSo(String connect, String whole, String said) throws IOException {
        try (HostileServer server = new HostileServer(Conversation::hang)) {
            long start = System.nanoTime();
            assertThat(read(
                            "https://127.0.0.1:" + server.port(),
                            List.of("connect_timeout", connect, "request_timeout", whole, "max_retries", "1000")))
                    .isEqualTo("SERVICE_UNREACHABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
            assertThat(lastError)
                    .containsPattern(said)
                    .contains("The other side accepted the connection; it may not use TLS: base_url may need http, or"
                            + " another port.")
                    .contains("because this address has never responded");
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void whatIsConnectedAndSaysNothingIsTold() throws IOException {
        try (HostileServer server = new HostileServer(Conversation::hang)) {
            assertThat(read("http://127.0.0.1:" + server.port(), List.of("response_timeout", "200ms")))
                    .isEqualTo("SERVICE_UNREACHABLE");
            assertThat(lastError)
                    .contains("Read timed out. The request was sent, and nothing came within response_timeout. Check");
            assertThat(server.requests()).isEqualTo(ALWAYS);
        }
    }

    @Test
    void whatSpeaksNoTlsIsAnError() throws IOException {
        try (HostileServer server = new HostileServer(content(OK, JSON, GOOD))) {
            long start = System.nanoTime();
            assertThat(read("https://127.0.0.1:" + server.port(), List.of())).isEqualTo("SERVICE_UNREACHABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        }
    }

    /** The limits hold where memory is scarce, with all defaults. */
    @Test
    void noneEndsAJvmOf512Megabytes() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-XX:+IgnoreUnrecognized"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HostileServerTest.class.getName()));
        Path output = temporary.resolve("output");
        Process small = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(small.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(small.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readAllLines(output))
                .contains(
                        "endless body RESPONSE_TOO_LARGE",
                        "endless error RESPONSE_TOO_LARGE",
                        "endless header SERVICE_UNREACHABLE",
                        "endless chunks RESPONSE_TOO_LARGE");
    }

    /** Runs in the small JVM. */
    public static void main(String[] none) throws IOException {
        Map<String, Case> cases = cases();
        for (String name : List.of("endless body", "endless error", "endless header", "endless chunks")) {
            try (HostileServer server = new HostileServer(cases.get(name).reply())) {
                String outcome = read(
                        "http://127.0.0.1:" + server.port(),
                        List.of("request_timeout", "30s", "max_response_bytes", "2147483631"));
                System.out.println(name + " " + outcome);
            }
        }
    }
}
