package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Attributes;
import io.throughline.events.ContentHash;
import io.throughline.events.Envelope;
import io.throughline.events.Identity;
import io.throughline.events.Subject;
import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.definition.SourceJson;
import io.throughline.events.json.EventJson;
import io.throughline.journey.Position;
import io.throughline.journey.definition.DefinitionLog.Entry;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.query.FindingFilter;
import io.throughline.journey.query.FindingSort;
import io.throughline.journey.query.ListedFinding;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rulebook.Rules;
import io.throughline.journey.source.SourceHealth;
import io.throughline.journey.source.SourceSilence;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.PostgresDefinitions;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.PostgresRevisionQueue;
import io.throughline.journey.store.PostgresSilences;
import io.throughline.journey.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// "Never acknowledged" told apart from "the feed is silent": on a real PostgreSQL, time moved by hand.
///
/// Card dispatch promises a sign of life every hour. The address changed at midnight, so it has until the next midnight to learn it.
class SilenceTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final String DISPATCH = "/systems/card-dispatch";

    private Database database;
    private PostgresProjectionStore store;
    private PostgresDefinitions definitions;
    private EvaluationWorker worker;
    private Checkpoint checkpoint;
    private int events;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        store = new PostgresProjectionStore(database, "touchpoints");
        store.register(1);
        checkpoint = store.take(List.of(0)).getFirst();
        definitions = new PostgresDefinitions(database);
        worker = new EvaluationWorker(new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1)), false, Rules.always(RuleFiles.shipped()),
                new Reconciliation(Duration.ofDays(30)), InstantSource.system(), () -> 0, () -> {});
        register("{ \"types\": [\"address-propagated.v1\"], \"heartbeat\": \"PT1H\" }", 1);
        addressChanges();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whileTheSourceMayStillSpeakNothingIsAlleged() {
        heartbeat(23);
        timeIs(25);
        assertThat(told()).isEmpty();
    }

    @Test
    void onceItHasBeenSilentForTooLongWeSuspect() {
        heartbeat(23);
        timeIs(26);
        assertThat(told()).containsExactly("suspected");
    }

    @Test
    void itsNextSignOfLifeSettlesTheMatterWithoutANewEventOfTheCustomer() {
        heartbeat(23);
        timeIs(26);
        assertThat(told()).containsExactly("suspected");
        heartbeat(26);
        assertThat(told()).containsExactly("open");
    }

    @Test
    void anAnswerThatWasOnlyLateInComingWithdrawsTheSuspicion() {
        timeIs(26);
        assertThat(told()).containsExactly("suspected");
        project(event(DISPATCH, "address-propagated.v1", 20, "{\"addressId\":\"home\",\"version\":2}"), 27);
        assertThat(told()).containsExactly("withdrawn");
    }

    @Test
    void aSourceThatIsHeardThroughTheDeadlineIsBlamedAtOnce() {
        heartbeat(23);
        timeIs(24);
        assertThat(told()).as("the deadline itself is in time").isEmpty();
        heartbeat(24);
        assertThat(told()).containsExactly("open");
    }

    /// The source comes back with a day of events, spread over the partitions: one is read further than the other, where the answer lies.
    @Test
    void aSignOfLifeFromAPartitionThatIsAheadAccusesNobody() {
        store.register(2);
        var ahead = store.take(List.of(1)).getFirst();
        heartbeat(20);
        var backlog = MIDNIGHT.plus(Duration.ofHours(24)).plusSeconds(30);
        var occurred = MIDNIGHT.plus(Duration.ofHours(24)).plusSeconds(10);
        var beat = new Decoded.Event(new Position("touchpoints", 1, 0), backlog, new Envelope(
                Attributes.of(DISPATCH, "beat-ahead", "source-heartbeat.v1", occurred.atOffset(ZoneOffset.UTC)),
                new Subject.Control(new Identity("source", DISPATCH)), new ContentHash(new UUID(3, 3))), null);
        store.project(List.of(new Advance(1, 0, 1, ahead.epoch(), 1, backlog, backlog.plusSeconds(60))), BatchPlan.of(List.of(beat)));

        move(List.of(), checkpoint.next(), Duration.ofHours(24).plusSeconds(20));
        assertThat(told()).as("the deadline has passed, and what was recorded by now says nothing beyond 20:00").isEmpty();
        move(List.of(event(DISPATCH, "address-propagated.v1", 2, "{\"addressId\":\"home\",\"version\":2}")), checkpoint.next() + 1,
                Duration.ofHours(24).plusSeconds(40));
        assertThat(told()).as("it was answered in time").isEmpty();
    }

    @Test
    void anotherPromiseOfTheSourceIsAppliedToWhatWasSaidBefore() {
        heartbeat(23);
        timeIs(26);
        assertThat(told()).containsExactly("suspected");
        register("{ \"types\": [\"address-propagated.v1\"], \"heartbeat\": \"PT6H\" }", 2);
        assertThat(told()).containsExactly("withdrawn");
        register("{ \"types\": [\"address-propagated.v1\"] }", 3);
        assertThat(told()).containsExactly("open");
    }

    @Test
    void ofTwoWhoWroteTheSameVersionTheFirstCounts() {
        heartbeat(23);
        timeIs(26);
        register("{ \"types\": [\"address-propagated.v1\"] }", 1);
        assertThat(told()).containsExactly("suspected");
    }

    @Test
    void theSilenceItselfIsAFindingAboutTheSourceOncePerSilence() {
        timeIs(1);
        assertThat(silences()).as("the hour is not over, whatever the time is now").isEmpty();
        timeIs(2);
        assertThat(silences()).containsExactly("source:/systems/card-dispatch open 1");
        assertThat(silences()).containsExactly("source:/systems/card-dispatch open 1");
        heartbeat(3);
        assertThat(silences()).containsExactly("source:/systems/card-dispatch resolved 2");
        timeIs(5);
        assertThat(silences()).containsExactly("source:/systems/card-dispatch open 1", "source:/systems/card-dispatch resolved 2");
        assertThat(published()).containsExactly("null 1", "null 2", "null 1");
    }

    @Test
    void aSilenceIsWithdrawnWhenTheSourcePromisesSomethingElse() {
        timeIs(2);
        assertThat(silences()).containsExactly("source:/systems/card-dispatch open 1");
        register("{ \"types\": [\"address-propagated.v1\"], \"heartbeat\": \"PT6H\" }", 2);
        assertThat(silences()).containsExactly("source:/systems/card-dispatch withdrawn 2");
    }

    @Test
    void sourcesAreListedRegisteredOnesFirst() {
        heartbeat(3);
        told();
        var all = sourcesAfter(null);
        assertThat(all).extracting(SourceHealth::name).containsExactly(DISPATCH, "/channels/self-service");
        assertThat(all).extracting(SourceHealth::registered).containsExactly(true, false);
        assertThat(all.getFirst().lastHeard()).isEqualTo(MIDNIGHT.plus(Duration.ofHours(3)));
        assertThat(all.getFirst().isLate()).isFalse();
        assertThat(sourcesAfter(all.getFirst().place())).extracting(SourceHealth::name).containsExactly("/channels/self-service");
        assertThat(sourcesAfter(all.getLast().place())).isEmpty();
    }

    private List<SourceHealth> sourcesAfter(SourceHealth.@Nullable Place place) {
        return new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of).read(snapshot -> snapshot.sources(place, Room.of(10)).items());
    }

    /// As told, newest first; each time as a process that has just started would see it.
    private List<String> silences() {
        told();
        new PostgresSilences(database).judge(SourceSilence::revisions);
        return new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of).read(snapshot -> snapshot.findings(
                        new FindingFilter(List.of(SourceSilence.RULE), List.of(), List.of(), null, null, null, null, null), FindingSort.KNOWN, null, Room.of(10))
                .items().stream().map(ListedFinding::finding)
                .map(finding -> finding.subject() + " " + finding.status().wire() + " " + finding.revision()).toList());
    }

    private List<String> published() {
        var published = new ArrayList<String>();
        new PostgresRevisionQueue(database).publishNext(10, revisions -> {
            revisions.forEach(each -> published.add(each.person() + " " + each.revision()));
            return List.of();
        });
        return published;
    }

    private void addressChanges() {
        project(event("/channels/self-service", "address-changed.v1", 0,
                "{\"addressId\":\"home\",\"kind\":\"postal\",\"version\":2,\"address\":{\"city\":\"Bristol\"}}"), 0);
    }

    private void heartbeat(int hour) {
        var attributes = Attributes.of(DISPATCH, "beat-" + events++, "source-heartbeat.v1", MIDNIGHT.plus(Duration.ofHours(hour)).atOffset(ZoneOffset.UTC));
        project(new Decoded.Event(at(), MIDNIGHT.plus(Duration.ofHours(hour)),
                new Envelope(attributes, new Subject.Control(new Identity("source", DISPATCH)), new ContentHash(new UUID(1, events))), null), hour);
    }

    private Decoded.Event event(String source, String type, int hour, String data) {
        var attributes = Attributes.of(source, "e-" + events++, type, MIDNIGHT.plus(Duration.ofHours(hour)).atOffset(ZoneOffset.UTC));
        return new Decoded.Event(at(), MIDNIGHT.plus(Duration.ofHours(hour)),
                new Envelope(attributes, new Subject.Person(person(1), "customer"), new ContentHash(new UUID(2, events))), data);
    }

    private Position at() {
        return new Position("touchpoints", 0, checkpoint.next());
    }

    private void timeIs(int hour) {
        move(List.of(), checkpoint.next(), Duration.ofHours(hour));
    }

    private void project(Decoded.Event event, int hour) {
        // A second counts when it is over.
        move(List.of(event), checkpoint.next() + 1, Duration.ofHours(hour).plusSeconds(1));
    }

    /// Evaluation time follows the projection: it never goes back.
    private void move(List<Decoded> records, long next, Duration time) {
        var through = Checkpoint.later(checkpoint.projectedThrough(), MIDNIGHT.plus(time));
        var advance = new Advance(0, checkpoint.next(), next, checkpoint.epoch(), next, checkpoint.recordedThrough(), through);
        store.project(List.of(advance), BatchPlan.of(records));
        checkpoint = checkpoint.after(advance);
    }

    private void register(String json, long version) {
        try {
            var reading = (SourceJson.Reading.Readable) SourceJson.ask(DISPATCH, EventJson.mapper().readTree(json));
            definitions.apply(List.of(new Entry(definitions.next(), new DefinitionRecord(
                    "d-" + version + "-" + definitions.next(), DefinitionKey.source(DISPATCH),
                    SourceDefinition.REGISTERED, version, "operator", MIDNIGHT, SourceJson.write(reading.definition())))));
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// What the world was told last, once nobody waits.
    private List<String> told() {
        while (worker.evaluateNext() > 0) {
            // until nobody waits
        }
        return new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of).read(snapshot -> {
            assertThat(snapshot.status().waiting()).isZero();
            return snapshot.findingsOf(person(1), null, Room.of(100)).items().stream().map(Finding::status).map(status -> status.wire()).toList();
        });
    }
}
