package io.github.sparkncbigene.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that reads requests and then sends whatever bytes a test wants, or none. */
final class HostileServer implements AutoCloseable {
    /** What it does with a request. */
    interface Reply {
        void send(Conversation conversation) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final ServerSocket server;
    private final Reply reply;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "hostile server");
        thread.setDaemon(true);
        return thread;
    });

    HostileServer(Reply reply) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), reply);
    }

    HostileServer(ServerSocket server, Reply reply) {
        this.server = server;
        this.reply = reply;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many requests were read. */
    int requests() {
        return requests.get();
    }

    /** How many connections were made. */
    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            accept(server);
        }
    }

    private void accept(ServerSocket from) {
        try {
            Socket socket = from.accept();
            connections.incrementAndGet();
            open.add(socket);
            threads.execute(() -> converse(socket));
        } catch (IOException e) {
            // It is closed, or the client went away.
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            while (!socket.isClosed()) {
                String head = head(in);
                if (head == null) {
                    return;
                }
                Matcher length = LENGTH.matcher(head);
                String body = length.find()
                        ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                        : "";
                Conversation conversation = new Conversation(socket, head, body, requests.incrementAndGet());
                reply.send(conversation);
                if (conversation.isOver) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client has cut the connection, as it should.
        } finally {
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0D0A0D0A) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    /** One request, and the way to its sender. */
    final class Conversation {
        private final Socket socket;
        private final OutputStream out;
        private final String head;
        private final String body;
        private final int number;
        private boolean isOver;

        private Conversation(Socket socket, String head, String body, int number) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.head = head;
            this.body = body;
            this.number = number;
        }

        /** From 1, over all connections. */
        int number() {
            return number;
        }

        String body() {
            return body;
        }

        /** The value of a header of the request; empty if there is none. */
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** Sends text as it is. */
        void raw(String text) throws IOException {
            raw(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Sends a response with a right Content-Length. */
        void response(String statusLine, String headers, byte[] content) throws IOException {
            raw(statusLine + "\r\n" + headers + "Content-Length: " + content.length + "\r\n\r\n");
            raw(content);
        }

        /** Repeats a text until the client has enough. */
        void forever(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            while (true) {
                out.write(bytes);
                out.flush();
            }
        }

        /** Sends a text a byte at a time, in all 20 s and more. */
        void drip(String text) throws IOException {
            for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
                out.write(b);
                out.flush();
                pause(20_000 / text.length() + 1);
            }
        }

        /** Does nothing until the server is closed. */
        void hang() {
            pause(60_000);
        }

        private void pause(long millis) {
            try {
                if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                    isOver = true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Ends the connection, as after the last byte of a response. */
        void close() throws IOException {
            isOver = true;
            socket.shutdownOutput();
        }

        /** Ends the connection by a reset. */
        void reset() throws SocketException {
            isOver = true;
            socket.setSoLinger(true, 0);
        }
    }
}
