package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Follows findings as they are published. When the connection is lost it goes on where it was.
final class FindingStream {
    private static final long COME_BACK_SECONDS = 2;

    private final Api api;
    private final Map<String, String> parameters;
    private String last;
    private Iterator<String> lines;

    /// Begins with what is published from now on.
    FindingStream(Api api, Map<String, String> parameters) throws IOException {
        this.api = api;
        this.parameters = parameters;
        connect();
    }

    private void connect() throws IOException {
        var headers = new HashMap<>(Map.of("Accept", "text/event-stream"));
        if (last != null) {
            headers.put("Last-Event-ID", last);
        }
        lines = api.lines("/v1/findings/stream", parameters, headers).iterator();
    }

    /// Goes on until it is refused or interrupted.
    void follow(Consumer<JsonNode> each) throws IOException, InterruptedException {
        while (true) {
            try {
                while (lines.hasNext()) {
                    take(lines.next(), each);
                }
            } catch (UncheckedIOException lost) {
                // as at the end of the lines
            }
            reconnect();
        }
    }

    private void take(String line, Consumer<JsonNode> each) throws IOException {
        if (line.startsWith("id:")) {
            last = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
            each.accept(Api.JSON.readTree(line.substring(5)));
        }
    }

    private void reconnect() throws IOException, InterruptedException {
        while (true) {
            TimeUnit.SECONDS.sleep(COME_BACK_SECONDS);
            try {
                connect();
                return;
            } catch (Api.Refused refused) {
                if (refused.status() < 500) {
                    throw refused;
                }
            } catch (IOException lost) {
                // not there yet
            }
        }
    }
}
