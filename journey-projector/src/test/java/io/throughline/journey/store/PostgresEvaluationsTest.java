package io.throughline.journey.store;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.event;
import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Token;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.digest.PersonDigest;
import io.throughline.journey.outline.Outline;
import io.throughline.journey.project.Advance;
import io.throughline.journey.project.BatchPlan;
import io.throughline.journey.project.Checkpoint;
import io.throughline.journey.project.Decoded;
import io.throughline.journey.project.Evaluations;
import io.throughline.journey.project.Share;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Insert, mark, lock, load, write: what happens between the steps loses no event.
class PostgresEvaluationsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private Database database;
    private PostgresProjectionStore store;
    private PostgresEvaluations evaluations;
    private Checkpoint checkpoint;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        store = new PostgresProjectionStore(database, "touchpoints");
        store.register(1);
        evaluations = new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1));
        checkpoint = store.take(List.of(0)).getFirst();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEventThatComesAfterItsPersonsMarksWereTakenIsSeenOrMarked() {
        insert("a");
        var seen = evaluations.inTransaction(steps -> {
            steps.lock(steps.waiting(steps.evaluationTime()));
            steps.takeMarks(List.of(person(1)));
            insert("b"); // another connection, not kept waiting by the lock
            return load(steps);
        });
        assertThat(seen).containsExactly("a", "b");
        assertThat(waiting()).as("seen already, and still marked: evaluated once more at worst").containsExactly(person(1));
    }

    @Test
    void anEventThatComesAfterTheJourneyWasLoadedStaysMarked() {
        insert("a");
        var seen = evaluations.inTransaction(steps -> {
            steps.lock(steps.waiting(steps.evaluationTime()));
            steps.takeMarks(List.of(person(1)));
            var loaded = load(steps);
            insert("b");
            steps.write(steps.evaluationTime(), Map.of(person(1), judged(null)));
            return loaded;
        });
        assertThat(seen).containsExactly("a");
        assertThat(waiting()).containsExactly(person(1));
    }

    /// Asked over and over by each evaluator while nothing comes: it must not cost more the more persons there are.
    @Test
    void whetherSomebodyWaitsIsAnsweredFromIndexes() {
        database.inTransaction(session -> session.run("INSERT INTO person (id, events, evaluated_at) SELECT md5('p' || i)::uuid, 5, now() FROM generate_series(1, 20000) i"));
        database.outsideTransaction(session -> session.run("VACUUM ANALYZE person"));
        for (var share : List.of(Share.usual(0, 4), Share.usual(3, 4), Share.ofThoseApart())) {
            var plan = database.<List<String>>inSnapshot(new Backlog(share)::plan);
            assertThat(plan).as(String.join("\n", plan)).noneMatch(line -> line.contains("Seq Scan on person"));
        }
    }

    @Test
    void anEvaluationThatFailsLeavesItsMarks() {
        insert("a");
        try {
            evaluations.inTransaction(steps -> {
                steps.lock(List.of(person(1)));
                steps.takeMarks(List.of(person(1)));
                throw new IllegalStateException("crash");
            });
        } catch (IllegalStateException crash) {
            assertThat(crash).hasMessage("crash");
        }
        assertThat(waiting()).containsExactly(person(1));
    }

    @Test
    void aPersonThatIsBeingEvaluatedIsPassedOver() {
        insert("a");
        evaluations.inTransaction(steps -> {
            assertThat(steps.lock(List.of(person(1)))).isNotEmpty();
            steps.write(steps.evaluationTime(), Map.of(person(1), judged(null)));
            return null;
        });
        var locked = evaluations.inTransaction(mine -> {
            mine.lock(List.of(person(1)));
            return evaluations.<List<Token>>inTransaction(others -> others.lock(List.of(person(1))));
        });
        assertThat(locked).isEmpty();
    }

    @Test
    void aPersonFallsDueByTimeAlone() {
        insert("a");
        var at = evaluations.inTransaction(steps -> {
            steps.lock(List.of(person(1)));
            steps.takeMarks(List.of(person(1)));
            var now = steps.evaluationTime();
            steps.write(now, Map.of(person(1), judged(now.plusSeconds(60))));
            return now;
        });
        assertThat(evaluations.<List<Token>>inTransaction(steps -> steps.waiting(at.plusSeconds(59)))).isEmpty();
        assertThat(evaluations.<List<Token>>inTransaction(steps -> steps.waiting(at.plusSeconds(60)))).isEqualTo(List.of(person(1)));
    }

    @Test
    void aHeavyJourneyIsLeftToTheEvaluatorOfThoseApartAndRests() {
        var ofThoseApart = new PostgresEvaluations(database, "touchpoints", Share.ofThoseApart());
        insert("a");
        assertThat(ofThoseApart.<List<Token>>inTransaction(steps -> steps.waiting(steps.evaluationTime()))).isEmpty();
        database.inTransaction(session -> session.run("INSERT INTO person (id, weight) VALUES ($1, $2)", person(1).value(), (long) Share.HEAVY));
        assertThat(waiting()).isEmpty();
        assertThat(ofThoseApart.<List<Token>>inTransaction(steps -> steps.waiting(steps.evaluationTime()))).containsExactly(person(1));
        database.inTransaction(session -> session.run("UPDATE person SET not_before = clock_timestamp() + interval '1 hour'"));
        assertThat(ofThoseApart.<List<Token>>inTransaction(steps -> steps.waiting(steps.evaluationTime()))).isEmpty();
    }

    @Test
    void evaluationTimeIsNeverAheadOfTheLog() {
        insert("a");
        assertThat(evaluationTime()).isEqualTo(RECORDED);
        store.register(2); // a partition that nobody has projected yet
        project(0, RECORDED.plusSeconds(60));
        assertThat(evaluationTime()).as("neither further than the new partition permits, nor back").isEqualTo(RECORDED);
        store.take(List.of(1));
        store.project(List.of(new Advance(1, 0, 0, 1, 0, RECORDED, RECORDED.plusSeconds(7))), BatchPlan.of(List.of()));
        assertThat(evaluationTime()).isEqualTo(RECORDED.plusSeconds(7));
    }

    @Test
    void evaluationTimeStandsStillWhileTheDatabasesClockIsBehindIt() {
        project(0, Instant.now().plus(Duration.ofHours(2)));
        // Before the clock was put back.
        database.inTransaction(session -> session.run("UPDATE evaluation_time SET at = clock_timestamp() + interval '1 hour'"));
        var before = evaluations.inTransaction(Evaluations.Steps::evaluationTime);
        assertThat(evaluationTime()).isEqualTo(before);
    }

    @Test
    void nobodyIsJudgedByAPartOfTheLog() {
        insert("a");
        evaluations.advanceTime();
        assertThat(evaluations.mayBeWaiting()).isTrue();
        database.inTransaction(session -> session.run("UPDATE evaluation_time SET at = $1", RECORDED.plusSeconds(60).atOffset(ZoneOffset.UTC)));
        assertThat(evaluations.mayBeWaiting()).as("the log is not read so far").isFalse();
        project(0, RECORDED.plusSeconds(60));
        assertThat(evaluations.mayBeWaiting()).isTrue();
    }

    @Test
    void aPartitionThatWasAddedIsWaitedFor() {
        insert("a");
        project(0, RECORDED.plusSeconds(60));
        evaluations.advanceTime();
        store.register(2);
        assertThat(evaluations.mayBeWaiting()).isFalse();
        checkpoint = store.take(List.of(1)).getFirst();
        project(1, RECORDED.plusSeconds(60));
        assertThat(evaluations.mayBeWaiting()).isTrue();
    }

    @Test
    void evaluationTimeIsHeldWhileSomebodySettles() {
        insert("a");
        var held = database.inTransaction(session -> {
            var at = EvaluationTime.hold(session, database);
            project(0, RECORDED.plusSeconds(60));
            assertThat(evaluationTime()).isEqualTo(at);
            return at;
        });
        assertThat(held).isEqualTo(RECORDED);
        assertThat(evaluationTime()).isEqualTo(RECORDED.plusSeconds(60));
    }

    @Test
    void anotherRulebookMarksEveryoneAndTheSameOneNobody() {
        var rules = new RuleVersions(database);
        insert("a");
        rules.adopt("one");
        evaluations.inTransaction(steps -> {
            steps.lock(List.of(person(1)));
            steps.takeMarks(List.of(person(1)));
            return null;
        });
        rules.adopt("one");
        assertThat(waiting()).isEmpty();
        rules.adopt("two");
        assertThat(waiting()).containsExactly(person(1));
    }

    @Test
    void whoeverHasNewsThatWereProjectedFarBehindIsFoundOnceAndAtTheEarliestOfThem() {
        insertFarBehind("a", RECORDED.minusSeconds(5));
        insertFarBehind("b", RECORDED.minusSeconds(7));
        insertFarBehind("c", RECORDED.minusSeconds(6));
        evaluations.advanceTime();
        assertThat(marks()).isEmpty();
        assertThat(evaluations.mayBeWaiting()).isTrue();
        assertThat(waiting()).containsExactly(person(1));
        assertThat(marks()).containsExactly(RECORDED.minusSeconds(7));
    }

    @Test
    void anEvaluationThatFailsLeavesWhatWasProjectedFarBehind() {
        insertFarBehind("a", RECORDED);
        evaluations.advanceTime();
        try {
            evaluations.inTransaction(steps -> {
                assertThat(steps.waiting(RECORDED)).isNotEmpty();
                throw new IllegalStateException("crash");
            });
        } catch (IllegalStateException crash) {
            assertThat(crash).hasMessage("crash");
        }
        assertThat(marks()).isEmpty();
        assertThat(waiting()).containsExactly(person(1));
    }

    @Test
    void nobodyWaitsForEventsThatAreYetToOccur() {
        insertFarBehind("a", RECORDED.plusSeconds(5));
        evaluations.advanceTime();
        assertThat(waiting()).isEmpty();
        project(0, RECORDED.plusSeconds(5));
        evaluations.advanceTime();
        assertThat(waiting()).containsExactly(person(1));
    }

    private List<Instant> marks() {
        return database.inTransaction(session -> {
            var times = new ArrayList<Instant>();
            session.run("SELECT occurred_at FROM mark").forEach(row -> times.add(row.getOffsetDateTime(0).toInstant()));
            return times;
        });
    }

    private void insertFarBehind(String id, Instant occurredAt) {
        insert(event(1, id, at(checkpoint.next()), occurredAt), Advance.FAR_BEHIND + 1);
    }

    private void insert(String id) {
        insert(event(1, id, 1, at(checkpoint.next()), RECORDED), 0);
        evaluations.advanceTime();
    }

    private void insert(Decoded.Event event, long lag) {
        long next = checkpoint.next() + 1;
        store.project(List.of(new Advance(0, checkpoint.next(), next, checkpoint.epoch(), next + lag, RECORDED, RECORDED)), BatchPlan.of(List.of(event)));
        checkpoint = new Checkpoint(0, next, checkpoint.epoch(), RECORDED, RECORDED);
    }

    private void project(int partition, Instant through) {
        store.project(List.of(new Advance(partition, checkpoint.next(), checkpoint.next(), checkpoint.epoch(), checkpoint.next(), RECORDED, through)),
                BatchPlan.of(List.of()));
    }

    private Instant evaluationTime() {
        evaluations.advanceTime();
        return evaluations.inTransaction(Evaluations.Steps::evaluationTime);
    }

    private List<Token> waiting() {
        boolean may = evaluations.mayBeWaiting();
        var waiting = lookForWaiting();
        assertThat(may || waiting.isEmpty()).as("nobody waits unseen").isTrue();
        return waiting;
    }

    private List<Token> lookForWaiting() {
        return evaluations.inTransaction(steps -> steps.waiting(steps.evaluationTime()));
    }

    private static List<String> load(Evaluations.Steps steps) {
        var ids = new ArrayList<String>();
        steps.load(List.of(person(1)), (Touchpoint touchpoint) -> ids.add(touchpoint.id()));
        return ids;
    }

    private static Evaluations.Judged judged(@Nullable Instant dueAt) {
        return new Evaluations.Judged(dueAt, Map.of(), new PersonDigest.Builder().finish(), Outline.EMPTY, 0, List.of(), null);
    }
}
