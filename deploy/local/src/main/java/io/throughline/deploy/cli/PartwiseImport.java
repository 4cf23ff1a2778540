package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Hands in a file part by part, so that every refused line can be kept, whatever their number, and a service that is started again meanwhile costs
/// seconds, not the import.
final class PartwiseImport {
    static final int PART_BYTES = 2 << 20;
    /// Among so many lines an accepted one is looked for, for an example.
    private static final int LOOKED_AT = 1_000;
    /// Before a part is sent again that was not taken.
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(10),
            Duration.ofSeconds(20), Duration.ofSeconds(30));
    private static final int UNAVAILABLE = 503;

    /// Learns how far it is.
    interface Progress {
        void settled(long lines);

        /// @param why in words
        void waiting(long lines, String why);
    }

    private final Api api;
    private final boolean compressed;
    private final boolean knownWhenOccurred;
    private final RefusedLines refusedLines;
    private final Progress progress;
    private final ImportTotals totals = new ImportTotals();
    /// Lines of a part; as few as an answer lists refusals, once one did not list them all.
    private int most = Integer.MAX_VALUE;
    private String subject;

    /// @param compressed whether parts travel in gzip
    /// @param knownWhenOccurred whether the company knew of an event when it occurred, where the event does not say
    /// @param refusedLines where refused lines go; `null` where they are not kept
    PartwiseImport(Api api, boolean compressed, boolean knownWhenOccurred, RefusedLines refusedLines, Progress progress) {
        this.api = api;
        this.compressed = compressed;
        this.knownWhenOccurred = knownWhenOccurred;
        this.refusedLines = refusedLines;
        this.progress = progress;
    }

    /// @throws IOException where a part cannot be handed in, with how far it came
    void run(FileParts parts) throws IOException {
        progress.settled(0);
        for (var part = parts.next(); part != null; part = parts.next()) {
            settle(part, parts);
            progress.settled(totals.lines());
        }
    }

    ImportTotals totals() {
        return totals;
    }

    /// Of one of the accepted events, for an example.
    Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    private void settle(FileParts.Part whole, FileParts parts) throws IOException {
        for (var part : whole.cut(most)) {
            var summary = send(part);
            if (summary.path("refusalsTruncated").asBoolean()) {
                // What was accepted of it is sent once more, which has no effect.
                most = Math.max(1, summary.path("refusals").size());
                settle(part, parts);
                continue;
            }
            totals.add(summary);
            keep(part, summary.path("refusals"), parts);
            if (subject == null) {
                subject = subjectOf(part, summary.path("refusals"));
            }
        }
    }

    private void keep(FileParts.Part part, JsonNode refusals, FileParts parts) throws IOException {
        if (refusedLines == null || refusals.isEmpty()) {
            return;
        }
        var lines = part.lines();
        for (var refusal : refusals) {
            long number = refusal.path("line").asLong();
            refusedLines.add(lines.get((int) (number - part.firstLine())), number, refusal.path("code").asText() + ": " + refusal.path("detail").asText(),
                    part.unfinished() ? parts::rest : RefusedLines.NOTHING);
        }
        refusedLines.flush();
    }

    private static String subjectOf(FileParts.Part part, JsonNode refusals) {
        var refused = refusals.valueStream().map(refusal -> refusal.path("line").asLong()).toList();
        var first = part.cut(1).stream().limit(LOOKED_AT).filter(line -> !refused.contains(line.firstLine()) && line.text().length > 2).findFirst();
        try {
            return first.isEmpty() ? null : Api.JSON.readTree(first.get().text()).path("subject").asText(null);
        } catch (IOException _) {
            return null;
        }
    }

    /// A part that was not taken is sent again for about a minute; the first one is not waited for.
    private JsonNode send(FileParts.Part part) throws IOException {
        for (int tries = 0; ; tries++) {
            try {
                return api.post("/v1/imports?line=" + part.firstLine() + (knownWhenOccurred ? "&known=occurred" : ""), "application/x-ndjson", compressed ? "gzip" : null,
                        HttpRequest.BodyPublishers.ofByteArray(compressed ? gzip(part.text()) : part.text()));
            } catch (InterruptedIOException stopped) {
                throw stopped;
            } catch (IOException failure) {
                boolean passes = !(failure instanceof Api.Refused refused) || refused.status() == UNAVAILABLE;
                if (part.firstLine() == 1) {
                    throw failure;
                }
                if (!passes || tries == PAUSES.size()) {
                    throw new IOException("%s%nUp to line %,d every line is accepted or refused. Import the whole file again: what is there already has no effect."
                            .formatted(failure.getMessage(), part.firstLine() - 1), failure);
                }
                progress.waiting(totals.lines(), failure.getMessage());
                pause(PAUSES.get(tries));
            }
        }
    }

    private static void pause(Duration pause) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted during an import");
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        var out = new ByteArrayOutputStream(text.length / 4);
        try (var gzip = new GZIPOutputStream(out, 64 * 1024) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            gzip.write(text);
        }
        return out.toByteArray();
    }
}
