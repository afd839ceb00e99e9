package io.github.sparkncbigene.http;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Leaves a mark in the context of a request before a handshake, so that an error can say how far the request came. */
final class ObservedTls implements TlsSocketStrategy {
    /** The attribute of the context that the handshake sets. */
    static final String BEGUN = "ncbi-gene.tls-begun";

    private final TlsSocketStrategy strategy;

    ObservedTls(TlsSocketStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        context.setAttribute(BEGUN, true);
        return strategy.upgrade(socket, target, port, attachment, context);
    }
}
