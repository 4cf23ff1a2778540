package io.throughline.deploy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The projector is killed again and again while 60,000 events come in, and the stack starts it again:
/// nothing is lost, nothing doubled, and the findings are those of a run that nobody disturbed.
@TestMethodOrder(OrderAnnotation.class)
class CrashTest {
    private static final int EVENTS = 60_000;
    private static final int PORTION = 10_000;
    private static final int KILLS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String TOPIC = "crash";

    private static final String PROGRESS = "SELECT coalesce(sum(next), 0) FROM g1.checkpoint";
    private static final String TOUCHPOINTS = "SELECT token, event_key, content_hash, log_partition, log_offset FROM g1.touchpoint ORDER BY event_key";
    private static final String TOLD = "SELECT id, revision, changed_at FROM throughline.finding ORDER BY id, person";

    @RegisterExtension
    static final FaultTable TABLE = new FaultTable();

    private static FaultTable.Fault fault;
    private static List<String> lines;
    private static Database database;
    private static Map<String, String> settings;
    private static Stack stack;
    private static JsonNode summary;
    private static JsonNode status;

    @BeforeAll
    static void importWhileKilling() throws Exception {
        fault = FaultTable.fault(2, "projector killed during an import");
        lines = read();
        var rules = DataSet.of("road_fines_2000").rules(DeclareRule.Reading.OPEN).stream().filter(rule -> rule.pattern().equals("response"));
        // Small batches: more transactions to be killed in.
        settings = Map.of("THROUGHLINE_RULES", DeclareRule.write(Project.scratch("crash-rules"), rules).toString(),
                "THROUGHLINE_PROJECTOR_BATCH_SIZE", "500");
        stack = Stack.shortLived(Servers.shared(), TOPIC, settings);
        database = Servers.shared().database().on(TOPIC);
        Phase.begins(CrashTest.class, "imports %,d events and kills the projector %d times meanwhile", EVENTS, KILLS);
        var begun = Instant.now();
        var body = new ReleasedBody();
        var answer = CompletableFuture.supplyAsync(() -> stack.as("operator").send("/v1/imports", request -> request
                .timeout(LIMIT.multipliedBy(KILLS)).header("Content-Type", "application/x-ndjson").POST(BodyPublishers.ofInputStream(body::stream))),
                Thread.ofVirtual()::start);
        killWhileReleasing(body, answer);
        summary = answer.join().with(200).json();
        var ended = Instant.now();
        fault.load(EVENTS, Duration.between(begun, ended));
        status = stack.settled();
        fault.recovered(ended);
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    private static List<String> read() throws IOException {
        try (var lines = DataSet.lines(DataSet.log("road_fines"))) {
            return lines.limit(EVENTS).toList();
        }
    }

    /// The import is always at least one portion ahead of the projector when that is killed, and cannot end before the last kill.
    private static void killWhileReleasing(ReleasedBody body, CompletableFuture<?> answer) throws SQLException {
        var random = Seed.random(CrashTest.class);
        var portions = lines.stream().gather(Gatherers.windowFixed(PORTION)).toList();
        body.release(portions.getFirst());
        long killed = 0;
        long reached = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            body.release(portions.get(kill + 1));
            // Further than the last one came, however late that was killed.
            long moment = Math.max((long) kill * PORTION + random.nextInt(PORTION), reached + 1);
            await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> database.number(PROGRESS) >= moment);
            var projector = startedAfter(killed);
            projector.destroyForcibly();
            killed = projector.pid();
            reached = database.number(PROGRESS);
            System.out.printf("CrashTest: killed projector %d at %d (asked for %d)%n", killed, reached, moment);
            assertThat(answer).isNotDone();
        }
        portions.stream().skip(KILLS + 1L).forEach(body::release);
        body.end();
    }

    /// What the last one had under way may be committed after it was killed, and the supervisor need not know yet that it was.
    private static ProcessHandle startedAfter(long killed) {
        await().atMost(LIMIT).until(() -> stack.member("projector").pid() != killed);
        return ProcessHandle.of(stack.member("projector").pid()).orElseThrow();
    }

    @Test
    @Order(1)
    void itWasKilledAndStartedAgain() {
        assertThat(stack.member("projector").restarts()).isEqualTo(KILLS);
        assertThat(stack.member("ingest").restarts()).isZero();
    }

    @Test
    @Order(2)
    void everyLineIsInAJourneyOnce() throws SQLException {
        assertThat(summary.path("accepted").asLong()).isEqualTo(EVENTS);
        assertThat(status.path("touchpoints").asLong()).isEqualTo(EVENTS);
        assertThat(database.number("SELECT count(*) FROM g1.touchpoint")).isEqualTo(EVENTS);
        assertThat(database.number("SELECT count(DISTINCT (source, id)) FROM g1.touchpoint")).isEqualTo(EVENTS);
        assertThat(database.number("SELECT count(DISTINCT token) FROM g1.touchpoint")).isEqualTo(status.path("journeys").asLong());
    }

    @Test
    @Order(3)
    void thePartitionsAccountForEveryRecord() {
        assertThat(sum("projected")).isEqualTo(EVENTS);
        assertThat(sum("duplicates") + sum("conflicts") + sum("control") + sum("unreadable")).isZero();
        Ledger.isBalanced(status);
    }

    @Test
    @Order(4)
    void theWholeImportAgainIsDuplicates() throws Exception {
        var touchpoints = database.rows(TOUCHPOINTS);
        var told = database.rows(TOLD);
        Phase.begins(CrashTest.class, "imports them a second time");
        var again = stack.as("operator").send("/v1/imports", request -> request
                .timeout(LIMIT).header("Content-Type", "application/x-ndjson").POST(BodyPublishers.ofString(String.join("\n", lines)))).with(200).json();
        assertThat(again.path("accepted").asLong()).isEqualTo(EVENTS);
        status = stack.settled();
        assertThat(sum("projected")).isEqualTo(EVENTS);
        assertThat(sum("duplicates")).isEqualTo(EVENTS);
        Ledger.isBalanced(status);
        Rows.areSame(database.rows(TOUCHPOINTS), touchpoints);
        Rows.areSame(database.rows(TOLD), told);
    }

    /// The same log, projected into an empty database by a projector that nobody kills.
    @Test
    @Order(5)
    void anUndisturbedRunTellsTheSame() throws Exception {
        var reached = Projection.settle(stack.as("operator"), database);
        assertThat(reached.findings()).isNotEmpty();
        Phase.begins(CrashTest.class, "projects the whole log a second time, undisturbed");
        var undisturbed = Projection.of(TOPIC, "crash-undisturbed");
        Projection.areSame(reached, undisturbed.undisturbed(settings));
        Rows.areSame(database.rows(TOUCHPOINTS), undisturbed.database().rows(TOUCHPOINTS));
        fault.held(LogAudit.of(Servers.shared().broker(), TOPIC, database));
    }

    private static long sum(String count) {
        return status.path("checkpoints").findValues(count).stream().mapToLong(JsonNode::asLong).sum();
    }

    /// A body that is sent as it is released, portion by portion.
    private static final class ReleasedBody {
        private static final InputStream END = InputStream.nullInputStream();

        private final BlockingQueue<InputStream> released = new LinkedBlockingQueue<>();

        void release(List<String> portion) {
            released.add(new ByteArrayInputStream((String.join("\n", portion) + "\n").getBytes(UTF_8)));
        }

        void end() {
            released.add(END);
        }

        InputStream stream() {
            return new SequenceInputStream(new Enumeration<>() {
                private InputStream next;

                @Override
                public boolean hasMoreElements() {
                    try {
                        next = next == null ? released.take() : next;
                        return next != END;
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                }

                @Override
                public InputStream nextElement() {
                    var element = next;
                    next = null;
                    return element;
                }
            });
        }
    }
}
