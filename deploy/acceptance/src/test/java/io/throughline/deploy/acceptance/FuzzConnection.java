package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.throughline.deploy.acceptance.Client.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One connection on which any bytes can be sent; what comes back must be HTTP/1.1.
final class FuzzConnection implements AutoCloseable {
    /// Clients that hold their body back wait no longer than this for the permission to send it.
    private static final Duration PERMISSION_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_LINE = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final int limitMillis;

    private FuzzConnection(Socket socket, Duration limit) throws IOException {
        this.socket = socket;
        this.limitMillis = (int) limit.toMillis();
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// @param limit in which each next byte of an answer must come
    static FuzzConnection open(int port, Duration limit) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port), (int) limit.toMillis());
        return new FuzzConnection(socket, limit);
    }

    /// @param headers names in lower case
    /// @param reusable whether another request may follow on the connection
    /// @param asked unless a body that was held back was neither asked for nor refused
    record Response(int status, Map<String, String> headers, byte[] body, boolean reusable, boolean asked) {
        Answer answer() {
            return new Answer(status, headers.getOrDefault("content-type", ""), headers.getOrDefault("retry-after", ""), body);
        }
    }

    /// Sends head and body, the latter when it may where the head says that it waits for that, and reads the answer.
    ///
    /// @param headOnly whether the answer has no body, whatever its headers say
    /// @throws IOException when there is no whole answer
    Response exchange(byte[] head, byte[] body, boolean headOnly) throws IOException {
        var out = socket.getOutputStream();
        boolean waits = new String(head, ISO_8859_1).toLowerCase(Locale.ROOT).contains("\r\nexpect: 100-continue");
        try {
            if (!waits) {
                out.write(concat(head, body));
                return response(headOnly, limitMillis);
            }
            out.write(head);
        } catch (SocketException cut) {
            // A server may answer and close before all is sent.
            return response(headOnly, limitMillis);
        }
        int first;
        try {
            first = status((int) PERMISSION_LIMIT.toMillis());
        } catch (SocketTimeoutException unasked) {
            out.write(body);
            var late = response(headOnly, limitMillis);
            return new Response(late.status, late.headers, late.body, false, false);
        }
        if (first == 100) {
            headers();
            out.write(body);
            return response(headOnly, limitMillis);
        }
        return rest(first, headOnly, false);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        var all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private Response response(boolean headOnly, int millis) throws IOException {
        int status = status(millis);
        while (status == 100) {
            headers();
            status = status(millis);
        }
        return rest(status, headOnly, true);
    }

    private Response rest(int status, boolean headOnly, boolean whole) throws IOException {
        var headers = headers();
        boolean chunked = headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
        boolean empty = headOnly || status == 204 || status == 304 || status < 200;
        boolean toTheEnd = !empty && !chunked && !headers.containsKey("content-length");
        // Of a stream the beginning is enough: it does not end.
        boolean stream = !empty && headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        byte[] body = empty ? new byte[0] : stream ? exactly(1) : chunked ? chunks() : toTheEnd ? in.readAllBytes() : exactly(length(headers));
        return new Response(status, headers, body, whole && !toTheEnd && !stream && !headers.getOrDefault("connection", "").equalsIgnoreCase("close"), true);
    }

    private static int length(Map<String, String> headers) throws IOException {
        try {
            return Integer.parseInt(headers.get("content-length"));
        } catch (NumberFormatException _) {
            throw new IOException("an answer of length \"" + headers.get("content-length") + "\"");
        }
    }

    private int status(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            var line = line();
            if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
                throw new IOException("not a status line: " + line);
            }
            return Integer.parseInt(line.substring(9, 12));
        } finally {
            socket.setSoTimeout(limitMillis);
        }
    }

    private Map<String, String> headers() throws IOException {
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: " + line);
            }
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(exactly(size));
            line();
        }
        headers();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";")[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("an answer of " + length + " bytes ends after " + bytes.length);
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException(line.size() == 0 ? "closed without an answer" : "closed in the middle of an answer");
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("a line without end");
            }
            line.write(c);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
