package io.github.sparkncbigene.service;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.Timeout;

/** The gene service over HTTP. */
public final class HttpGeneService implements GeneService {
    private static final String API_KEY_HEADER = "api-key";
    private static final String NEXT_PAGE_TOKEN_HEADER = "X-Ncbi-Next-Page-Token";
    private static final String REQUEST_ID_HEADER = "Ncbi-Phid";

    private final ServiceConfig config;
    private final CloseableHttpClient client;

    public HttpGeneService(ServiceConfig config) {
        this.config = config;
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(config.connectTimeout()))
                .setSocketTimeout(Timeout.of(config.responseTimeout()))
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(connections)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(config.responseTimeout()))
                        .build())
                .setUserAgent("spark-ncbi-gene")
                // The answer is kept as it was sent, and inflated when it is read.
                .disableContentCompression()
                // A redirect would carry the key to another host.
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .useSystemProperties()
                .build();
    }

    @Override
    public Answer ask(GeneRequest request) {
        String address = config.baseUrl() + request.pathAndQuery();
        try {
            return client.execute(message(request, address), response -> read(request, address, response));
        } catch (IOException e) {
            throw new NcbiGeneException(
                    ErrorCode.SERVICE_UNREACHABLE,
                    "No answer from " + shown(request, address) + ": " + e + ". Check base_url and that this machine"
                            + " may reach it.",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClassicHttpRequest message(GeneRequest request, String address) {
        ClassicRequestBuilder builder = request.isPost()
                ? ClassicRequestBuilder.post(URI.create(address))
                : ClassicRequestBuilder.get(URI.create(address));
        builder.setHeader("Accept", request.accept()).setHeader("Accept-Encoding", "gzip");
        config.apiKey().ifPresent(key -> builder.setHeader(API_KEY_HEADER, key.reveal()));
        if (request.isPost()) {
            builder.setEntity(request.body(), ContentType.APPLICATION_JSON);
        }
        return builder.build();
    }

    private Answer read(GeneRequest request, String address, ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] bytes = entity == null ? new byte[0] : bounded(request, address, entity);
        Answer answer = new Answer(
                shown(request, address),
                header(response, NEXT_PAGE_TOKEN_HEADER),
                header(response, REQUEST_ID_HEADER),
                header(response, "Content-Encoding").orElse("").equalsIgnoreCase("gzip"),
                bytes);
        int status = response.getCode();
        if (status != 200) {
            throw refused(status, answer);
        }
        String contentType = header(response, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (contentType.startsWith("text/html")) {
            throw new NcbiGeneException(
                    ErrorCode.BAD_RESPONSE,
                    "The answer from " + answer.reference() + " is a web page, not a report: '"
                            + ErrorBody.of(answer).message() + "'. Check that base_url is the gene service and that no"
                            + " proxy or log-in page answers in its place.");
        }
        return answer;
    }

    private byte[] bounded(GeneRequest request, String address, HttpEntity entity) throws IOException {
        try (InputStream body = entity.getContent()) {
            byte[] bytes = body.readNBytes(config.maxResponseBytes() + 1);
            if (bytes.length > config.maxResponseBytes()) {
                throw new NcbiGeneException(
                        ErrorCode.RESPONSE_TOO_LARGE,
                        "The answer from " + shown(request, address) + " is larger than max_response_bytes = "
                                + config.maxResponseBytes() + ". Lower page_size, or raise max_response_bytes.");
            }
            return bytes;
        }
    }

    private static NcbiGeneException refused(int status, Answer answer) {
        String said = ErrorBody.of(answer).message();
        String words = "Status " + status + " from " + answer.reference()
                + (said.isEmpty() ? ", without a message." : ": '" + said + "'.");
        if (status == 429) {
            return new NcbiGeneException(
                    ErrorCode.RATE_LIMITED,
                    words + " The rate limit is exceeded: wait, or give an api_key; other jobs behind the same address"
                            + " count too.");
        }
        if (status >= 500) {
            return new NcbiGeneException(
                    ErrorCode.SERVICE_FAILED, words + " Try again later; NCBI's support wants the request id.");
        }
        return new NcbiGeneException(ErrorCode.REQUEST_REFUSED, words + " Check base_url and what was asked for.");
    }

    private static String shown(GeneRequest request, String address) {
        String shortened = address.length() <= 300 ? address : address.substring(0, 297) + "...";
        return (request.isPost() ? "POST " : "GET ") + shortened;
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return Optional.ofNullable(header).map(Header::getValue).filter(value -> !value.isBlank());
    }
}
