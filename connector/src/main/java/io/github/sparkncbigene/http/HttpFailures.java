package io.github.sparkncbigene.http;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;

/** The failures of one request, apart from those that a status says: their kinds, and messages for users. */
final class HttpFailures {
    private static final int SHOWN = 300;

    private final ServiceConfig config;
    private final GeneRequest request;

    HttpFailures(ServiceConfig config, GeneRequest request) {
        this.config = config;
        this.request = request;
    }

    /** Returns the method and address of the request, without secrets. */
    String shown() {
        return (request.isPost() ? "POST " : "GET ") + shortened(config.baseUrl() + hiddenPath(config, request));
    }

    /** Returns the path without secrets: a page token is a text of the service, which may repeat the key. */
    static String hiddenPath(ServiceConfig config, GeneRequest request) {
        String path = request.pathAndQuery();
        return path.contains("page_token=") ? config.hidden(path) : path;
    }

    /** Returns the start of a long address. */
    static String shortened(String address) {
        return address.length() <= SHOWN ? address : address.substring(0, SHOWN - 3) + "...";
    }

    /** Returns the message for a service that cannot be reached. */
    String unreachable(String why, ConnectionFailure.Cause cause) {
        boolean proxyToBlame = config.proxy().named().isPresent() && cause.isOnTheWay();
        String remedy = proxyToBlame ? "Check proxy_address, and that the proxy runs. " : cause.remedy();
        return "No response to " + shown()
                + config.proxy()
                        .named()
                        .map(proxy -> " through the proxy " + proxy)
                        .orElse("")
                + ": " + why + ". " + remedy + "Check base_url and that this machine may reach it.";
    }

    ServiceException notConnected(Duration after, ConnectionFailure.Cause cause) {
        String missing = cause == ConnectionFailure.Cause.SLOW_TLS ? "no end of the TLS handshake" : "no connection";
        return failure(
                Kind.TRANSIENT,
                ErrorCode.SERVICE_UNREACHABLE,
                unreachable(missing + " within " + Durations.seconds(after), cause));
    }

    ServiceException slow(Kind kind) {
        return failure(
                kind,
                ErrorCode.SERVICE_UNREACHABLE,
                "The response to " + shown() + " took longer than request_timeout = "
                        + Durations.seconds(config.requestTimeout())
                        + ". Lower batch_size, or raise request_timeout.");
    }

    ServiceException largerThanAllowed() {
        return failure(
                Kind.TOO_LARGE,
                ErrorCode.RESPONSE_TOO_LARGE,
                "The response to " + shown() + " is larger than max_response_bytes = "
                        + config.maxResponseBytes()
                        + ". Lower page_size, or raise max_response_bytes.");
    }

    ServiceException largerThanMemory(long bytes) {
        return failure(
                Kind.TOO_LARGE,
                ErrorCode.RESPONSE_TOO_LARGE,
                "The response to " + shown() + " is larger than a quarter of this JVM's"
                        + " memory, " + bytes
                        + " bytes. Lower page_size, or give the JVM more memory.");
    }

    ServiceException encoded(Response response, String encoding) {
        return failure(
                Kind.TRANSIENT,
                ErrorCode.BAD_RESPONSE,
                "The response to " + response.reference() + " has the Content-Encoding '"
                        + config.hidden(Quoted.of(encoding))
                        + "', but only gzip was requested. Check that no proxy recodes what the service sends.");
    }

    ServiceException webPage(Response response) {
        return failure(
                Kind.TRANSIENT,
                ErrorCode.BAD_RESPONSE,
                "The response to " + response.reference() + " is a web page, not a report: '"
                        + ErrorBody.of(response, config::hidden).message()
                        + "'. Check that base_url is the gene service and that no"
                        + " proxy or log-in page responds in its place.");
    }

    ServiceException refusedByProxy(int status) {
        String proxy = config.proxy().named().orElse("of Java's settings");
        if (status == 407) {
            return failure(
                    Kind.PERMANENT,
                    ErrorCode.SERVICE_UNREACHABLE,
                    "The proxy " + proxy + " needs a user name and a password for " + shown()
                            + ", or other ones. Check proxy_username and proxy_password.");
        }
        return failure(
                Kind.TRANSIENT,
                ErrorCode.SERVICE_UNREACHABLE,
                "The proxy " + proxy + " does not connect to the service for " + shown() + ": status " + status
                        + ". Check base_url, and that the proxy may reach it.");
    }

    private static ServiceException failure(Kind kind, ErrorCode code, String message) {
        return new ServiceException(kind, NcbiGeneException.of(code, message));
    }
}
