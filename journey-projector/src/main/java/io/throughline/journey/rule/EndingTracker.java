package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Shows a tracker the events of its journey until the journey is over, and tells it when that was.
final class EndingTracker implements Tracker {

    private final Tracker tracker;
    private final Docket docket;
    private final Rule rule;
    private final int closesRole;
    private final int patternRoles;
    private @Nullable Instant end;
    private @Nullable Instant quietUntil;

    EndingTracker(Docket docket, Tracker tracker) {
        this.docket = docket;
        this.rule = docket.rule();
        this.tracker = tracker;
        this.closesRole = rule.ending().closes() == null ? 0 : 1 << rule.pattern().selectors().size();
        this.patternRoles = (1 << rule.pattern().selectors().size()) - 1;
    }

    @Override
    public void see(Touchpoint event, int roles) {
        if (end == null && quietUntil != null && event.occurredAt().isAfter(quietUntil)) {
            end = quietUntil;
        }
        if (end != null) {
            return;
        }
        if ((roles & patternRoles) != 0) {
            tracker.see(event, roles & patternRoles);
        }
        if ((roles & closesRole) != 0 && rule.ending().closes().selects(event, docket.meter())) {
            end = event.occurredAt();
        } else if (rule.ending().idle() != null) {
            quietUntil = rule.ending().idle().after(event.occurredAt(), rule.zone());
        }
    }

    @Override
    public void conclude(Horizon horizon) {
        if (end == null && quietUntil != null && horizon.asOf().isAfter(quietUntil)) {
            end = quietUntil;
        }
        tracker.conclude(horizon.endingAt(end));
    }

    @Override
    public @Nullable Instant endsAt() {
        return end == null && quietUntil != null ? quietUntil.plus(1, ChronoUnit.MICROS) : null;
    }
}
