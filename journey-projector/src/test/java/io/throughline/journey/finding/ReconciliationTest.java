package io.throughline.journey.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.Token;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.Deadline;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Proof;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Verdict;
import io.throughline.journey.rule.file.RuleFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The status table of the rules, cell by cell, and what is told when.
class ReconciliationTest {

    private static final Rule RULE = RuleFiles.shipped().rule("promise-broken").orElseThrow();
    private static final Token PERSON = Token.parse("0123456789abcdef0123456789abcdef");
    private static final Instant ACTIVATED = Instant.parse("2026-05-05T10:00:00Z");
    private static final Instant DEADLINE = Instant.parse("2026-05-05T16:00:00Z");
    private static final Instant NOW = Instant.parse("2026-05-06T00:00:00Z");
    private static final Reconciliation RECONCILIATION = new Reconciliation(Duration.ofDays(30));

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource({
        "-,undetermined,suspected", "-,unmet,open", "-,late,resolved", "-,satisfied,-", "-,pending,-", "-,gone,-",
        "undetermined,undetermined,suspected", "undetermined,unmet,open", "undetermined,late,resolved", "undetermined,satisfied,withdrawn",
        "undetermined,gone,withdrawn",
        "unmet,undetermined,suspected", "unmet,unmet,open", "unmet,late,resolved", "unmet,satisfied,withdrawn", "unmet,pending,withdrawn",
        "unmet,gone,withdrawn",
        "late,undetermined,suspected", "late,unmet,open", "late,late,resolved", "late,satisfied,withdrawn", "late,gone,withdrawn"})
    void theStatusFollowsTheVerdictAndWhatWasToldBefore(String before, String now, String status) {
        var told = new HashMap<FindingId, Finding>();
        tell(told, before);
        tell(told, now);
        assertThat(told.values()).extracting(finding -> finding.status().wire()).isEqualTo(status.equals("-") ? List.of() : List.of(status));
    }

    @ParameterizedTest(name = "withdrawn, then {0}: {1}")
    @CsvSource({"undetermined,suspected", "unmet,open", "late,resolved", "satisfied,withdrawn", "gone,withdrawn"})
    void aWithdrawnFindingComesBackUnderItsId(String now, String status) {
        var told = new HashMap<FindingId, Finding>();
        tell(told, "unmet");
        tell(told, "satisfied");
        tell(told, now);
        assertThat(told.values()).extracting(finding -> finding.status().wire()).containsExactly(status);
    }

    @Test
    void whatDoesNotChangeIsNotToldAgain() {
        var told = new HashMap<FindingId, Finding>();
        assertThat(tell(told, "unmet")).hasSize(1);
        assertThat(tell(told, "unmet")).isEmpty();
        assertThat(tell(told, "late")).extracting(Finding::revision).containsExactly(2);
        assertThat(tell(told, "gone")).extracting(Finding::revision).containsExactly(3);
        assertThat(tell(told, "gone")).isEmpty();
    }

    @Test
    void otherEvidenceIsToldUnderTheSameStatus() {
        var told = new HashMap<FindingId, Finding>();
        tell(told, "unmet");
        var movedDeadline = new Activation(RULE, 0, List.of(new EventRef("/s", "a")), ACTIVATED, Verdict.VIOLATED,
                new Deadline(DEADLINE.minusSeconds(60), "data"),
                Proof.NONE, null, null, null, List.of(), Map.of(), null, Map.of());
        assertThat(RECONCILIATION.revisions(PERSON, told, List.of(movedDeadline), NOW)).singleElement().satisfies(revision -> {
            assertThat(revision.status()).isEqualTo(FindingStatus.OPEN);
            assertThat(revision.revision()).isEqualTo(2);
        });
    }

    @Test
    void aDeadlineLongPassedWhenItBecameKnownIsHistoric() {
        var thirtyDays = RECONCILIATION.revisions(PERSON, Map.of(), List.of(activation("unmet")), DEADLINE.plus(Duration.ofDays(30)));
        var longer = RECONCILIATION.revisions(PERSON, Map.of(), List.of(activation("unmet")), DEADLINE.plus(Duration.ofDays(30)).plusNanos(1000));
        assertThat(thirtyDays).extracting(Finding::historic).containsExactly(false);
        assertThat(longer).extracting(Finding::historic).containsExactly(true);
    }

    @Test
    void aFindingThatAnotherEventComesToNameIsSupersededByItsNewName() {
        var old = RECONCILIATION.revisions(PERSON, Map.of(), List.of(named("b", "group")), NOW).getFirst();
        var revisions = RECONCILIATION.revisions(PERSON, Map.of(old.id(), old), List.of(named("a", "group"), named("c", "other group")), NOW);
        var withdrawn = revisions.stream().filter(revision -> revision.id().equals(old.id())).findFirst().orElseThrow();
        assertThat(withdrawn.status()).isEqualTo(FindingStatus.WITHDRAWN);
        assertThat(withdrawn.supersededBy()).isEqualTo(named("a", "group").id());
        var back = RECONCILIATION.revisions(PERSON, Map.of(old.id(), withdrawn), List.of(named("b", "group")), NOW);
        assertThat(back).singleElement().satisfies(revision -> assertThat(revision.supersededBy()).isNull());
    }

    @Test
    void aFindingOfOneEventIsSupersededByNothing() {
        var old = RECONCILIATION.revisions(PERSON, Map.of(), List.of(named("b", null)), NOW).getFirst();
        assertThat(RECONCILIATION.revisions(PERSON, Map.of(old.id(), old), List.of(named("a", null)), NOW))
                .extracting(Finding::supersededBy).containsOnlyNulls();
    }

    @Test
    void whatIsDismissedComesBackOnlyAsSomethingElseThatIsWrongNow() {
        var open = RECONCILIATION.revisions(PERSON, Map.of(), List.of(activation("unmet")), NOW).getFirst();
        var content = open.content();
        var dismissed = RECONCILIATION.revision(PERSON, open, content, activation("unmet"), NOW).orElseThrow();
        assertThat(dismissed.status()).isEqualTo(FindingStatus.DISMISSED);
        assertThat(dismissed.revision()).isEqualTo(2);
        for (var verdict : List.of("unmet", "undetermined", "late", "satisfied")) {
            assertThat(RECONCILIATION.revision(PERSON, dismissed, content, activation(verdict), NOW)).as(verdict).isEmpty();
        }
        assertThat(RECONCILIATION.withdrawal(dismissed, List.of(), NOW)).isEmpty();
        var other = new Activation(RULE, 0, List.of(new EventRef("/s", "a")), ACTIVATED, Verdict.VIOLATED, new Deadline(DEADLINE.minusSeconds(60), "data"),
                Proof.NONE, null, null, null, List.of(), Map.of(), null, Map.of());
        assertThat(RECONCILIATION.revision(PERSON, dismissed, content, other, NOW).orElseThrow().status()).isEqualTo(FindingStatus.OPEN);
        assertThat(RECONCILIATION.revision(PERSON, null, content, activation("unmet"), NOW).orElseThrow().status())
                .as("judged anew from the start of the log").isEqualTo(FindingStatus.DISMISSED);
    }

    private static Activation named(String event, @Nullable String group) {
        return new Activation(RULE, 0, List.of(new EventRef("/s", event)), ACTIVATED, Verdict.VIOLATED, new Deadline(DEADLINE, "data"), Proof.NONE, null, null,
                null, List.of(), Map.of(), group, Map.of());
    }

    private static List<Finding> tell(Map<FindingId, Finding> told, String verdict) {
        var activation = activation(verdict);
        var revisions = RECONCILIATION.revisions(PERSON, told, activation == null ? List.of() : List.of(activation), NOW);
        revisions.forEach(revision -> told.put(revision.id(), revision));
        return revisions;
    }

    private static @Nullable Activation activation(String verdict) {
        return switch (verdict) {
            case "undetermined" -> activation(Verdict.UNDETERMINED, null);
            case "unmet" -> activation(Verdict.VIOLATED, null);
            case "late" -> activation(Verdict.VIOLATED, DEADLINE.plusSeconds(7200));
            case "satisfied" -> activation(Verdict.SATISFIED, null);
            case "pending" -> activation(Verdict.PENDING, null);
            case "gone", "-" -> null;
            default -> throw new AssertionError(verdict);
        };
    }

    private static Activation activation(Verdict verdict, @Nullable Instant metAt) {
        return new Activation(RULE, 0, List.of(new EventRef("/s", "a")), ACTIVATED, verdict, new Deadline(DEADLINE, "data"), Proof.NONE, null, null,
                metAt, List.of(), Map.of(), null, Map.of());
    }
}
