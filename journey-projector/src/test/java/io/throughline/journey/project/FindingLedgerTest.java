package io.throughline.journey.project;

import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Token;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.finding.Reconciliation;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.Event;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rule.file.RuleFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A person may have more findings than fit into memory at once: only what changed is looked up and written, in portions.
class FindingLedgerTest {

    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");
    private static final Token PERSON = person(1);
    private static final int MANY = 2_345;

    private final Kept kept = new Kept();

    @Test
    void manyFindingsAreWrittenInPortionsAndOnce() {
        evaluate(activations(MANY, 0));
        assertThat(kept.findings).hasSize(MANY).allSatisfy((_, finding) -> assertThat(finding.status()).isEqualTo(FindingStatus.OPEN));
        assertThat(kept.largest).isLessThanOrEqualTo(500);
        kept.written = 0;
        evaluate(activations(MANY, 0));
        assertThat(kept.written).as("nothing changed").isZero();
        assertThat(kept.lookedUp).as("what did not change is not even looked up").isEqualTo(MANY);
    }

    @Test
    void whatIsGoneIsWithdrawnAndWhatComesIsOpened() {
        evaluate(activations(MANY, 0));
        evaluate(activations(MANY, 1_000));
        assertThat(kept.findings.values().stream().filter(finding -> finding.status() == FindingStatus.WITHDRAWN)).hasSize(1_000);
        assertThat(kept.findings.values().stream().filter(finding -> finding.status() == FindingStatus.OPEN)).hasSize(MANY);
        assertThat(kept.verdicts).hasSize(MANY);
        assertThat(kept.largest).isLessThanOrEqualTo(500);
    }

    private void evaluate(List<Activation> activations) {
        var ledger = new FindingLedger(kept, List.of(PERSON), new Reconciliation(Duration.ofDays(30)), AT);
        activations.forEach(activation -> assertThat(ledger.add(PERSON, activation)).isTrue());
        ledger.close(PERSON);
        ledger.finish();
    }

    /// Violations, one for each event from `first` on.
    private static List<Activation> activations(int count, int first) {
        var activations = new ArrayList<Activation>();
        var evaluation = RuleFiles.read("r.yaml", """
                id: seen
                title: Each is answered at once
                severity: low
                pattern: precedence
                when: { type: x.v1 }
                expect: { type: never.v1 }
                explain: "seen"
                examples: []
                """).begin(AT, Watermarks.none(), activations::add);
        for (int i = 0; i < count; i++) {
            evaluation.accept(Event.event(Instant.parse("2026-05-01T00:00:00Z").plusSeconds(first + i).toString(), "x.v1").touchpoint());
        }
        evaluation.finish();
        return activations;
    }

    private static final class Kept implements FindingStore {
        private final Map<FindingId, Finding> findings = new HashMap<>();
        private final Map<FindingId, UUID> verdicts = new HashMap<>();
        private int largest;
        private int written;
        private int lookedUp;

        @Override
        public Map<Token, Map<FindingId, UUID>> standing(List<Token> persons) {
            return new HashMap<>(Map.of(PERSON, new HashMap<>(verdicts)));
        }

        @Override
        public Map<Token, Map<FindingId, Finding>> published(List<FindingId> ids) {
            lookedUp += ids.size();
            var found = new HashMap<FindingId, Finding>();
            ids.forEach(id -> found.computeIfAbsent(id, findings::get));
            return Map.of(PERSON, found);
        }

        @Override
        public Map<Token, Map<FindingId, UUID>> dismissed(List<FindingId> ids) {
            return Map.of();
        }

        @Override
        public void write(List<Finding> revisions, List<Verdict> changed, List<Verdict> gone) {
            largest = Math.max(largest, Math.max(revisions.size(), Math.max(changed.size(), gone.size())));
            written += revisions.size() + changed.size() + gone.size();
            revisions.forEach(revision -> findings.put(revision.id(), revision));
            changed.forEach(verdict -> verdicts.put(verdict.finding(), verdict.content()));
            gone.forEach(verdict -> verdicts.remove(verdict.finding()));
        }
    }
}
