package io.throughline.journey.finding;

import io.throughline.events.Money;
import io.throughline.events.Token;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One revision of a finding: what we tell the world of an activation.
///
/// @param person whose journey it is about; `null` where it is about something of the company's own
/// @param subject what it is about where it is no person, as in `source:/crm`
/// @param stage of the rule, where it names one
/// @param cost of one violation, where the rule names it
/// @param verdict `null` where no verdict stands behind it any more
/// @param revision counts from 1; a consumer drops what it has
/// @param historic its deadline had long passed when it became known
/// @param content changes when what is said changes
/// @param knownAt evaluation time at which it first became known
/// @param changedAt evaluation time of this revision
/// @param body JSON of the activation: references and parameters, never contents
/// @param slot stays the same when another event comes to name what it is about; `null` where that cannot happen
/// @param supersededBy of a withdrawn one: the finding that took its place, should there be one
public record Finding(
        FindingId id,
        @Nullable Token person,
        @Nullable String subject,
        String rule,
        int ruleVersion,
        String severity,
        @Nullable String stage,
        @Nullable Money cost,
        FindingStatus status,
        @Nullable Verdict verdict,
        int revision,
        boolean historic,
        UUID content,
        Instant activationAt,
        Instant knownAt,
        Instant changedAt,
        String body,
        @Nullable UUID slot,
        @Nullable FindingId supersededBy) {

    public Finding {
        if ((person == null) == (subject == null)) {
            throw new IllegalArgumentException("a finding is about a person or about a subject of the company's own");
        }
    }

    static Finding first(FindingId id, Token person, Activation activation, FindingStatus status, boolean historic, Instant at) {
        return new Finding(id, person, null, activation.rule().id(), activation.rule().version(), activation.rule().severity().wire(),
                activation.rule().stage(), activation.rule().cost(), status, activation.verdict(), 1, historic,
                activation.contentHash(), activation.activationAt(), at, at, FindingBody.write(activation).toString(), activation.slot().orElse(null), null);
    }

    Finding next(Activation activation, FindingStatus newStatus, Instant at) {
        return new Finding(id, person, subject, rule, activation.rule().version(), activation.rule().severity().wire(), activation.rule().stage(),
                activation.rule().cost(), newStatus, activation.verdict(),
                revision + 1, historic, activation.contentHash(), activationAt, knownAt, at, FindingBody.write(activation).toString(),
                activation.slot().orElse(null), null);
    }

    /// What it said last stays readable in its body.
    ///
    /// @param successor the finding that takes its place; `null` if none does
    public Finding withdrawn(Instant at, @Nullable FindingId successor) {
        return new Finding(id, person, subject, rule, ruleVersion, severity, stage, cost, FindingStatus.WITHDRAWN, null, revision + 1, historic, content,
                activationAt, knownAt, at, body, slot, successor);
    }
}
