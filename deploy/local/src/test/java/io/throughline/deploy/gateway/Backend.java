package io.throughline.deploy.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A service on real sockets that counts its connections; answers each request with how many bytes its body had, when it is told to.
final class Backend implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private volatile boolean atOnce;
    private volatile int answerBytes;

    Backend() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    Upstream as(String name) {
        return new Upstream(name, "127.0.0.1", server.getLocalPort(), server.getLocalPort());
    }

    /// So many, since the start.
    int connections() {
        return connections.get();
    }

    /// So many now.
    int open() {
        return open.get();
    }

    /// Neither reads bodies nor answers, until [#takeBodies].
    void holdBodies() {
        hold = new CountDownLatch(1);
    }

    void takeBodies() {
        hold.countDown();
    }

    /// Answers before the body has come.
    void answerAtOnce() {
        atOnce = true;
    }

    void answerWith(int bytes) {
        answerBytes = bytes;
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.incrementAndGet();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                hold.await();
                long length = length(head);
                if (atOnce) {
                    answer(socket, "early");
                }
                long read = 0;
                for (int next = 0; read < length && next >= 0; read += Math.max(0, next)) {
                    next = in.read(new byte[8192], 0, (int) Math.min(8192, length - read));
                }
                if (read < length) {
                    return;
                }
                if (!atOnce) {
                    answer(socket, answerBytes > 0 ? "x".repeat(answerBytes) : Long.toString(read));
                }
            }
        } catch (IOException | InterruptedException _) {
            // the gateway went away, or the test ends
        } finally {
            open.decrementAndGet();
        }
    }

    private static void answer(Socket socket, String body) throws IOException {
        socket.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1));
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private static long length(String head) {
        int at = head.indexOf("content-length: ");
        return at < 0 ? 0 : Long.parseLong(head.substring(at + 16, head.indexOf("\r\n", at)));
    }

    @Override
    public void close() throws IOException {
        hold.countDown();
        server.close();
    }
}
