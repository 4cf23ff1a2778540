package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.work.Exhausted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Leads one rule through one journey for as long as its budget lasts.
final class Track {

    private final Docket docket;
    private @Nullable Tracker tracker;
    private @Nullable Overrun overrun;

    /// @param first the first event of the journey
    Track(Docket docket, Touchpoint first) {
        this.docket = docket;
        try {
            tracker = Tracker.of(docket, first);
        } catch (Exhausted exhausted) {
            stop(first, exhausted);
        }
    }

    void see(Touchpoint event, int roles) {
        if (tracker != null) {
            try {
                docket.meter().spend(1 + event.payload().size() / 1024);
                tracker.see(event, roles);
            } catch (Exhausted exhausted) {
                stop(event, exhausted);
            }
        }
    }

    /// What was settled stands, and so does what had to happen before `event` and did not. The rest is undetermined.
    private void stop(Touchpoint event, Exhausted exhausted) {
        overrun = new Overrun(docket.rule().id(), docket.rule().version(), exhausted.getMessage());
        docket.cut(exhausted.getMessage());
        if (tracker != null) {
            tracker.conclude(new Horizon(event.occurredAt(), null, true));
        }
        docket.tellUnseen(event);
        tracker = null;
        docket.meter().releaseAll();
    }

    void conclude(Instant asOf) {
        if (tracker != null) {
            tracker.conclude(new Horizon(asOf, null, false));
        }
    }

    @Nullable Instant endsAt() {
        return tracker == null ? null : tracker.endsAt();
    }

    @Nullable Overrun overrun() {
        return overrun;
    }

    long work() {
        return docket.meter().spent() + docket.courtesy().spent();
    }

    long held() {
        return docket.meter().held();
    }
}
