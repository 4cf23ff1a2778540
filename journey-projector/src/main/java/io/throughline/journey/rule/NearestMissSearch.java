package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Seeks the candidate that came closest to meeting an obligation: fewest conditions failed, then closest in time to the activation,
/// then first in the journey. Candidates are events of a type that was expected.
final class NearestMissSearch {

    private final Response response;
    private final Touchpoint activation;
    private final @Nullable Deadline deadline;
    private @Nullable Touchpoint nearest;
    private List<Failed> failed = List.of();

    NearestMissSearch(Response response, Touchpoint activation, @Nullable Deadline deadline) {
        this.response = response;
        this.activation = activation;
        this.deadline = deadline;
    }

    void consider(Touchpoint candidate) {
        var failures = failures(candidate);
        if (nearest == null || isNearer(candidate, failures)) {
            nearest = candidate;
            failed = failures;
        }
    }

    @Nullable NearestMiss result() {
        return nearest == null ? null : new NearestMiss(EventRef.to(nearest), nearest.occurredAt(), failed);
    }

    private boolean isNearer(Touchpoint candidate, List<Failed> failures) {
        int order = Integer.compare(failures.size(), failed.size());
        if (order == 0) {
            order = distance(candidate).compareTo(distance(nearest));
        }
        return order < 0 || (order == 0 && candidate.compareTo(nearest) < 0);
    }

    private Duration distance(Touchpoint candidate) {
        return Duration.between(activation.occurredAt(), candidate.occurredAt()).abs();
    }

    private List<Failed> failures(Touchpoint candidate) {
        var failures = new ArrayList<>(response.expect().failures(candidate));
        if (!response.by().correlates(activation, candidate)) {
            failures.add(new Failed(Kind.CORRELATION, response.by().difference(activation, candidate)));
        }
        if (response.where() != null) {
            NearestMiss.failed(response.where(), response.where().test(activation, candidate)).ifPresent(failures::add);
        }
        if (candidate.compareTo(activation) < 0) {
            failures.add(new Failed(Kind.ORDER, tooEarly(candidate)));
        }
        if (deadline != null && deadline.hasPassedAt(candidate.occurredAt())) {
            failures.add(new Failed(Kind.TIME, "too late by " + Duration.between(deadline.at(), candidate.occurredAt())));
        }
        return failures;
    }

    private String tooEarly(Touchpoint candidate) {
        boolean sameInstant = candidate.occurredAt().equals(activation.occurredAt());
        return sameInstant ? "before the activation: same instant; order by " + candidate.order().decidedBy(activation.order()) : "before the activation";
    }
}
