package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Seeks the candidate that came closest to meeting an obligation: fewest conditions failed, then closest in time to the activation,
/// then first in the journey. Candidates are events of a type that was expected.
final class NearestMissSearch {

    /// @param detail made only for the condition that is reported in the end
    private record Unmet(Kind condition, Supplier<String> detail) {}

    private final Response response;
    private final Touchpoint activation;
    private final Optional<String> key;
    private final @Nullable Deadline deadline;
    private @Nullable Touchpoint nearest;
    private List<Unmet> unmet = List.of();

    NearestMissSearch(Response response, Touchpoint activation, @Nullable Deadline deadline) {
        this.response = response;
        this.activation = activation;
        this.key = response.by().key(activation);
        this.deadline = deadline;
    }

    void consider(Touchpoint candidate) {
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
        var conditions = new ArrayList<Unmet>(2);
        response.expect().failures(candidate).forEach(failed -> conditions.add(new Unmet(failed.condition(), failed::detail)));
        if (!key.equals(response.by().key(candidate))) {
            conditions.add(new Unmet(Kind.CORRELATION, () -> response.by().difference(activation, candidate)));
        }
        if (response.where() != null) {
            NearestMiss.failed(response.where(), response.where().test(activation, candidate))
                    .ifPresent(failed -> conditions.add(new Unmet(failed.condition(), failed::detail)));
        }
        if (candidate.compareTo(activation) < 0) {
            conditions.add(new Unmet(Kind.ORDER, () -> tooEarly(candidate)));
        }
        if (deadline != null && deadline.hasPassedAt(candidate.occurredAt())) {
            conditions.add(new Unmet(Kind.TIME, () -> "too late by " + Duration.between(deadline.at(), candidate.occurredAt())));
        }
        return conditions;
    }

    private String tooEarly(Touchpoint candidate) {
        boolean sameInstant = candidate.occurredAt().equals(activation.occurredAt());
        return sameInstant ? "before the activation: same instant; order by " + candidate.order().decidedBy(activation.order()) : "before the activation";
    }
}
