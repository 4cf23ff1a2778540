package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Comparison.Unmet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Seeks the candidate that came closest to meeting an obligation: fewest conditions failed, then closest in time to the activation,
/// then first in the journey.
final class NearestMissSearch {

    private final Comparison comparison;
    private @Nullable Touchpoint nearest;
    private List<Unmet> unmet = List.of();

    NearestMissSearch(Comparison comparison) {
        this.comparison = comparison;
    }

    void consider(Touchpoint candidate) {
        if (candidate.equals(comparison.activation())) {
            return;
        }
        var conditions = comparison.unmetBy(candidate);
        if (nearest == null || isNearer(candidate, conditions)) {
            nearest = candidate;
            unmet = conditions;
        }
    }

    @Nullable NearestMiss result() {
        return nearest == null ? null : new NearestMiss(EventRef.to(nearest), nearest.occurredAt(), unmet.stream().map(Unmet::told).toList());
    }

    private boolean isNearer(Touchpoint candidate, List<Unmet> conditions) {
        int order = Integer.compare(conditions.size(), unmet.size());
        if (order == 0) {
            order = comparison.distance(candidate).compareTo(comparison.distance(nearest));
        }
        return order < 0 || (order == 0 && candidate.compareTo(nearest) < 0);
    }
}
