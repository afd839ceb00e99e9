package io.github.sparkncbigene.http;

import io.github.sparkncbigene.rate.RateGate;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Takes the permit once the connection is open and the request is about to be written, not before. */
final class PermittedExecutor extends HttpRequestExecutor {
    /** Attribute of a request's context: its {@link RateGate.Permit}. */
    static final String PERMIT = "ncbi-gene.turn";

    /** Attribute of a request's context: the path to send. Before, the request has a path that may be logged. */
    static final String PATH = "ncbi-gene.path";

    /** Attribute of a request's context: its {@link Observer}. */
    static final String OBSERVER = "ncbi-gene.observer";

    /** Is told of a request's steps. */
    interface Observer {
        /** The connection to the service is open, the TLS handshake done. */
        void connected();

        /**
         * The request is about to be written.
         *
         * @param waited nanoseconds that it waited for its permit
         */
        void sent(long waited);
    }

    /** Nothing was sent: the request has to wait for another permit, without holding a connection. */
    static final class PermitMissedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        if (Method.CONNECT.isSame(request.getMethod())) {
            // This request is for a proxy, not for the service.
            return super.execute(request, connection, information, context);
        }
        request.setPath((String) context.getAttribute(PATH));
        Observer observer = (Observer) context.getAttribute(OBSERVER);
        observer.connected();
        RateGate.Permit permit = (RateGate.Permit) context.getAttribute(PERMIT);
        long start = System.nanoTime();
        try {
            if (!permit.take()) {
                throw new PermitMissedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        ((DiscreetConnection) connection).whenSent(permit::sent);
        observer.sent(System.nanoTime() - start);
        return super.execute(request, connection, information, context);
    }
}
