package io.github.sparkncbigene.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** Sends the body of one response: whole, in pieces, or with a simulated network failure. */
final class Delivery {
    private static final int PIECE = 1 << 15;
    private static final Duration BEFORE_RESET = Duration.ofMillis(30);

    private final Request request;
    private final Response response;
    private final Exchange exchange;
    private final Callback callback;

    Delivery(Request request, Response response, Exchange exchange, Callback callback) {
        this.request = request;
        this.response = response;
        this.exchange = exchange;
        this.callback = callback;
    }

    /** Sends a body while it is generated. */
    void stream(Body.Source source, boolean gzip) throws IOException {
        new Pump(source, gzip).iterate();
    }

    /** Sends a complete body. */
    void whole(byte[] body) {
        write(true, body, callback);
    }

    /** Sends half of the body, then closes the connection, either with a reset or as if the body were complete. */
    void half(byte[] body, boolean reset) {
        byte[] half = Arrays.copyOf(body, body.length / 2);
        // A reset right after the body could discard the body, too.
        write(false, half, after(() -> later(BEFORE_RESET, reset ? this::reset : this::close)));
    }

    /** Sends half of the body, and the rest once the faults release it. */
    void stalled(byte[] body, Faults faults) {
        int middle = body.length / 2;
        byte[] rest = Arrays.copyOfRange(body, middle, body.length);
        write(
                false,
                Arrays.copyOf(body, middle),
                after(() ->
                        faults.hold(() -> request.getComponents().getExecutor().execute(() -> whole(rest)))));
    }

    /** Sends the body in pieces of {@code bytes} bytes, with pauses. */
    void slow(byte[] body, int bytes, Duration pause) {
        if (body.length <= bytes) {
            whole(body);
            return;
        }
        byte[] rest = Arrays.copyOfRange(body, bytes, body.length);
        write(false, Arrays.copyOf(body, bytes), after(() -> later(pause, () -> slow(rest, bytes, pause))));
    }

    /** Resets the connection. */
    void reset() {
        EndPoint connection = endPoint();
        if (connection.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // The client closed the connection first.
                callback.failed(e);
                return;
            }
        }
        close();
    }

    void later(Duration delay, Runnable task) {
        request.getComponents()
                .getScheduler()
                .schedule(
                        () -> request.getComponents().getExecutor().execute(task),
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void close() {
        endPoint().close();
        callback.failed(new EofException("closed on purpose"));
    }

    private EndPoint endPoint() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    private void write(boolean last, byte[] bytes, Callback then) {
        exchange.sent(bytes.length);
        if (last) {
            exchange.completed();
        }
        response.write(last, ByteBuffer.wrap(bytes), then);
    }

    private Callback after(Runnable next) {
        return Callback.from(next, callback::failed);
    }

    /** Returns the whole body. */
    static byte[] render(Body.Source source, boolean gzip) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream out = gzip ? new FastGzip(bytes) : bytes;
        Body body = source.open(out);
        while (body.writeNext()) {
            // Each call writes a piece.
        }
        body.flush();
        out.close();
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 13);
            def.setLevel(1);
        }
    }

    private final class Pump extends IteratingCallback {
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(PIECE + (PIECE >> 1));
        private final OutputStream out;
        private final Body body;
        private boolean finished;

        Pump(Body.Source source, boolean gzip) throws IOException {
            out = gzip ? new FastGzip(buffer) : buffer;
            body = source.open(out);
        }

        @Override
        protected Action process() throws IOException {
            if (finished) {
                return Action.SUCCEEDED;
            }
            boolean more = true;
            while (more && buffer.size() < PIECE) {
                more = body.writeNext();
            }
            if (!more) {
                body.flush();
                out.close();
                finished = true;
            }
            byte[] piece = buffer.toByteArray();
            buffer.reset();
            write(finished, piece, this);
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteSuccess() {
            callback.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            try {
                out.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
            callback.failed(cause);
        }
    }
}
