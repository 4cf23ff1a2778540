package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.event;
import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.json.EventJson;
import io.throughline.journey.definition.DefinitionLog;
import io.throughline.journey.finding.Dismissal;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rulebook.Rules;
import io.throughline.journey.store.Database;
import io.throughline.journey.store.PostgresDefinitions;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people decide of findings, from the log of definitions to the revision that tells it: on a real PostgreSQL.
class DismissalTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String RULE = "{ id: unviewed, pattern: absence, forbid: { type: page-viewed.v1 } }";

    @Test
    void aDecisionIsToldOnceAndFoundAgainByAProjectionFromTheStart() throws Exception {
        Finding open;
        try (var database = DATABASE.create()) {
            project(database);
            open = told(database);
            assertThat(said(open)).isEqualTo("open 1");
            dismiss(database, 0, open, 1, "a test order");
            evaluate(database);
            assertThat(said(told(database))).isEqualTo("dismissed 2");
            dismiss(database, 0, open, 1, "read twice");
            dismiss(database, 1, open, 1, "another who was second");
            evaluate(database);
            assertThat(said(told(database))).isEqualTo("dismissed 2");
            assertThat(decision(database, open)).satisfies(dismissal -> {
                assertThat(dismissal.reason()).isEqualTo("a test order");
                assertThat(dismissal.by()).isEqualTo("lead");
            });
        }
        try (var database = DATABASE.create()) {
            dismiss(database, 0, open, 1, "a test order");
            project(database);
            assertThat(said(told(database))).isEqualTo("dismissed 1");
        }
    }

    @Test
    void aDecisionOnWhatHasChangedMeanwhileOrThatCannotBeReadChangesNothing() throws Exception {
        try (var database = DATABASE.create()) {
            project(database);
            var open = told(database);
            apply(database, 0, key(open), 1, "{\"content\":\"00000000-0000-0000-0000-000000000009\",\"reason\":\"of another verdict\"}");
            apply(database, 1, "rubbish", 1, "{}");
            apply(database, 2, key(open), 2, "{\"content\":7}");
            apply(database, 3, key(open), 2, "[]");
            evaluate(database);
            assertThat(said(told(database))).isEqualTo("open 1");
        }
    }

    private static void project(Database database) {
        var store = new PostgresProjectionStore(database, "touchpoints");
        store.register(1);
        var checkpoint = store.take(List.of(0)).getFirst();
        store.project(List.of(new Advance(0, 0, 1, checkpoint.epoch(), 1, RECORDED, RECORDED)), BatchPlan.of(List.of(event(1, "seen", 30, at(0), RECORDED))));
        evaluate(database);
    }

    private static void evaluate(Database database) {
        new EvaluationWorker(new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1)), false, Rules.always(RuleFiles.read("test.yaml", RULE)),
                new Reconciliation(Duration.ofDays(30)), InstantSource.system(), () -> 0, () -> {}).evaluateNext();
    }

    private static void dismiss(Database database, long offset, Finding finding, long version, String reason) {
        apply(database, offset, key(finding), version, EventJson.mapper().createObjectNode().put("content", finding.content().toString()).put("reason", reason).toString());
    }

    private static String key(Finding finding) {
        return finding.id() + ":" + finding.person();
    }

    private static void apply(Database database, long offset, String key, long version, String value) {
        try {
            new PostgresDefinitions(database).apply(List.of(new DefinitionLog.Entry(offset, new DefinitionRecord(UUID.randomUUID().toString(),
                    new DefinitionKey(DefinitionKey.DISMISSAL, key), "finding-dismissed.v1", version, "lead", RECORDED, EventJson.mapper().readTree(value)))));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static Finding told(Database database) {
        return journeys(database).<List<Finding>>read(snapshot -> snapshot.findingsOf(person(1), null, Room.of(10)).items()).getFirst();
    }

    private static Dismissal decision(Database database, Finding finding) {
        return journeys(database).<Dismissal>read(snapshot -> snapshot.dismissal(finding.id(), person(1)).orElseThrow());
    }

    private static PostgresJourneys journeys(Database database) {
        return new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of);
    }

    private static String said(Finding finding) {
        return finding.status().wire() + " " + finding.revision();
    }
}
