package io.throughline.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.function.Consumer;

/// One HTTP/1.1 connection that sends ready-made requests, one at a time, and reads of the answers no more than it must.
final class Connection {
    private static final String LENGTH = "content-length:";
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;

    /// @param text the answer as it came
    record Answer(int status, String text) {}

    private final NetSocket socket;
    private Consumer<Answer> waiting = _ -> {};
    private Buffer received = Buffer.buffer();

    private Connection(NetSocket socket) {
        this.socket = socket;
        socket.handler(this::receive);
        socket.closeHandler(_ -> answer(new Answer(0, "the connection was closed")));
        socket.exceptionHandler(failure -> answer(new Answer(0, failure.toString())));
    }

    static Future<Connection> open(NetClient client, Target target) {
        return client.connect(target.port(), target.host()).map(Connection::new);
    }

    /// Sends a request; call it again only after its answer. Status 0: there was none.
    void send(Buffer request, Consumer<Answer> answered) {
        waiting = answered;
        socket.write(request);
    }

    void close() {
        waiting = _ -> {};
        socket.close();
    }

    private void receive(Buffer bytes) {
        received = received.length() == 0 ? bytes : received.appendBuffer(bytes);
        var text = received.toString(ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;
        if (body < 4) {
            return;
        }
        int length = contentLength(text.substring(0, body));
        if (length < 0 || length > MAX_ANSWER_BYTES) {
            answer(new Answer(0, "an answer without a usable Content-Length: " + text.substring(0, body)));
        } else if (text.length() >= body + length) {
            received = Buffer.buffer();
            answer(new Answer(Integer.parseInt(text.substring(9, 12)), text));
        }
    }

    private static int contentLength(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            return -1;
        }
        return Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)).strip());
    }

    private void answer(Answer answer) {
        var told = waiting;
        waiting = _ -> {};
        told.accept(answer);
    }
}
