package io.throughline.journey.finding;

import io.throughline.events.Token;
import io.throughline.journey.rule.Activation;
import io.throughline.journey.rule.FindingId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Keeps published findings in step with verdicts: from the revision published last and the verdict now, the revision that is due.
///
/// Only the status reached is published, not the ones passed through; where nothing changed, nothing is published.
public final class Reconciliation {

    private final Duration historicAfter;

    /// @param historicAfter a finding whose deadline had passed longer ago than this when it became known is historic
    public Reconciliation(Duration historicAfter) {
        this.historicAfter = historicAfter;
    }

    /// A finding that came, or came back, under a slot: it may take the place of one that went.
    public record Appeared(UUID slot, Instant activationAt, FindingId id) {

        /// Empty where the revision is none that came, or may take no other's place.
        public static Optional<Appeared> of(@Nullable Finding before, Finding revision) {
            boolean came = before == null || before.status() == FindingStatus.WITHDRAWN;
            return came && revision.slot() != null
                    ? Optional.of(new Appeared(revision.slot(), revision.activationAt(), revision.id())) : Optional.empty();
        }
    }

    /// All at once, for a journey that is small or has been published nothing of.
    ///
    /// @param before this person's findings as published last, of all statuses
    /// @param now every activation of this person's journey, whatever its verdict
    /// @param at the evaluation time of `now`
    public List<Finding> revisions(Token person, Map<FindingId, Finding> before, List<Activation> now, Instant at) {
        var revisions = new ArrayList<Finding>();
        var standing = new HashSet<FindingId>();
        var appeared = new ArrayList<Appeared>();
        for (var activation : now) {
            if (FindingStatus.of(activation).isPresent()) {
                var id = activation.id();
                standing.add(id);
                revision(person, before.get(id), null, activation, at).ifPresent(revision -> {
                    revisions.add(revision);
                    Appeared.of(before.get(id), revision).ifPresent(appeared::add);
                });
            }
        }
        before.values().stream().filter(finding -> !standing.contains(finding.id()))
                .forEach(gone -> withdrawal(gone, appeared, at).ifPresent(revisions::add));
        return revisions;
    }

    /// The revision that an activation asks for; empty where what was published already says it, or the verdict asks for no finding.
    ///
    /// @param before as published last; `null` if never
    /// @param dismissed what the verdict said when its finding was dismissed; `null` if it was not
    public Optional<Finding> revision(Token person, @Nullable Finding before, @Nullable UUID dismissed, Activation activation, Instant at) {
        return FindingStatus.of(activation).flatMap(verdict -> {
            var status = activation.contentHash().equals(dismissed) ? FindingStatus.DISMISSED : verdict;
            if (before == null) {
                return Optional.of(Finding.first(activation.id(), person, activation, status, isHistoric(activation, at), at));
            }
            boolean same = before.status() == status && before.content().equals(activation.contentHash());
            // What is dismissed comes back only as something that is wrong now, and otherwise than it was.
            boolean stays = before.status() == FindingStatus.DISMISSED && status != FindingStatus.OPEN;
            return same || stays ? Optional.empty() : Optional.of(before.next(activation, status, at));
        });
    }

    /// The withdrawal of a finding that no activation stands behind any more; empty where it is withdrawn or dismissed
    /// already.
    ///
    /// @param appeared findings of the same person that came in the same evaluation
    public Optional<Finding> withdrawal(Finding gone, Collection<Appeared> appeared, Instant at) {
        boolean stays = gone.status() == FindingStatus.WITHDRAWN || gone.status() == FindingStatus.DISMISSED;
        return stays ? Optional.empty() : Optional.of(gone.withdrawn(at, successor(gone, appeared)));
    }

    /// Where another event has come to name what `gone` was about: of several the nearest in time.
    private static @Nullable FindingId successor(Finding gone, Collection<Appeared> appeared) {
        return appeared.stream()
                .filter(one -> one.slot().equals(gone.slot()))
                .min(Comparator.comparing((Appeared one) -> Duration.between(gone.activationAt(), one.activationAt()).abs())
                        .thenComparing(one -> one.id().toString()))
                .map(Appeared::id)
                .orElse(null);
    }

    private boolean isHistoric(Activation activation, Instant at) {
        var deadline = activation.deadline() == null ? activation.activationAt() : activation.deadline().at();
        var due = activation.brokenAt() == null ? deadline : activation.brokenAt();
        return due.isBefore(at.minus(historicAfter));
    }
}
