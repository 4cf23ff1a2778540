package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.deploy.acceptance.Client.Answer;
import io.throughline.events.json.EventJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Follows the stream of findings over a connection of its own, and reads no faster than it is asked to.
final class FindingReader implements AutoCloseable {
    /// Nothing comes later than the next heartbeat.
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);
    /// So that one that does not read is noticed soon.
    private static final int RECEIVE_BYTES = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final Map<String, String> headers = new TreeMap<>();
    private final int status;
    private @Nullable String last;

    /// What comes of a stream: a finding, or that it is alive.
    sealed interface Said {}

    /// @param id of the finding
    record Finding(String id) implements Said {}

    record Alive() implements Said {}

    private FindingReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.status = Integer.parseInt(line().substring(9, 12));
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
    }

    /// @param last the id of the event seen last; `null` to begin with what comes
    /// @param query with its question mark, or empty
    static FindingReader open(Client client, @Nullable String last, String query) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.setSoTimeout((int) SILENCE_LIMIT.toMillis());
        socket.connect(new InetSocketAddress(client.base().getHost(), client.base().getPort()));
        var request = "GET /v1/findings/stream" + query + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + client.token()
                + "\r\n" + (last == null ? "" : "Last-Event-ID: " + last + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return new FindingReader(socket);
    }

    int status() {
        return status;
    }

    /// What came in place of a stream.
    Answer refusal() throws IOException {
        var body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
        return new Answer(status, headers.getOrDefault("content-type", ""), headers.getOrDefault("retry-after", ""), body);
    }

    /// The id of the event seen last.
    @Nullable String last() {
        return last;
    }

    /// The next whole event.
    ///
    /// @throws IOException when the stream ends
    Said next() throws IOException {
        String place = null;
        Said said = null;
        while (true) {
            // Lengths of chunks stand on lines of their own, too.
            var line = line();
            if (line.startsWith("id:")) {
                place = line.substring(3).strip();
            } else if (line.startsWith(":")) {
                said = new Alive();
            } else if (line.startsWith("data:")) {
                said = new Finding(EventJson.mapper().readTree(line.substring(5)).path("id").asText());
            } else if (line.isEmpty() && place != null && said != null) {
                last = place;
                return said;
            }
        }
    }

    /// The next finding, whatever else comes before.
    String nextFinding() throws IOException {
        while (true) {
            if (next() instanceof Finding(String id)) {
                return id;
            }
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the stream has ended");
            }
            line.write(c);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
