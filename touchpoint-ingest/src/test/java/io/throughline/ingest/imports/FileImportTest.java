package io.throughline.ingest.imports;

import static io.throughline.ingest.Events.LIMITS;
import static io.throughline.ingest.Events.NOW;
import static io.throughline.ingest.Events.OPERATOR;
import static io.throughline.ingest.Events.UNREGISTERED;
import static io.throughline.ingest.Events.event;
import static io.throughline.ingest.Events.gzip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.events.IdentitySpelling;
import io.throughline.ingest.Addressing;
import io.throughline.ingest.Admission;
import io.throughline.ingest.Counted;
import io.throughline.ingest.Gzip;
import io.throughline.ingest.HmacVault;
import io.throughline.ingest.MemoryLog;
import io.throughline.ingest.imports.Summary.RefusedLine;
import io.throughline.ingest.imports.Summary.Warning;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
        var ending = run(Gzip.stream(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2))), limits());
        assertThat(ending).isInstanceOfSatisfying(Ending.CutShort.class, cut -> {
            assertThat(cut.summary().accepted()).isPositive().isLessThan(20_000);
            assertThat(cut.unreadFromLine()).isEqualTo(cut.summary().accepted() + 1);
        });
        assertThat(log.records()).hasSize((int) ending.summary().accepted());
    }

    @Test void whatIsNotGzipIsNotReadAtAll() throws Exception {
        var ending = run(Gzip.stream(new ByteArrayInputStream(events(2).getBytes(UTF_8))), limits());
        assertThat(ending).isInstanceOfSatisfying(Ending.CutShort.class, cut -> assertThat(cut.unreadFromLine()).isEqualTo(1));
        assertThat(log.records()).isEmpty();
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
        var tools = new FileImport.Tools(new Admission(LIMITS, UNREGISTERED), new Addressing(new HmacVault("00".repeat(32), IdentitySpelling.DEFAULT)), log, tally, () -> NOW);
        return new FileImport(tools, limits, LIMITS.eventBytes(), OPERATOR, body).run();
    }
}
