package io.throughline.journey.rulebook;

import io.throughline.events.definition.DefinitionKey;
import io.throughline.events.definition.DefinitionRecord;
import io.throughline.events.json.CanonicalJson;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.rule.file.WrittenRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What there is of one rule, and what may be added to it.
///
/// @param installed the rule of this id that came with the installation; it counts as the version before all others
/// @param versions oldest first, removals among them
record RuleHistory(String id, @Nullable WrittenRule installed, List<RuleVersion> versions) {

    /// Removals among them.
    static final int MAX_VERSIONS = 1_000;

    /// The version in force; 0 where there is none.
    long version() {
        if (isDefined()) {
            return versions.getLast().number();
        }
        return installed == null ? 0 : installed.rule().version();
    }

    /// Whether a version from the log is in force.
    boolean isDefined() {
        return !versions.isEmpty() && !versions.getLast().isRemoval();
    }

    /// What to write so that `rule` is in force; empty where it is already.
    ///
    /// @throws Refusal `version-mismatch` or `too-many-versions`
    Optional<DefinitionRecord> define(WrittenRule rule, Wish wish) {
        requireExpected(wish.expected());
        return isInForce(rule) ? Optional.empty() : Optional.of(next(wish, RuleVersion.DEFINED, rule));
    }

    /// What to write so that nothing but what is installed is in force.
    ///
    /// @throws Refusal `version-mismatch`, `rule-unknown`, `rule-installed` or `too-many-versions`
    DefinitionRecord remove(Wish wish) {
        requireExpected(wish.expected());
        if (!isDefined()) {
            throw installed == null ? unknown() : new Refusal(ErrorCode.RULE_INSTALLED,
                    "The rule comes with the installation: it can be given another version, not removed.");
        }
        return next(wish, RuleVersion.REMOVED, null);
    }

    static Refusal unknown() {
        return new Refusal(ErrorCode.RULE_UNKNOWN, "There is no such rule, or not in this version; GET /v1/rules lists them.");
    }

    private boolean isInForce(WrittenRule rule) {
        var now = isDefined() ? versions.getLast().value() : installed == null ? null : installed.value();
        return now != null && CanonicalJson.text(now).equals(CanonicalJson.text(rule.value()));
    }

    private void requireExpected(@Nullable Long expected) {
        if (expected != null && expected != version()) {
            throw mismatch();
        }
    }

    /// What somebody learns who wrote on a version that is no longer the last one.
    Refusal mismatch() {
        return new Refusal(ErrorCode.VERSION_MISMATCH, version() == 0
                ? "There is no such rule now: send the request with If-Match: \"0\" to make it."
                : "The rule is at version " + version() + ": read it, and send the change again with If-Match: \"" + version() + "\".");
    }

    private DefinitionRecord next(Wish wish, String type, @Nullable WrittenRule rule) {
        if (versions.size() >= MAX_VERSIONS) {
            throw new Refusal(ErrorCode.TOO_MANY_RULES, "The rule has had " + MAX_VERSIONS + " versions: give it a new id.");
        }
        long number = versions.isEmpty() ? version() + 1 : versions.getLast().number() + 1;
        return new DefinitionRecord(wish.recordId(), DefinitionKey.rule(id), type, number, wish.by(), wish.at(), rule == null ? null : rule.value());
    }
}
