package io.throughline.journey.finding;

import io.throughline.events.Token;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps what we told in step with what holds: from the findings before and the verdicts now, the revisions that are due.
///
/// Only the status reached is told, not the ones passed through. Nothing changed, nothing is told.
public final class Reconciliation {

    private final Duration historicAfter;

    /// @param historicAfter a finding whose deadline had passed longer ago than this when it became known is historic
    public Reconciliation(Duration historicAfter) {
        this.historicAfter = historicAfter;
    }

    /// @param before this person's findings as told last, of all statuses
    /// @param now every activation of this person's journey, whatever its verdict
    /// @param at the evaluation time of `now`
    public List<Finding> revisions(Token person, Map<FindingId, Finding> before, List<Activation> now, Instant at) {
        var revisions = new ArrayList<Finding>();
        var standing = new HashSet<FindingId>();
        var appeared = new ArrayList<Finding>();
        for (var activation : now) {
            FindingStatus.of(activation).ifPresent(status -> {
                var id = activation.id();
                standing.add(id);
                var told = before.get(id);
                if (told == null) {
                    appeared.add(Finding.first(id, person, activation, status, isHistoric(activation, at), at));
                } else if (told.status() == FindingStatus.WITHDRAWN) {
                    appeared.add(told.next(activation, status, at));
                } else if (told.status() != status || !told.content().equals(activation.contentHash())) {
                    revisions.add(told.next(activation, status, at));
                }
            });
        }
        revisions.addAll(appeared);
        before.values().stream()
                .filter(told -> !standing.contains(told.id()) && told.status() != FindingStatus.WITHDRAWN)
                .forEach(told -> revisions.add(told.withdrawn(at, successor(told, appeared))));
        return revisions;
    }

    /// Where another event has come to name what `gone` was about: of several the nearest in time.
    private static @Nullable FindingId successor(Finding gone, List<Finding> appeared) {
        return appeared.stream()
                .filter(one -> gone.slot() != null && gone.slot().equals(one.slot()))
                .min(Comparator.comparing((Finding one) -> Duration.between(gone.activationAt(), one.activationAt()).abs())
                        .thenComparing(one -> one.id().toString()))
                .map(Finding::id)
                .orElse(null);
    }

    private boolean isHistoric(Activation activation, Instant at) {
        var deadline = activation.deadline() == null ? activation.activationAt() : activation.deadline().at();
        var due = activation.brokenAt() == null ? deadline : activation.brokenAt();
        return due.isBefore(at.minus(historicAfter));
    }
}
