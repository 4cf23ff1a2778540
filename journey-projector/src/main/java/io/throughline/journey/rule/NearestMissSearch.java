package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Comparison.Unmet;
import io.throughline.journey.rule.work.Exhausted;
import io.throughline.journey.rule.work.Meter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Seeks the candidate that came closest to meeting an obligation: fewest conditions failed, then closest in time to the activation,
/// then first in the journey.
final class NearestMissSearch {

    private final Comparison comparison;
    private final Meter meter;
    private @Nullable Touchpoint nearest;
    private List<Unmet> unmet = List.of();

    private NearestMissSearch(Comparison comparison, Meter meter) {
        this.comparison = comparison;
        this.meter = meter;
    }

    /// Seeks as long as the courtesy lasts: no verdict depends on what is found.
    static @Nullable NearestMiss in(Docket docket, Supplier<Comparison> comparison, Function<NearestMissSearch, @Nullable NearestMiss> search) {
        if (docket.isCut() || docket.courtesy().isExhausted()) {
            return null;
        }
        try {
            var asked = comparison.get();
            docket.courtesy().spend(asked.activation().payload().toRead());
            return search.apply(new NearestMissSearch(asked, docket.courtesy()));
        } catch (Exhausted _) {
            return null;
        }
    }

    void consider(Touchpoint candidate) {
        if (candidate == comparison.activation()) {
            return;
        }
        meter.spend(2 + candidate.payload().toRead());
        var conditions = comparison.unmetBy(candidate, meter);
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
