package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import io.throughline.journey.rule.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Seeks the candidate that came closest to meeting an obligation: fewest conditions failed, then closest in time to the activation,
/// then first in the journey.
final class NearestMissSearch {

    /// @param detail made only for the condition that is reported in the end
    private record Unmet(Kind condition, Supplier<String> detail) {}

    private final Pairing pairing;
    private final Touchpoint activation;
    private final Optional<String> key;
    private final boolean ahead;
    /// Until when a candidate, looking ahead, or the activation, looking back at a candidate, is in time; `null` if always.
    private final Function<Touchpoint, @Nullable Instant> inTimeUntil;
    private @Nullable Touchpoint nearest;
    private List<Unmet> unmet = List.of();

    private NearestMissSearch(Pairing pairing, Touchpoint activation, boolean ahead, Function<Touchpoint, @Nullable Instant> inTimeUntil) {
        this.pairing = pairing;
        this.activation = activation;
        this.key = pairing.by().key(activation);
        this.ahead = ahead;
        this.inTimeUntil = inTimeUntil;
    }

    /// For what should have come after the activation.
    static NearestMissSearch after(Pairing pairing, Touchpoint activation, @Nullable Deadline deadline) {
        return new NearestMissSearch(pairing, activation, true, _ -> deadline == null ? null : deadline.at());
    }

    /// For what should have come before it.
    static NearestMissSearch before(Pairing pairing, Touchpoint activation, @Nullable Span within, ZoneId zone) {
        return new NearestMissSearch(pairing, activation, false, earlier -> within == null ? null : within.endAfter(earlier.occurredAt(), zone).orElse(null));
    }

    void consider(Touchpoint candidate) {
        if (candidate.equals(activation)) {
            return;
        }
        var conditions = unmetBy(candidate);
        if (nearest == null || isNearer(candidate, conditions)) {
            nearest = candidate;
            unmet = conditions;
        }
    }

    @Nullable NearestMiss result() {
        if (nearest == null) {
            return null;
        }
        var failed = unmet.stream().map(condition -> new Failed(condition.condition(), condition.detail().get())).toList();
        return new NearestMiss(EventRef.to(nearest), nearest.occurredAt(), failed);
    }

    private boolean isNearer(Touchpoint candidate, List<Unmet> conditions) {
        int order = Integer.compare(conditions.size(), unmet.size());
        if (order == 0) {
            order = distance(candidate).compareTo(distance(nearest));
        }
        return order < 0 || (order == 0 && candidate.compareTo(nearest) < 0);
    }

    private Duration distance(Touchpoint candidate) {
        return Duration.between(activation.occurredAt(), candidate.occurredAt()).abs();
    }

    private List<Unmet> unmetBy(Touchpoint candidate) {
        if (!pairing.expect().names(candidate.type())) {
            return List.of(new Unmet(Kind.TYPE, () -> "of another type"));
        }
        var conditions = new ArrayList<Unmet>(2);
        pairing.expect().failures(candidate).forEach(failed -> conditions.add(new Unmet(failed.condition(), failed::detail)));
        if (!key.equals(pairing.by().key(candidate))) {
            conditions.add(new Unmet(Kind.CORRELATION, () -> pairing.by().difference(activation, candidate)));
        }
        if (pairing.where() != null) {
            NearestMiss.failed(pairing.where(), pairing.where().test(activation, candidate))
                    .ifPresent(failed -> conditions.add(new Unmet(failed.condition(), failed::detail)));
        }
        if (candidate.compareTo(activation) < 0 == ahead) {
            conditions.add(new Unmet(Kind.ORDER, () -> misplaced(candidate)));
        }
        late(candidate).ifPresent(conditions::add);
        return conditions;
    }

    private Optional<Unmet> late(Touchpoint candidate) {
        var until = inTimeUntil.apply(candidate);
        var later = ahead ? candidate : activation;
        boolean late = until != null && later.occurredAt().isAfter(until);
        return late ? Optional.of(new Unmet(Kind.TIME, () -> "too late by " + Duration.between(until, later.occurredAt()))) : Optional.empty();
    }

    private String misplaced(Touchpoint candidate) {
        boolean sameInstant = candidate.occurredAt().equals(activation.occurredAt());
        var place = ahead ? "before the activation" : "after the activation";
        return sameInstant ? place + ": same instant; order by " + candidate.order().decidedBy(activation.order()) : place;
    }
}
