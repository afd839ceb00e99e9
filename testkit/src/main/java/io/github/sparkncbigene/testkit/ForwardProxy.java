package io.github.sparkncbigene.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A forward proxy for tests, on this machine: it forwards plain HTTP, opens tunnels by CONNECT, can demand Basic
 * authentication, and can cut what it passes on.
 */
public final class ForwardProxy implements AutoCloseable {
    private static final int LARGEST_HEAD = 1 << 17;

    /**
     * A request to the proxy.
     *
     * @param method such as {@code CONNECT}
     * @param target as the client wrote it: an address, or the host and port of a tunnel
     * @param head its lines, with the headers
     * @param authorized true if it holds the right credentials, where the proxy demands some
     */
    public record Request(String method, String target, String head, boolean authorized) {}

    private final ServerSocket listening;
    private final Map<String, Integer> routes = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "forward proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int cutAfter;
    private volatile String credentials;
    private volatile String refusal = "";

    private ForwardProxy(ServerSocket listening) {
        this.listening = listening;
    }

    /** Starts a proxy. */
    public static ForwardProxy start() throws IOException {
        ForwardProxy proxy = new ForwardProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Its host and port. */
    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /**
     * Says where a name leads. Other names are looked up.
     *
     * @param host name and port, such as {@code genes.example.org:443}
     * @param port on this machine
     */
    public ForwardProxy route(String host, int port) {
        routes.put(host, port);
        return this;
    }

    /** Demands a user name and a password. */
    public ForwardProxy demand(String user, String password) {
        credentials =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Repeats the credentials of a request that is refused in its own words, as a careless proxy does. */
    public ForwardProxy repeatCredentials(String words) {
        refusal = words;
        return this;
    }

    /**
     * Ends the next connections in the middle of a response.
     *
     * @param times how many connections
     * @param bytes how many bytes of the server are passed on before
     */
    public ForwardProxy cut(int times, int bytes) {
        cutAfter = bytes;
        cuts.set(times);
        return this;
    }

    /** The requests so far, in the order they came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        requests.clear();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** Serves one request: the connection of a plain one ends with the response. */
    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String[] words = head.lines().findFirst().orElse("").split(" ", -1);
            if (words.length != 3) {
                respond(client, "400 Bad Request", "", "");
                return;
            }
            String given = header(head, "proxy-authorization");
            boolean authorized = credentials == null || credentials.equals(given);
            requests.add(new Request(words[0], words[1], head, authorized));
            if (!authorized) {
                respond(
                        client,
                        "407 Proxy Authentication Required",
                        "Proxy-Authenticate: Basic realm=\"test\"\r\n",
                        given);
            } else if (words[0].equals("CONNECT")) {
                tunnel(client, words[1]);
            } else {
                forward(client, words[0], URI.create(words[1]), head);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Either end is gone, or the request is none: the connection is closed.
        } finally {
            open.remove(client);
        }
    }

    private void tunnel(Socket client, String target) throws IOException {
        try (Socket server = connect(target)) {
            if (server == null) {
                respond(client, "502 Bad Gateway", "", "");
                return;
            }
            client.getOutputStream()
                    .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            threads.execute(() -> passOn(client, server));
            copy(server.getInputStream(), client.getOutputStream());
        }
    }

    private void forward(Socket client, String method, URI address, String head) throws IOException {
        int port = address.getPort() < 0 ? 80 : address.getPort();
        try (Socket server = connect(address.getHost() + ":" + port)) {
            if (server == null) {
                respond(client, "502 Bad Gateway", "", "");
                return;
            }
            String path = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
            Set<String> hopByHop = Stream.of(header(head, "connection").split(",", -1))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT) + ":")
                    .collect(Collectors.toSet());
            String headers = head.lines()
                    .skip(1)
                    .filter(line -> !line.isEmpty()
                            && !line.toLowerCase(Locale.ROOT).startsWith("proxy-")
                            && !line.toLowerCase(Locale.ROOT).startsWith("connection:")
                            && hopByHop.stream().noneMatch(line.toLowerCase(Locale.ROOT)::startsWith))
                    .collect(Collectors.joining("\r\n"));
            OutputStream out = server.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            String length = header(head, "content-length");
            out.write(client.getInputStream().readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)));
            out.flush();
            copy(server.getInputStream(), client.getOutputStream());
        }
    }

    /** A connection to where a name leads; null if it leads nowhere. */
    private Socket connect(String target) {
        try {
            Integer port = routes.get(target);
            int colon = target.lastIndexOf(':');
            Socket server = port != null
                    ? new Socket(InetAddress.getLoopbackAddress(), port)
                    : new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
            open.add(server);
            return server;
        } catch (IOException e) {
            return null;
        }
    }

    private void respond(Socket client, String status, String headers, String given) throws IOException {
        String body = refusal.isEmpty()
                ? ""
                : refusal + " " + given + " "
                        + new String(Base64.getDecoder().decode(given.replace("Basic ", "")), StandardCharsets.UTF_8);
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Type: text/plain\r\nContent-Length: "
                                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void passOn(Socket client, Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException e) {
            // Either end is gone.
        }
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        if (cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            byte[] buffer = new byte[1 << 12];
            for (int left = cutAfter; left > 0; ) {
                int read = from.read(buffer, 0, Math.min(left, buffer.length));
                if (read < 0) {
                    return;
                }
                to.write(buffer, 0, read);
                left -= read;
            }
        } else {
            from.transferTo(to);
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0 && head.size() < LARGEST_HEAD; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0D0A0D0A) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
