package io.github.sparkncbigene.http;

import io.github.sparkncbigene.rate.RateGate;
import io.github.sparkncbigene.service.Progress;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;

/**
 * A request that may be sent.
 *
 * @param permit the rate limiter's permit, which the request holds until its response has arrived
 * @param progress receives the next page's token as soon as the headers have arrived
 */
record PermittedRequest(
        HttpUriRequestBase message, HttpClientContext context, RateGate.Permit permit, Progress progress) {}
