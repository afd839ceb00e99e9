package io.github.sparkncbigene.service;

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
 * A connection that tells when a request has left, and writes neither its headers nor its bytes to the log, as others do
 * at DEBUG: one is the key.
 */
final class DiscreetConnection extends DefaultManagedHttpClientConnection {
    private static final AtomicLong OPENED = new AtomicLong();
    /** Headers are held in memory. Page tokens may be long. */
    private static final Http1Config BOUNDED = Http1Config.custom()
            .setMaxLineLength(1 << 16)
            .setMaxHeaderCount(1000)
            .build();

    private Runnable whenSent = () -> {};

    private DiscreetConnection() {
        super("ncbi-gene-" + OPENED.incrementAndGet(), null, null, BOUNDED, null, null, null, null);
    }

    /** @param socket to use; null where that is still to come */
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

    /** @param action for each request that is sent from now on */
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
        // Not to be logged.
    }

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {
        // Neither: a service may repeat the key in a header.
    }
}
