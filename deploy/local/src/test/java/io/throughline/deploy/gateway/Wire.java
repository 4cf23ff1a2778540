package io.throughline.deploy.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/// A client's end of one connection, which says what it likes.
final class Wire implements AutoCloseable {
    private final Socket socket;

    Wire(int port) throws IOException {
        socket = new Socket();
        // So that who does not read is noticed soon.
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
    }

    /// As it stands; `\n` is sent as `\r\n`.
    Wire say(String lines) throws IOException {
        return sayExactly(lines.replace("\n", "\r\n"));
    }

    Wire sayExactly(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /// The next answer, head and body; empty when the other side has closed instead.
    String answer() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        int at = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        return head + new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    boolean isAnswered() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /// What comes until the other side closes.
    String rest() throws IOException {
        var all = new ByteArrayOutputStream();
        for (int next = read(); next >= 0; next = read()) {
            all.write(next);
        }
        return all.toString(ISO_8859_1);
    }

    /// Says something again and again until the other side has closed.
    void sayUntilClosed(String text, long pauseMillis) throws IOException, InterruptedException {
        socket.setSoTimeout((int) pauseMillis);
        while (!isClosed()) {
            try {
                sayExactly(text);
            } catch (SocketException _) {
                return;
            }
        }
    }

    /// Waits for so long as a read may take.
    private boolean isClosed() throws IOException {
        try {
            return read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    private int read() throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException _) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
