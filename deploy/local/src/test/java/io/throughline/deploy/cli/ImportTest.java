package io.throughline.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are handed in, against a service that refuses every line with `bad` in it, for the first word of the line, and lists some refusals at most.
class ImportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PartwiseImport.Progress SILENT = new PartwiseImport.Progress() {
        @Override
        public void settled(long lines) {
            // not looked at
        }

        @Override
        public void waiting(long lines, String why) {
            // not looked at
        }
    };

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    /// Every line that was accepted, by its number.
    private final HashMap<Long, String> accepted = new HashMap<>();
    private final AtomicInteger unavailable = new AtomicInteger();
    private volatile int listed = 1_000;
    private HttpServer service;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/v1/imports", this::answer);
        service.start();
        Files.writeString(Files.createDirectory(folder.resolve("var")).resolve("credentials.json"),
                "{ \"baseUrl\": \"%s\", \"tokens\": { \"operator\": \"o\" }, \"sources\": {} }".formatted(url()));
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + service.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            long number = Long.parseLong(exchange.getRequestURI().getQuery().substring("line=".length())) - 1;
            if (number > 0 && unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            var body = (gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()).readAllBytes();
            var summary = JSON.createObjectNode();
            var refusals = summary.putArray("refusals");
            var reasons = new HashMap<String, Integer>();
            long lines = 0;
            for (var line : new String(body, UTF_8).split("\n")) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                lines++;
                if (!line.contains("bad")) {
                    accepted.put(number, line);
                } else {
                    var reason = line.strip().split(" ", 2)[0];
                    reasons.merge(reason, 1, Integer::sum);
                    if (refusals.size() < listed) {
                        refusals.addObject().put("line", number).put("code", "invalid-event").put("detail", reason);
                    }
                }
            }
            long refused = reasons.values().stream().mapToInt(Integer::intValue).sum();
            var counted = summary.put("lines", lines).put("accepted", lines - refused).put("refused", refused)
                    .put("refusalsTruncated", refused > refusals.size()).putArray("reasons");
            reasons.forEach((reason, count) -> counted.addObject().put("code", "invalid-event").put("detail", reason).put("lines", count).put("firstLine", 1));
            var answer = summary.toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private int run(String... words) {
        said.reset();
        var stream = new PrintStream(said, true, UTF_8);
        var all = new ArrayList<>(List.of("import", "--var", folder.resolve("var").toString()));
        all.addAll(List.of(words));
        return CommandLineInterface.run(new Terminal(stream, stream, 0), all.toArray(String[]::new));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void refusedLinesAreKeptAsTheyWereAndMendedOnesCanBeSent() throws IOException {
        var file = file("events.ndjson", "{\"subject\":\"customer:4711\"}\r\n\n\ufeffbad one \u00e9\r\ngood\n  bad two");
        assertThat(run(file.toString())).isEqualTo(ExitCode.NOT_SO);
        assertThat(folder.resolve("events.refused.ndjson")).hasContent("\ufeffbad one \u00e9\r\n  bad two\n");
        assertThat(Files.getPosixFilePermissions(folder.resolve("events.refused.ndjson"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("events.refused.reasons.txt")).content().endsWith("1\t3\tinvalid-event: \uFFFDbad\n2\t5\tinvalid-event: bad\n");
        assertThat(said.toString(UTF_8)).contains("4 lines: 2 accepted, 2 refused", "./throughline import " + folder.resolve("events.refused.ndjson"),
                "./throughline status", "./throughline journey customer:4711");

        assertThat(run(folder.resolve("events.refused.ndjson").toString())).isEqualTo(ExitCode.NOT_SO);
        assertThat(said.toString(UTF_8)).contains("events.refused-2.ndjson");
        assertThat(folder.resolve("events.refused-2.ndjson")).hasSameBinaryContentAs(folder.resolve("events.refused.ndjson"));
        assertThat(run(file("mended.ndjson", "good").toString())).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("mended.refused.ndjson")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 7})
    void moreRefusedLinesThanOneAnswerListsAreAllHadBack(int most) throws IOException {
        listed = most;
        var lines = IntStream.range(0, 5_000).mapToObj(i -> i % 2 == 0 ? "good " + i : "bad" + i % 3 + " " + i).toList();
        assertThat(run(file("many.json", String.join("\n", lines)).toString())).isEqualTo(ExitCode.NOT_SO);
        assertThat(said.toString(UTF_8)).contains("5,000 lines: 2,500 accepted, 2,500 refused");
        assertThat(Files.readAllLines(folder.resolve("many.refused.ndjson"))).isEqualTo(lines.stream().filter(line -> line.startsWith("bad")).toList());
        assertThat(accepted).hasSize(2_500).containsEntry(4_999L, "good 4998");
        assertThat(Files.readAllLines(folder.resolve("many.refused.reasons.txt")).getLast()).startsWith("2500\t5000\tinvalid-event: bad");
    }

    @Test
    void aFileIsWrittenWhereItIsAskedForAndNeverOverAnother() throws IOException {
        var file = file("events", "bad");
        var kept = folder.resolve("kept");
        assertThat(run(file.toString(), "--refused", kept.toString())).isEqualTo(ExitCode.NOT_SO);
        assertThat(kept).hasContent("bad\n");
        assertThat(run(file.toString(), "--refused", kept.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(said.toString(UTF_8)).contains("is there already", "--refused FILE");
        assertThat(run(file.toString(), "--refused", folder.resolve("none/kept").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run(folder.resolve("events").toString(), "--json")).isEqualTo(ExitCode.NOT_SO);
        assertThat(JSON.readTree(said.toString(UTF_8)).path("refused").asInt()).isEqualTo(1);
    }

    @Test
    void ofACutFileIsSaidFromWhichLineOnNothingWasRead() throws IOException {
        var whole = gzip(new Random(7).ints(20_000).mapToObj(i -> "good " + i).collect(Collectors.joining("\n")));
        var file = Files.write(folder.resolve("cut.ndjson.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertThat(run(file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(accepted).isNotEmpty();
        assertThat(said.toString(UTF_8)).contains("from line %,d on nothing was read".formatted(accepted.size() + 1));
        assertThat(run(Files.write(folder.resolve("whole.gz"), whole).toString())).isEqualTo(ExitCode.DONE);
        assertThat(accepted).hasSize(20_000);
    }

    @Test
    void aPartThatIsNotTakenForAMomentIsSentAgain() throws IOException {
        unavailable.set(1);
        var parts = new FileParts(new ByteArrayInputStream("good 1\ngood 2\nbad 3\ngood 4\n".getBytes(UTF_8)), 16);
        var sending = new PartwiseImport(new Api(url(), "o"), false, false, null, SILENT);
        sending.run(parts);
        assertThat(accepted).hasSize(3).containsEntry(4L, "good 4");
        assertThat(sending.totals().toJson(1).path("lines").asLong()).isEqualTo(4);
    }

    @Test
    void whatAnImportCannotDoItSaysAtOnce() {
        service.removeContext("/v1/imports");
        var parts = new FileParts(new ByteArrayInputStream("good".getBytes(UTF_8)), 16);
        assertThatThrownBy(() -> new PartwiseImport(new Api(url(), "o"), false, false, null, SILENT).run(parts)).isInstanceOf(Api.Refused.class);
    }

    /// Whatever the sizes of lines and parts: what is cut is the file, and each part knows where it begins.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void partsAreTheFile(long seed) throws IOException {
        var random = new Random(seed);
        var lines = IntStream.range(0, 50).mapToObj(_ -> "x".repeat(random.nextInt(30))).toList();
        var file = String.join("\n", lines) + (random.nextBoolean() ? "\n" : "");
        var parts = new FileParts(new ByteArrayInputStream(file.getBytes(UTF_8)), 1 + random.nextInt(25));
        var whole = new ByteArrayOutputStream();
        for (var part = parts.next(); part != null; part = parts.next()) {
            long begun = whole.toString(UTF_8).chars().filter(c -> c == '\n').count() + 1;
            assertThat(part.firstLine()).as("seed %d", seed).isEqualTo(begun);
            var joined = new ByteArrayOutputStream();
            for (var line : part.lines()) {
                joined.write(line);
            }
            assertThat(joined.toByteArray()).isEqualTo(part.text());
            whole.write(part.text());
            if (part.unfinished()) {
                parts.rest(whole);
            }
        }
        assertThat(whole.toString(UTF_8)).as("seed %d", seed).isEqualTo(file);
    }

    @Test
    void aLineLongerThanAPartIsKeptWhole() throws IOException {
        var giant = "bad " + "x".repeat(100);
        var kept = RefusedLines.in(folder.resolve("giant"));
        try (kept) {
            new PartwiseImport(new Api(url(), "o"), false, false, kept, SILENT)
                    .run(new FileParts(new ByteArrayInputStream(("good\n" + giant + "\ngood\n" + giant).getBytes(UTF_8)), 32));
        }
        assertThat(folder.resolve("giant")).hasContent(giant + "\n" + giant + "\n");
        assertThat(accepted).containsOnlyKeys(1L, 3L);
    }

    @Test
    void progressNamesShareAndRate() {
        var progress = new ImportProgress(null, 20_000_000, () -> 5_000_000, Instant.EPOCH);
        assertThat(progress.words(30_000, Duration.ofSeconds(2))).isEqualTo("MB imported, 25 %, 15,000 lines/s");
        assertThat(new ImportProgress(null, 0, () -> 5, Instant.EPOCH).words(2, Duration.ofSeconds(1))).isEqualTo("MB imported, 2 lines/s");
    }
}
