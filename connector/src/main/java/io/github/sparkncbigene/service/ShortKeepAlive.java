package io.github.sparkncbigene.service;

import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Gives up an idle connection before the service does: a request that meets the service's close half-way fails, and has
 * to be made once more.
 */
final class ShortKeepAlive implements ConnectionKeepAliveStrategy {
    private static final long LONGEST_MILLIS = 30_000;
    /** Of servers that do not say how long they keep one, the impatient close it after five seconds. */
    private static final long UNTOLD_MILLIS = 4_000;
    /** A connection may also be held for a while before it is used. */
    private static final long MARGIN_MILLIS = 2_000;

    @Override
    public TimeValue getKeepAliveDuration(HttpResponse response, HttpContext context) {
        long told = UNTOLD_MILLIS;
        var elements = MessageSupport.iterate(response, "Keep-Alive");
        while (elements.hasNext()) {
            var element = elements.next();
            String value = element.getValue();
            if ("timeout".equalsIgnoreCase(element.getName()) && value != null && value.matches("\\d{1,9}")) {
                told = Long.parseLong(value) * 1000;
            }
        }
        // One of no time at all would mean for ever.
        return TimeValue.ofMilliseconds(Math.max(1, Math.min(LONGEST_MILLIS, told - MARGIN_MILLIS)));
    }
}
