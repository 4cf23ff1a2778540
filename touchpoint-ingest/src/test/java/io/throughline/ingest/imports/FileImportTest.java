package io.throughline.ingest.imports;

import static io.throughline.ingest.Events.LIMITS;
import static io.throughline.ingest.Events.NOW;
import static io.throughline.ingest.Events.OPERATOR;
import static io.throughline.ingest.Events.UNREGISTERED;
import static io.throughline.ingest.Events.event;
import static io.throughline.ingest.Events.gzip;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.throughline.events.ContentHash;
import io.throughline.events.GzipStream;
import io.throughline.events.IdentitySpelling;
import io.throughline.events.log.LogRecord;
import io.throughline.ingest.Addressing;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Counted;
import io.throughline.ingest.HmacVault;
import io.throughline.ingest.MemoryLog;
import io.throughline.ingest.imports.Summary.RefusedLine;
import io.throughline.ingest.imports.Summary.Warning;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileImportTest {

    private static final int ALWAYS = Integer.MAX_VALUE;

    private final MemoryLog log = new MemoryLog();
    private final Counted tally = new Counted();

    @Test void everyLineIsAcceptedOrRefusedByItsNumber() throws Exception {
        var file = String.join("\n",
                event("e-1").toString(), "", "  ", "nonsense", event("e-2").put("time", "never").toString(), "x".repeat(2000),
                event("e-3").put("source", "/systems/crm").toString());
        var summary = run(file).summary();
        assertThat(summary).extracting(Summary::lines, Summary::accepted, Summary::refused, Summary::refusalsTruncated, Summary::bytes)
                .containsExactly(5L, 2L, 3L, false, (long) file.length());
        assertThat(summary.refusals()).extracting(RefusedLine::line, RefusedLine::id, RefusedLine::code).containsExactly(
                tuple(4L, null, "malformed-json"), tuple(5L, "e-2", "invalid-event"), tuple(6L, null, "event-too-large"));
        assertThat(log.records()).hasSize(2);
        assertThat(tally.entries).hasSize(5);
    }

    @Test void theListOfRefusalsIsBoundedAndTheirNumberIsNot() throws Exception {
        var summary = run("x\n".repeat(5)).summary();
        assertThat(summary.refusals()).hasSize(3);
        assertThat(summary.refused()).isEqualTo(5);
        assertThat(summary.refusalsTruncated()).isTrue();
    }

    @Test void aWarningIsListedOnceWithTheNumberOfItsEvents() throws Exception {
        var misspelt = event("e-1").put("type", "profile-vieved.v1");
        var summary = run(event("e-0") + "\n" + (misspelt + "\n").repeat(3) + event("e-2").put("type", "promise-kept.v1")).summary();
        assertThat(summary).extracting(Summary::accepted, Summary::warned).containsExactly(5L, 4L);
        assertThat(summary.warnings()).extracting(Warning::type, Warning::pointer, Warning::events, Warning::line).containsExactly(
                tuple("profile-vieved.v1", "/type", 3L, 2L), tuple("promise-kept.v1", "/data/promiseId", 1L, 5L));
    }

    @Test void theListOfWarningsIsBoundedAndTheirNumberIsNot() throws Exception {
        var summary = run(IntStream.range(0, 500).mapToObj(i -> event("e-" + i).put("type", "own-" + i + ".v1").put("data", i).toString())
                .collect(Collectors.joining("\n"))).summary();
        assertThat(summary.warned()).isEqualTo(500);
        assertThat(summary.warnings()).hasSize(100);
    }

    @Test void whatTheLogDoesNotAcknowledgeIsHandedOverAgain() throws Exception {
        log.failing(4);
        var ending = run(events(10));
        assertThat(ending).isInstanceOf(Ending.Complete.class);
        assertThat(ending.summary().accepted()).isEqualTo(10);
        assertThat(log.records()).hasSize(10);
    }

    @Test void whenTheLogStaysSilentTheCallerLearnsHowFarItCame() throws Exception {
        var impatient = new ImportLimits(1, 1 << 20, Duration.ZERO, Duration.ZERO, 3);
        log.failing(ALWAYS);
        var ending = run("nonsense\n" + events(5), impatient);
        assertThat(ending).isInstanceOfSatisfying(Ending.LogLost.class, lost -> assertThat(lost.acknowledgedThroughLine()).isEqualTo(1));
        assertThat(ending.summary().accepted()).isZero();
    }

    /// Far more than the window holds, so that the reading must wait for the log again and again.
    @Test void aFileOfAnyLengthPassesThroughASmallWindow() throws Exception {
        var small = new ImportLimits(1, 1 << 20, Duration.ofMinutes(1), Duration.ZERO, 3);
        log.failing(50);
        assertThat(run(events(5_000), small).summary().accepted()).isEqualTo(5_000);
    }

    @Test void aCutFileKeepsWhatWasAcceptedAndSaysFromWhichLineOnNothingWasRead() throws Exception {
        var whole = gzip(events(20_000).getBytes(UTF_8));
        var ending = run(new GzipStream(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2))), limits());
        assertThat(ending).isInstanceOfSatisfying(Ending.CutShort.class, cut -> {
            assertThat(cut.summary().accepted()).isPositive().isLessThan(20_000);
            assertThat(cut.unreadFromLine()).isEqualTo(cut.summary().accepted() + 1);
        });
        assertThat(log.records()).hasSize((int) ending.summary().accepted());
    }

    @Test void whatIsNotGzipIsNotReadAtAll() throws Exception {
        var ending = run(new GzipStream(new ByteArrayInputStream(events(2).getBytes(UTF_8))), limits());
        assertThat(ending).isInstanceOfSatisfying(Ending.CutShort.class, cut -> assertThat(cut.unreadFromLine()).isEqualTo(1));
        assertThat(log.records()).isEmpty();
    }

    static Stream<Arguments> foreign() {
        var pretty = event("e-1").toPrettyString();
        return Stream.of(
                arguments("[" + event("e-1") + "," + event("e-2") + "]", "a JSON array", UTF_8),
                arguments("\n  [\n" + event("e-1") + "\n,\n" + event("e-2") + "\n]", "a JSON array", UTF_8),
                arguments("[" + "x".repeat(100_000), "a JSON array", UTF_8),
                arguments(pretty, "JSON over several lines", UTF_8),
                arguments(pretty.replace("\n", "\r\n"), "JSON over several lines", UTF_8),
                arguments("<?xml version=\"1.0\"?>\n<events/>", "XML", UTF_8),
                arguments("id,source,type\n1,/a,b\n", "a table of values (CSV)", UTF_8),
                arguments("\"id\";\"source\"\n", "a table of values (CSV)", UTF_8),
                arguments("id\tsource\n", "a table of values (CSV)", UTF_8),
                arguments("\ufeff" + event("e-1"), "text in UTF-16", UTF_16LE),
                arguments(event("e-1").toString(), "text in UTF-16", UTF_16LE),
                arguments(event("e-1").toString(), "text in UTF-16", UTF_16BE),
                arguments("PK\u0003\u0004rest", "a zip archive", ISO_8859_1),
                arguments(new String(gzip(event("e-1").toString().getBytes(UTF_8)), ISO_8859_1), "compressed with gzip", ISO_8859_1),
                arguments("BZh91AY", "compressed with another program", ISO_8859_1),
                arguments("PAR1x", "a binary file of columns", ISO_8859_1));
    }

    @ParameterizedTest @MethodSource("foreign")
    void whatIsNotOneEventALineIsNamedAndNothingOfItTaken(String file, String description, Charset charset) throws Exception {
        var ending = run(new ByteArrayInputStream(file.getBytes(charset)), limits());
        assertThat(ending).isInstanceOfSatisfying(Ending.OtherFormat.class, other -> assertThat(other.description()).startsWith(description));
        assertThat(ending.summary().accepted()).isZero();
        assertThat(log.records()).isEmpty();
    }

    @ParameterizedTest @ValueSource(strings = {"nonsense", "{\"id\": 1, \"a\": [", "{}", "42", "\"a text\"", "null"})
    void aWrongFirstLineAloneIsRefusedByItself(String line) throws Exception {
        var summary = run(line + "\n" + event("e-1")).summary();
        assertThat(summary).extracting(Summary::accepted, Summary::refused).containsExactly(1L, 1L);
    }

    @Test void aByteOrderMarkIsPassedOver() throws Exception {
        var ending = run("\ufeff" + event("e-1") + "\r\n\ufeff" + event("e-2") + "\r\n");
        assertThat(ending.summary()).extracting(Summary::accepted, Summary::refused).containsExactly(2L, 0L);
    }

    @Test void anEventOfTheLargestSizeIsTakenWithEveryEndOfLine() throws Exception {
        var event = event("e-1").put("data", "");
        event.put("data", "x".repeat(LIMITS.eventBytes() - event.toString().length()));
        assertThat(run(event + "\n" + event + "\r\n\ufeff" + event + "\r\n").summary().accepted()).isEqualTo(3);
        assertThat(run(event + " \r\n").summary().refusals()).extracting(RefusedLine::code).containsExactly("event-too-large");
    }

    @Test void equalReasonsAreCountedTogetherTheMostFrequentFirst() throws Exception {
        var summary = run("{}x\n" + "{\n".repeat(1) + ("nonsense\n" + event("e") + "\n").repeat(50) + "nonsense").summary();
        assertThat(summary.reasons().getFirst()).extracting(Summary.RefusalReason::code, Summary.RefusalReason::lines, Summary.RefusalReason::firstLine)
                .containsExactly("malformed-json", 51L, 3L);
        assertThat(summary.reasons().stream().mapToLong(Summary.RefusalReason::lines).sum()).isEqualTo(summary.refused());
    }

    @Test void aGzipFilePaddedWithZerosIsWhole() throws Exception {
        var file = gzip(events(3).getBytes(UTF_8));
        var stream = new GzipStream(new ByteArrayInputStream(Arrays.copyOf(file, file.length + 512)));
        assertThat(run(stream, limits())).isInstanceOf(Ending.Complete.class).extracting(ending -> ending.summary().accepted()).isEqualTo(3L);
        assertThat(stream.passedOver()).isFalse();
    }

    /// As a command sends it that cuts a file: lines have the numbers of the file, and no part is taken for a file of another format.
    @Test void aPartOfAFileIsNumberedFromItsFirstLine() throws Exception {
        var part = run(new ByteArrayInputStream(("[]\n" + event("e-1") + "\n\nnonsense\n").getBytes(UTF_8)), limits(), 1_001);
        assertThat(part.summary()).extracting(Summary::lines, Summary::accepted, Summary::refused).containsExactly(3L, 1L, 2L);
        assertThat(part.summary().refusals()).extracting(RefusedLine::line).containsExactly(1_001L, 1_004L);
        assertThat(part.summary().reasons()).extracting(Summary.RefusalReason::firstLine).contains(1_001L);
        assertThat(run(new GzipStream(new ByteArrayInputStream(new byte[] {1, 2, 3})), limits(), 1_001))
                .isInstanceOfSatisfying(Ending.CutShort.class, cut -> assertThat(cut.unreadFromLine()).isEqualTo(1_001));
    }

    /// All of an import is recorded at once: for an event that does not say when the company knew, that is unknown.
    @ParameterizedTest @CsvSource({"UNKNOWN, unknown", "OCCURRED, 2026-03-02T18:12:00Z"})
    void anImportSaysWhenTheCompanyKnewWhereItsEventsDoNot(KnownByDefault known, String expected) throws Exception {
        var lines = event("e-1") + "\n" + event("e-2").put("knowntime", "2026-03-02T19:00:00Z") + "\n" + event("e-3").put("knowntime", "unknown");
        run(new ByteArrayInputStream(lines.getBytes(UTF_8)), limits(), known);
        assertThat(log.records()).extracting(FileImportTest::knownTime).containsExactly(expected, "2026-03-02T19:00:00Z", "unknown");
    }

    /// What was sent is the content: a file sent again, by another door or with another default, is the same.
    @Test void whatAnImportAddsIsNotContent() throws Exception {
        run(new ByteArrayInputStream(event("e-1").toString().getBytes(UTF_8)), limits(), KnownByDefault.OCCURRED);
        run(event("e-1").toString());
        assertThat(log.records()).extracting(record -> header(record, "ce_contenthash")).containsOnly(ContentHash.of(event("e-1")).toString());
    }

    private static String knownTime(LogRecord record) {
        return header(record, "ce_knowntime");
    }

    private static String header(LogRecord record, String name) {
        return record.headers().stream().filter(header -> header.name().equals(name)).map(header -> new String(header.value(), UTF_8)).collect(Collectors.joining());
    }

    private static String events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event("e-" + i).put("subject", "customer:" + i).toString()).collect(Collectors.joining("\n"));
    }

    private static ImportLimits limits() {
        return new ImportLimits(1, 1 << 20, Duration.ofMinutes(1), Duration.ZERO, 3);
    }

    private Ending run(String file) throws InterruptedException {
        return run(file, limits());
    }

    private Ending run(String file, ImportLimits limits) throws InterruptedException {
        return run(new ByteArrayInputStream(file.getBytes(UTF_8)), limits);
    }

    private Ending run(InputStream body, ImportLimits limits) throws InterruptedException {
        return run(body, limits, 1);
    }

    private Ending run(InputStream body, ImportLimits limits, long firstLine) throws InterruptedException {
        return run(body, limits, KnownByDefault.UNKNOWN, firstLine);
    }

    private Ending run(InputStream body, ImportLimits limits, KnownByDefault known) throws InterruptedException {
        return run(body, limits, known, 1);
    }

    private Ending run(InputStream body, ImportLimits limits, KnownByDefault known, long firstLine) throws InterruptedException {
        var tools = new FileImport.Tools(new Admission(LIMITS, UNREGISTERED), new Addressing(new HmacVault("00".repeat(32), IdentitySpelling.DEFAULT)), log, tally, () -> NOW);
        return new FileImport(tools, limits, LIMITS.eventBytes(), OPERATOR, known, body, firstLine).run();
    }
}
