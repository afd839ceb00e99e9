package io.github.sparkncbigene.http;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A status other than 200, and what it means: which failure it is, and how long to pause. A function of its components:
 * it sends nothing and keeps no state.
 *
 * @param code the HTTP status
 * @param reference the request's address and NCBI's ID of it, for messages
 * @param webPage true if the body is a web page: the service's own errors are JSON, so a gateway sent it
 * @param said the message in the body, without secrets; empty if there is none
 */
record ResponseStatus(int code, String reference, boolean webPage, String said) {
    private static final Pattern ABOUT_THE_KEY = Pattern.compile("(?i)\\bapi[ _-]?key\\b");
    private static final Duration PAUSE_WITHOUT_RETRY_AFTER = Duration.ofSeconds(1);

    /**
     * A pause that the service demands.
     *
     * @param isOfRateLimit true if the rate limit was exceeded
     */
    record Pause(Duration length, boolean isOfRateLimit) {}

    /**
     * Returns the pause before the next request of any kind, if the service demands one.
     *
     * @param code the HTTP status
     * @param retryAfter the time that the headers name, if any
     */
    static Optional<Pause> pause(int code, Optional<Duration> retryAfter) {
        boolean rateLimited = code == 429;
        boolean willRetry = rateLimited || code == 408 || (code >= 500 && code != 501);
        return rateLimited || (willRetry && retryAfter.isPresent())
                ? Optional.of(new Pause(retryAfter.orElse(PAUSE_WITHOUT_RETRY_AFTER), rateLimited))
                : Optional.empty();
    }

    /**
     * Returns the failure.
     *
     * @param withKey true if the request carried an API key
     * @param location the address in the headers that a redirect names, without secrets
     */
    ServiceException failure(boolean withKey, Optional<String> location) {
        if (code >= 300 && code < 400) {
            return redirected(location);
        }
        String words = "Status " + code + " from " + reference
                + (said.isEmpty() ? ", without a message." : ": '" + said + "'.");
        if (code == 429) {
            return failure(
                    Kind.TRANSIENT,
                    ErrorCode.RATE_LIMITED,
                    words + " The rate limit is exceeded: wait, or give an api_key; other jobs behind the same"
                            + " address count too.");
        }
        if (code >= 500) {
            return failure(
                    afterServerError(),
                    ErrorCode.SERVICE_FAILED,
                    words + " Try again later; quote the request id to NCBI's support.");
        }
        if (isAboutTheKey(withKey)) {
            return failure(
                    Kind.PERMANENT,
                    ErrorCode.REQUEST_REFUSED,
                    words
                            + (withKey ? " Check api_key, or read without one;" : " The service may need an api_key;")
                            + " NCBI also blocks addresses that send too many requests.");
        }
        return failure(
                afterClientError(), ErrorCode.REQUEST_REFUSED, words + " Check base_url and the request's options.");
    }

    /** Returns true if a refusal is only about the API key, which must not count as a rejection of identifiers. */
    private boolean isAboutTheKey(boolean withKey) {
        return code == 401
                || code == 403
                || (code == 400 && withKey && ABOUT_THE_KEY.matcher(said).find());
    }

    private ServiceException redirected(Optional<String> location) {
        return new ServiceException(
                Kind.PERMANENT,
                NcbiGeneException.of(
                        ErrorCode.REQUEST_REFUSED,
                        "Status " + code + " from " + reference + ": it redirects"
                                + location.map(to -> " to '" + HttpFailures.shortened(to) + "'")
                                        .orElse("")
                                + ". Redirects are not followed, since they would take the api_key along."
                                + " Check base_url, and that no proxy or log-in page responds in its place."));
    }

    private Kind afterServerError() {
        if (code == 501) {
            return Kind.PERMANENT;
        }
        return code == 504 || said.toLowerCase(Locale.ROOT).contains("timed out") ? Kind.TIMEOUT : Kind.TRANSIENT;
    }

    private Kind afterClientError() {
        return switch (code) {
            case 400 -> webPage ? Kind.PERMANENT : Kind.REJECTED;
            case 408 -> Kind.TIMEOUT;
            case 413, 414, 431 -> Kind.TOO_LARGE;
            default -> Kind.PERMANENT;
        };
    }

    private ServiceException failure(Kind kind, ErrorCode error, String message) {
        return new ServiceException(kind, NcbiGeneException.of(error, message), said);
    }
}
