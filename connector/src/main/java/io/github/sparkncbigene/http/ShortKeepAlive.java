package io.github.sparkncbigene.http;

import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Closes an idle connection before the service does: a request on a connection that the service is closing fails, and
 * has to be sent again.
 */
final class ShortKeepAlive implements ConnectionKeepAliveStrategy {
    private static final long LONGEST_MILLIS = 30_000;
    /**
     * If a server does not announce how long it keeps idle connections, assume the shortest common time, 5 seconds,
     * less a margin.
     */
    private static final long UNTOLD_MILLIS = 4_000;
    /** Margin for the time that a connection is held before it is used. */
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
        // Zero would mean for ever.
        return TimeValue.ofMilliseconds(Math.max(1, Math.min(LONGEST_MILLIS, told - MARGIN_MILLIS)));
    }
}
