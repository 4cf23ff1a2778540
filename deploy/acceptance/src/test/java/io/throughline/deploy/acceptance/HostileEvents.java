package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Events that ingest permits, many or large.
final class HostileEvents {
    /// Ingest takes batches of 5 MiB and 10,000 events.
    private static final int MAX_BYTES = 5 * 1024 * 1024 - 64 * 1024;
    private static final int MAX_EVENTS = 5_000;

    private HostileEvents() {}

    /// The body of one request.
    record Batch(int events, byte[] body) {}

    static List<ObjectNode> events(int count, IntFunction<ObjectNode> each) {
        return IntStream.range(0, count).mapToObj(each).toList();
    }

    /// An event whose data are one text.
    static ObjectNode withText(String source, String id, String type, String subject, Instant time, String text) {
        var event = Events.event(source, id, type, subject, time);
        event.putObject("data").put("topic", "terms").put("text", text).put("value", text);
        return event;
    }

    /// Letters by chance: a third is left of them when they are packed.
    static String letters(Random random, int length) {
        var text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = (char) ('a' + random.nextInt(26));
        }
        return new String(text);
    }

    /// As few requests as may be, packed as channels pack.
    static List<Batch> batches(List<? extends JsonNode> events) {
        var batches = new ArrayList<Batch>();
        var body = new ByteArrayOutputStream();
        int count = 0;
        for (var event : events) {
            var json = event.toString().getBytes(UTF_8);
            if (count > 0 && (body.size() + json.length > MAX_BYTES || count == MAX_EVENTS)) {
                batches.add(closed(count, body));
                count = 0;
            }
            body.write(count == 0 ? '[' : ',');
            body.writeBytes(json);
            count++;
        }
        batches.add(closed(count, body));
        return batches;
    }

    private static Batch closed(int events, ByteArrayOutputStream body) {
        body.write(']');
        var batch = new Batch(events, gzip(body.toByteArray()));
        body.reset();
        return batch;
    }

    static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes) {{
            def.setLevel(Deflater.BEST_SPEED);
        }}) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
