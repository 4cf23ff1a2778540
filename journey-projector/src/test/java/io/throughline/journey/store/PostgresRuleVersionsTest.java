package io.throughline.journey.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.journey.definition.DefinitionLog.Entry;
import io.throughline.journey.project.Share;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rule.file.WrittenRule;
import io.throughline.journey.rulebook.LiveRulebook;
import io.throughline.journey.rulebook.RuleVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The log of definitions decides which rules are in force, for everybody at one moment.
class PostgresRuleVersionsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> adopted = new ArrayList<>();
    private Database database;
    private PostgresDefinitions definitions;
    private RuleVersions store;
    private LiveRulebook rulebook;
    private long offset;

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        definitions = new PostgresDefinitions(database);
        store = new RuleVersions(database);
        rulebook = new LiveRulebook(List.of(rule("shipped", "PT1H")), store, adopted::add);
        rulebook.refresh();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsDefinedIsInForceOnceItIsTakenUp() {
        apply(defined("mine", 1, "PT1H"));
        assertThat(inForce()).containsExactly("shipped 1");
        rulebook.refresh();
        assertThat(inForce()).containsExactly("mine 1", "shipped 1");
        assertThat(adopted).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aDefinitionTakesThePlaceOfWhatIsInstalledUntilItIsRemoved() {
        applyAndRefresh(defined("shipped", 2, "PT2H"), defined("shipped", 3, "PT3H"));
        assertThat(inForce()).containsExactly("shipped 3");
        assertThat(rulebook.held().rulebook().rules()).hasSize(1);
        applyAndRefresh(removed("shipped", 4));
        assertThat(inForce()).containsExactly("shipped 1");
        assertThat(adopted.getFirst()).as("what was in force at first, again").isEqualTo(adopted.getLast());
        applyAndRefresh(defined("shipped", 5, "PT5H"));
        assertThat(inForce()).containsExactly("shipped 5");
    }

    @Test
    void ofTwoWhoWroteTheSameVersionTheFirstWins() {
        applyAndRefresh(defined("mine", 1, "PT1H"), defined("mine", 1, "PT2H"), defined("mine", 3, "PT3H"));
        assertThat(store.versions("mine")).singleElement().satisfies(version -> assertThat(version.value().at("/rule/within").asText()).isEqualTo("PT1H"));
    }

    @Test
    void whatHasTakenEffectIsPassedOverWhenItIsReadAgain() {
        var first = List.of(new Entry(0, defined("mine", 1, "PT1H")));
        definitions.apply(first);
        var revision = store.defined().revision();
        definitions.apply(first);
        assertThat(store.defined().revision()).isEqualTo(revision);
        assertThat(definitions.next()).isEqualTo(1);
    }

    @Test
    void aRuleThatCannotBeReadHereLeavesInForceWhatWasBefore() {
        var ofALaterRelease = defined("shipped", 2, "PT2H");
        ofALaterRelease.value().withObject("/rule").put("pattern", "of-a-later-release");
        applyAndRefresh(ofALaterRelease);
        assertThat(inForce()).containsExactly("shipped 1");
    }

    @Test
    void nobodyJudgesByOldRulesOnceNewOnesHaveTakenEffect() throws Exception {
        var evaluations = new PostgresEvaluations(database, "touchpoints", Share.usual(0, 1));
        var change = new CompletableFuture<Void>();
        long judgedBy = evaluations.inTransaction(steps -> {
            long revision = steps.rulesRevision();
            change.completeAsync(() -> {
                apply(defined("mine", 1, "PT1H"));
                return null;
            });
            awaitSomebodyWaiting();
            assertThat(steps.rulesRevision()).as("held still while somebody judges").isEqualTo(revision);
            return revision;
        });
        change.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(evaluations.<Long>inTransaction(steps -> steps.rulesRevision())).isGreaterThan(judgedBy);
    }

    /// Until the change waits for us: then it has not taken effect, and cannot.
    private void awaitSomebodyWaiting() {
        var end = Instant.now().plus(PATIENCE);
        while (database.inTransaction(session -> session.run("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").size()) == 0) {
            assertThat(Instant.now()).as("the change waits").isBefore(end);
        }
    }

    private List<String> inForce() {
        return rulebook.rules().stream().map(rule -> rule.rule().id() + " " + rule.rule().version()).toList();
    }

    private void applyAndRefresh(DefinitionRecord... records) {
        apply(records);
        rulebook.refresh();
    }

    private void apply(DefinitionRecord... records) {
        definitions.apply(Arrays.stream(records).map(record -> new Entry(offset++, record)).toList());
    }

    private DefinitionRecord defined(String id, long version, String within) {
        return record(id, version, RuleVersion.DEFINED, rule(id, within));
    }

    private DefinitionRecord removed(String id, long version) {
        return record(id, version, RuleVersion.REMOVED, null);
    }

    private DefinitionRecord record(String id, long version, String type, @Nullable WrittenRule rule) {
        return new DefinitionRecord("record-" + id + version + (rule == null ? "" : rule.document().path("within")), DefinitionKey.rule(id), type,
                version, "analyst", Instant.EPOCH,
                rule == null ? null : rule.value());
    }

    private static WrittenRule rule(String id, String within) {
        return RuleFiles.written("r.yaml", "{ id: %s, pattern: response, when: { type: a }, expect: { type: b }, within: %s }".formatted(id, within),
                _ -> true).getFirst();
    }
}
