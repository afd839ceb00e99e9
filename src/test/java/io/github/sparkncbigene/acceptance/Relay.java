package io.github.sparkncbigene.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between clients and a server, and knows which connections the clients have not closed yet. */
final class Relay implements AutoCloseable {
    /** What is said to a client before the server is. */
    interface Greeting {
        void greet(Socket client) throws IOException;
    }

    private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final int port;
    private final Greeting greeting;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });

    /** @param port of the server on this machine */
    Relay(int port) throws IOException {
        this(port, client -> {});
    }

    /**
     * A relay that greets.
     *
     * @param port of the server on this machine
     */
    Relay(int port, Greeting greeting) throws IOException {
        this.port = port;
        this.greeting = greeting;
        threads.execute(this::accept);
    }

    /** The port it listens on. */
    int port() {
        return listening.getLocalPort();
    }

    /** How many connections there were so far. */
    int accepted() {
        return accepted.get();
    }

    /** How many connections the clients hold now. */
    int open() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket client : open) {
            client.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                accepted.incrementAndGet();
                threads.execute(() -> relay(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    /** What the server says and does may end before the client lets go, never after. */
    private void relay(Socket client) {
        try (client;
                Socket server = new Socket()) {
            greeting.greet(client);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            threads.execute(() -> copy(server, client));
            copy(client, server);
        } catch (IOException e) {
            // Either end is gone.
        } finally {
            open.remove(client);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // Either end is gone.
        }
    }
}
