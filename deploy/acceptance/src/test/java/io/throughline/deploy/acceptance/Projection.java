package io.throughline.deploy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One log projected into one database of its own, by as many projectors as a test starts.
///
/// @param name of the database, and of what the projectors publish
record Projection(String name, String topic, Database database) {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final String FINDINGS = """
            SELECT id, person, rule, status, verdict, content FROM throughline.finding WHERE status <> 'withdrawn' ORDER BY id, person""";

    /// What a projection amounts to, wherever, whenever and however it was reached. A withdrawn finding says only what was told before, and whether
    /// one was historic only when it was: an evaluation in the middle of a catch-up sees an earlier time.
    record Reached(JsonNode digests, long persons, long touchpoints, List<String> findings) {}

    /// An empty database for this log.
    static Projection of(String topic, String name) throws SQLException {
        return new Projection(name, topic, Servers.shared().database().create(name));
    }

    /// Starts a projector.
    ///
    /// @param process tells it from others of this projection
    ProjectorProcess start(String process, Map<String, String> settings) throws IOException {
        var environment = new HashMap<>(Stack.of(Servers.shared(), topic, database));
        environment.put("THROUGHLINE_PROJECTOR_FINDINGS_TOPIC", findingsTopic());
        // What is killed need not be waited for longer than that.
        environment.put("THROUGHLINE_PROJECTOR_SESSION_TIMEOUT", "2s");
        environment.putAll(settings);
        return ProjectorProcess.start(name + "-" + process, environment);
    }

    String findingsTopic() {
        return name + "-findings";
    }

    /// Projects and evaluates all that is on the log with a projector that nobody disturbs.
    Reached undisturbed() throws Exception {
        return undisturbed(Map.of());
    }

    Reached undisturbed(Map<String, String> settings) throws Exception {
        try (var projector = start("undisturbed", settings).awaitReady()) {
            return settle(projector);
        }
    }

    /// Waits until everything written so far is projected and evaluated; then settles.
    Reached settle(ProjectorProcess projector) throws SQLException {
        awaitCaughtUp(projector);
        return settle(projector.as("operator"), database);
    }

    /// Settles what projects into this database; it must have caught up.
    static Reached settle(Client operator, Database database) throws SQLException {
        var settled = await().atMost(LIMIT).ignoreExceptionsMatching(Stack::isOutage).until(
                () -> operator.send("/v1/status/settle", request -> request.POST(BodyPublishers.noBody())), answer -> answer.status() == 200).json();
        return new Reached(settled.path("digests"), settled.path("persons").asLong(), settled.path("touchpoints").asLong(), database.rows(FINDINGS));
    }

    JsonNode awaitCaughtUp(ProjectorProcess projector) {
        var written = Instant.now();
        return await().atMost(LIMIT).ignoreExceptionsMatching(Stack::isOutage).until(projector::status, status -> Stack.isSettled(status, written));
    }

    /// Waits until every revision that was due is published.
    void awaitTold() {
        await().atMost(LIMIT).until(() -> database.number("SELECT count(*) FROM throughline.finding_queue") == 0);
    }

    /// First offsets not projected yet, added up.
    long progress() {
        try {
            return database.number("SELECT coalesce(sum(next), 0) FROM g1.checkpoint");
        } catch (SQLException notYet) {
            return 0;
        }
    }

    /// Waits until so many records are projected.
    void awaitProgress(long records) {
        await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> progress() >= records);
    }

    /// Each event of the log has one effect, and every record is accounted for.
    LogAudit.Account audited() throws SQLException {
        return LogAudit.of(Servers.shared().broker(), topic, database);
    }

    static void areSame(Reached found, Reached expected) {
        Rows.areSame(found.findings, expected.findings);
        assertThat(found).isEqualTo(expected);
    }
}
