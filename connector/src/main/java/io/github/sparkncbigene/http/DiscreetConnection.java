package io.github.sparkncbigene.http;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * A connection that reports when a request has left, and never logs its headers or bytes: one header is the API key.
 * Other connections log them at DEBUG.
 */
final class DiscreetConnection extends DefaultManagedHttpClientConnection {
    private static final AtomicLong OPENED = new AtomicLong();
    /** Limits for headers, which are held in memory. Page tokens may be long. */
    private static final Http1Config BOUNDED = Http1Config.custom()
            .setMaxLineLength(1 << 16)
            .setMaxHeaderCount(1000)
            .build();

    private Runnable whenSent = () -> {};

    private DiscreetConnection() {
        super("ncbi-gene-" + OPENED.incrementAndGet(), null, null, BOUNDED, null, null, null, null);
    }

    /** @param socket the socket to use; null if it is opened later */
    static DiscreetConnection open(Socket socket) throws IOException {
        DiscreetConnection connection = new DiscreetConnection();
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new SocketHolder(socket));
    }

    @Override
    public void bind(SSLSocket encrypted, Socket socket) throws IOException {
        bind(new SocketHolder(encrypted, socket));
    }

    /** @param action called for each request sent from now on */
    void whenSent(Runnable action) {
        whenSent = action;
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        whenSent.run();
    }

    @Override
    protected void onRequestSubmitted(ClassicHttpRequest request) {
        // Must not be logged.
    }

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {
        // Must not be logged either: a service may repeat the key in a header.
    }
}
