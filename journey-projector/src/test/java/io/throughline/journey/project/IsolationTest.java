package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.event;
import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Token;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.query.Room;
import io.throughline.journey.query.SetAside;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rulebook.Rules;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.PostgresRetries;
import io.throughline.journey.store.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A person whose evaluation fails, or is heavy, keeps no other person waiting.
class IsolationTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final int PERSONS = 20;
    private static final Token BAD = person(7);
    /// Each page view is a violation, so that each person has a finding.
    private static final String RULE = "{ id: unviewed, pattern: absence, forbid: { type: page-viewed.v1 } }";

    private Database database;
    private PostgresJourneys journeys;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        journeys = new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of);
        var store = new PostgresProjectionStore(database, "touchpoints");
        store.register(1);
        var checkpoint = store.take(List.of(0)).getFirst();
        var records = new ArrayList<Decoded>();
        for (int i = 0; i < PERSONS; i++) {
            records.add(event(i, "e-" + i, 1, at(i), RECORDED));
        }
        store.project(List.of(new Advance(0, 0, PERSONS, checkpoint.epoch(), PERSONS, RECORDED, RECORDED)), BatchPlan.of(records));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPersonWhoseFindingTheStoreRefusesIsSetAsideAndTheOthersAreEvaluated() {
        TestDatabase.run(database, "ALTER TABLE throughline.finding ADD CONSTRAINT no_such CHECK (person <> '%s')".formatted(BAD.value()));
        evaluate(Share.usual(0, 1));
        othersHaveTheirFinding();
        assertThat(setAside()).singleElement().satisfies(one -> {
            assertThat(one.person()).isEqualTo(BAD);
            assertThat(one.failures()).isEqualTo(1);
            assertThat(one.reason()).contains("no_such");
        });
        assertThat(waiting()).as("it is no reason for others to wait").isZero();

        TestDatabase.run(database, "ALTER TABLE throughline.finding DROP CONSTRAINT no_such");
        evaluate(Share.ofThoseApart());
        assertThat(findings(BAD)).as("still pausing").isEmpty();
        assertThat(new PostgresRetries(database).retry(BAD)).isEqualTo(1);
        evaluate(Share.ofThoseApart());
        assertThat(findings(BAD)).hasSize(1);
        assertThat(setAside()).isEmpty();
    }

    @Test
    void pausesGrowWithEachFailure() {
        var evaluations = new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1));
        var pauses = new ArrayList<Long>();
        for (int i = 0; i < 14; i++) {
            evaluations.setAside(BAD, "reason");
            pauses.add(TestDatabase.run(database, "SELECT ceil(extract(epoch FROM not_before - clock_timestamp()))::bigint FROM person WHERE failures > 0")
                    .iterator().next().getLong(0));
        }
        assertThat(pauses).isSorted().first().isEqualTo((long) Evaluations.FIRST_PAUSE_SECONDS);
        assertThat(pauses).last().isEqualTo((long) Evaluations.MOST_PAUSE_SECONDS);
    }

    @Test
    void aHeavyJourneyIsLeftToTheEvaluatorOfThoseApart() {
        TestDatabase.run(database, """
                INSERT INTO touchpoint (token, event_key, content_hash, occurred_at, recorded_at, log_offset, log_partition, utc_offset, namespace, source, id, type)
                SELECT $1, gen_random_uuid(), gen_random_uuid(), $2::timestamptz - n * interval '1 second', $2, 1000 + n, 0, 0, 'customer', '/s', 'h-' || n, 'x.v1'
                  FROM generate_series(1, $3) n""", BAD.value(), RECORDED.atOffset(ZoneOffset.UTC), Share.HEAVY);
        evaluate(Share.usual(0, 1));
        othersHaveTheirFinding();
        assertThat(findings(BAD)).isEmpty();
        evaluate(Share.ofThoseApart());
        assertThat(findings(BAD)).hasSize(1);
        assertThat(setAside()).isEmpty();
    }

    private void evaluate(Share share) {
        var worker = new EvaluationWorker(new PostgresEvaluations(database, "touchpoints", share), share.apart(),
                Rules.always(RuleFiles.read("seen.yaml", RULE)), new Reconciliation(Duration.ofDays(30)), InstantSource.system(), () -> 0, () -> {});
        while (worker.evaluateNext() > 0) {
            // until none waits
        }
    }

    private void othersHaveTheirFinding() {
        for (int i = 0; i < PERSONS; i++) {
            if (!person(i).equals(BAD)) {
                assertThat(findings(person(i))).as("person %d", i).hasSize(1);
            }
        }
    }

    private List<Finding> findings(Token person) {
        return journeys.read(snapshot -> snapshot.findingsOf(person, null, Room.of(100)).items());
    }

    private List<SetAside> setAside() {
        return journeys.read(snapshot -> snapshot.setAside(null, 10));
    }

    private long waiting() {
        return journeys.read(snapshot -> snapshot.status().waiting());
    }
}
