package io.throughline.journey.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rule.file.WrittenRule;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleHistoryTest {

    private static final RuleHistory NOTHING = new RuleHistory("r", null, List.of());
    private static final RuleHistory INSTALLED = new RuleHistory("r", rule("PT1H"), List.of());
    private static final RuleHistory DEFINED = new RuleHistory("r", null, List.of(version(1, rule("PT1H")), version(2, rule("PT2H"))));
    private static final RuleHistory REMOVED = new RuleHistory("r", null, List.of(version(1, rule("PT1H")), version(2, null)));

    @Test
    void versionsBeginWithOneAndGoOnOverWhatIsInstalledAndRemovals() {
        assertThat(NOTHING.define(rule("PT9H"), basedOn(null)).orElseThrow().version()).isEqualTo(1);
        assertThat(INSTALLED.define(rule("PT9H"), basedOn(null)).orElseThrow().version()).isEqualTo(2);
        assertThat(DEFINED.define(rule("PT9H"), basedOn(null)).orElseThrow().version()).isEqualTo(3);
        assertThat(REMOVED.define(rule("PT9H"), basedOn(null)).orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void whatIsInForceIsNotWrittenAgain() {
        assertThat(INSTALLED.define(rule("PT1H"), basedOn(1L))).isEmpty();
        assertThat(DEFINED.define(rule("PT2H"), basedOn(2L))).isEmpty();
        assertThat(DEFINED.define(rule("PT1H"), basedOn(2L))).as("what was in force once").isPresent();
        assertThat(REMOVED.define(rule("PT1H"), basedOn(0L))).isPresent();
    }

    @Test
    void aWishBasedOnAnotherVersionIsRefused() {
        for (var history : List.of(NOTHING, INSTALLED, DEFINED, REMOVED)) {
            refused(ErrorCode.VERSION_MISMATCH, () -> history.define(rule("PT9H"), basedOn(7L)));
            refused(ErrorCode.VERSION_MISMATCH, () -> history.remove(basedOn(7L)));
        }
    }

    @Test
    void onlyWhatWasDefinedIsRemoved() {
        assertThat(DEFINED.remove(basedOn(2L)).type()).isEqualTo(RuleVersion.REMOVED);
        refused(ErrorCode.RULE_UNKNOWN, () -> NOTHING.remove(basedOn(null)));
        refused(ErrorCode.RULE_UNKNOWN, () -> REMOVED.remove(basedOn(null)));
        refused(ErrorCode.RULE_INSTALLED, () -> INSTALLED.remove(basedOn(null)));
    }

    @Test
    void thereIsAnEndOfVersions() {
        var versions = LongStream.rangeClosed(1, RuleHistory.MAX_VERSIONS).mapToObj(number -> version(number, rule("PT1H"))).toList();
        refused(ErrorCode.TOO_MANY_RULES, () -> new RuleHistory("r", null, versions).define(rule("PT9H"), basedOn(null)));
    }

    private static void refused(ErrorCode code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static Wish basedOn(@Nullable Long version) {
        return new Wish(version, "analyst", Instant.EPOCH, "record");
    }

    private static RuleVersion version(long number, @Nullable WrittenRule rule) {
        return new RuleVersion("r", number, "record-" + number, rule == null ? null : rule.value(), "analyst", Instant.EPOCH);
    }

    private static WrittenRule rule(String within) {
        return RuleFiles.written("r.yaml", "{ id: r, pattern: response, when: { type: a }, expect: { type: b }, within: %s }".formatted(within),
                _ -> true).getFirst();
    }
}
