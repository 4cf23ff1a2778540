package io.throughline.journey.finding;

import io.throughline.events.Token;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One revision of a finding: what we tell the world of an activation.
///
/// @param verdict `null` where no verdict stands behind it any more
/// @param revision counts from 1; a consumer drops what it has
/// @param historic its deadline had long passed when it became known
/// @param content changes when what is said changes
/// @param knownAt evaluation time at which it first became known
/// @param changedAt evaluation time of this revision
/// @param body JSON of the activation: references and parameters, never contents
public record Finding(
        FindingId id,
        Token person,
        String rule,
        int ruleVersion,
        String severity,
        FindingStatus status,
        @Nullable Verdict verdict,
        int revision,
        boolean historic,
        UUID content,
        Instant activationAt,
        Instant knownAt,
        Instant changedAt,
        String body) {

    static Finding first(FindingId id, Token person, Activation activation, FindingStatus status, boolean historic, Instant at) {
        return new Finding(id, person, activation.rule().id(), activation.rule().version(), activation.rule().severity().wire(), status, activation.verdict(), 1,
                historic, activation.contentHash(), activation.activationAt(), at, at, FindingBody.write(activation).toString());
    }

    Finding next(Activation activation, FindingStatus newStatus, Instant at) {
        return new Finding(id, person, rule, activation.rule().version(), activation.rule().severity().wire(), newStatus, activation.verdict(), revision + 1,
                historic, activation.contentHash(), activationAt, knownAt, at, FindingBody.write(activation).toString());
    }

    /// What it said last stays readable in its body.
    Finding withdrawn(Instant at) {
        return new Finding(id, person, rule, ruleVersion, severity, FindingStatus.WITHDRAWN, null, revision + 1, historic, content, activationAt, knownAt, at, body);
    }
}
