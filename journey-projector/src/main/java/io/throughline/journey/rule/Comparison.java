package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.time.Span;
import io.throughline.journey.rule.work.Meter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one activation asks of another event, condition by condition.
final class Comparison {

    /// A condition that is not met.
    ///
    /// @param failed called only where the failure is reported
    record Unmet(Supplier<Failed> failed) {

        Unmet(Kind condition, Supplier<String> detail) {
            this(() -> new Failed(condition, detail.get()));
        }

        Failed told() {
            return failed.get();
        }
    }

    /// On which side of the activation an event must lie.
    private enum Place { BEFORE, AFTER, ANYWHERE }

    private final Touchpoint activation;
    private final Selector expect;
    private final Pairing pairing;
    private final Optional<String> key;
    private final boolean swapped;
    private final Place place;
    /// Until when the later one of activation and candidate is in time; `null` if always.
    private final Function<Touchpoint, @Nullable Instant> inTimeUntil;

    private Comparison(Pairing pairing, boolean swapped, Touchpoint activation, Place place, Function<Touchpoint, @Nullable Instant> inTimeUntil) {
        this.activation = activation;
        this.expect = swapped ? pairing.when() : pairing.expect();
        this.pairing = pairing;
        this.key = pairing.by().key(activation);
        this.swapped = swapped;
        this.place = place;
        this.inTimeUntil = inTimeUntil;
    }

    /// With what should come after the activation.
    static Comparison after(Pairing pairing, Touchpoint activation, @Nullable Deadline deadline) {
        return new Comparison(pairing, false, activation, Place.AFTER, _ -> at(deadline));
    }

    /// With what should come before it.
    static Comparison before(Pairing pairing, Touchpoint activation, @Nullable Span within, ZoneId zone) {
        return new Comparison(pairing, false, activation, Place.BEFORE, earlier -> end(within, earlier, zone));
    }

    /// With what may come on either side, the later one of the two in time.
    static Comparison around(Pairing pairing, Touchpoint activation, @Nullable Span within, ZoneId zone, @Nullable Deadline deadline) {
        return new Comparison(pairing, false, activation, Place.ANYWHERE,
                candidate -> candidate.compareTo(activation) < 0 ? end(within, candidate, zone) : at(deadline));
    }

    /// With what may come on either side until a deadline.
    static Comparison until(@Nullable Deadline deadline, Pairing pairing, Touchpoint activation) {
        return new Comparison(pairing, false, activation, Place.ANYWHERE, _ -> at(deadline));
    }

    /// As [#until], of an activation that is what the pairing expects.
    static Comparison swappedUntil(@Nullable Deadline deadline, Pairing pairing, Touchpoint activation) {
        return new Comparison(pairing, true, activation, Place.ANYWHERE, _ -> at(deadline));
    }

    private static @Nullable Instant at(@Nullable Deadline deadline) {
        return deadline == null ? null : deadline.at();
    }

    private static @Nullable Instant end(@Nullable Span within, Touchpoint earlier, ZoneId zone) {
        return within == null ? null : within.endAfter(earlier.occurredAt(), zone).orElse(null);
    }

    Touchpoint activation() {
        return activation;
    }

    boolean names(String type) {
        return expect.names(type);
    }

    Duration distance(Touchpoint candidate) {
        return Duration.between(activation.occurredAt(), candidate.occurredAt()).abs();
    }

    /// What keeps `candidate` from being the one that is asked for; empty if nothing does.
    List<Unmet> unmetBy(Touchpoint candidate, Meter meter) {
        if (!expect.names(candidate.type())) {
            return List.of(new Unmet(Kind.TYPE, () -> "of another type"));
        }
        var conditions = new ArrayList<Unmet>(2);
        expect.failures(candidate, meter).forEach(failed -> conditions.add(new Unmet(() -> failed)));
        if (key.isEmpty() || !key.equals(pairing.by().key(candidate))) {
            conditions.add(new Unmet(Kind.CORRELATION, () -> pairing.by().difference(activation, candidate)));
        }
        if (pairing.where() != null) {
            failure(pairing.where(), candidate, meter).ifPresent(failed -> conditions.add(new Unmet(() -> failed)));
        }
        if (isMisplaced(candidate)) {
            conditions.add(new Unmet(Kind.ORDER, () -> misplaced(candidate)));
        }
        late(candidate).ifPresent(conditions::add);
        return conditions;
    }

    private Optional<Failed> failure(Condition where, Touchpoint candidate, Meter meter) {
        return NearestMiss.failed(where, swapped ? where.test(candidate, activation, meter) : where.test(activation, candidate, meter), !swapped);
    }

    private Optional<Unmet> late(Touchpoint candidate) {
        var until = inTimeUntil.apply(candidate);
        boolean back = place == Place.BEFORE || (place == Place.ANYWHERE && candidate.compareTo(activation) < 0);
        var later = back ? activation : candidate;
        boolean late = until != null && later.occurredAt().isAfter(until);
        return late ? Optional.of(new Unmet(Kind.TIME, () -> "too late by " + Duration.between(until, later.occurredAt()))) : Optional.empty();
    }

    private boolean isMisplaced(Touchpoint candidate) {
        return place != Place.ANYWHERE && candidate.compareTo(activation) < 0 == (place == Place.AFTER);
    }

    private String misplaced(Touchpoint candidate) {
        boolean sameInstant = candidate.occurredAt().equals(activation.occurredAt());
        var where = place == Place.AFTER ? "before the activation" : "after the activation";
        return sameInstant ? where + ": same instant; order by " + candidate.order().decidedBy(activation.order()) : where;
    }
}
