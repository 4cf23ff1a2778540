package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.at;
import static io.throughline.journey.project.Deliveries.event;
import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rulebook.Rules;
import io.throughline.journey.store.PostgresEvaluations;
import io.throughline.journey.store.PostgresJourneys;
import io.throughline.journey.store.PostgresProjectionStore;
import io.throughline.journey.store.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A finding that a journey's earliest event names, when an earlier one comes late: on a real PostgreSQL.
class SupersededTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String RULE = "{ id: unviewed, pattern: absence, forbid: { type: page-viewed.v1 } }";

    @Test
    void lateEvidenceGivesTheFindingAnotherNameAndTheOldOneSaysWhich() throws Exception {
        try (var database = DATABASE.create()) {
            var store = new PostgresProjectionStore(database, "touchpoints");
            store.register(1);
            var checkpoint = store.take(List.of(0)).getFirst();
            var worker = new EvaluationWorker(new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1)), false,
                    Rules.always(RuleFiles.read("test.yaml", RULE)), new Reconciliation(Duration.ofDays(30)), InstantSource.system(), () -> 0, () -> {});

            for (var delivery : List.of(event(1, "later", 60, at(0), RECORDED), event(1, "earlier", 30, at(1), RECORDED))) {
                long from = delivery.position().offset();
                store.project(List.of(new Advance(0, from, from + 1, checkpoint.epoch(), from + 1, RECORDED, RECORDED.plusSeconds(from))),
                        BatchPlan.of(List.of(delivery)));
                worker.evaluateNext();
            }

            Map<FindingId, Finding> told = new PostgresJourneys(database, "touchpoints", 1, Duration.ofMinutes(1), Map::of)
                    .read(snapshot -> snapshot.findingsOf(person(1), null, Room.of(100)).items().stream().collect(Collectors.toMap(Finding::id, Function.identity())));
            var superseded = told.get(id("later"));
            assertThat(superseded.status()).isEqualTo(FindingStatus.WITHDRAWN);
            assertThat(superseded.supersededBy()).isEqualTo(id("earlier"));
            assertThat(told.get(id("earlier")).status()).isEqualTo(FindingStatus.OPEN);
        }
    }

    private static FindingId id(String event) {
        return FindingId.of("unviewed", new EventRef("/channels/web", event));
    }
}
