package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the events of a [Counting], for the journey or for each key.
final class CountingTracker implements Tracker {

    /// Bytes of memory of a count, beside its key and its events, and of a key that is done with.
    private static final int OVERHEAD = 700;
    private static final int DONE = 100;

    private final Docket docket;
    private final Counting counting;
    private final Touchpoint first;
    /// `null` where the key is done with.
    private final Map<String, @Nullable Count> counts = new LinkedHashMap<>();
    private final Vicinity vicinity;

    CountingTracker(Docket docket, Counting counting, Touchpoint first) {
        this.docket = docket;
        this.counting = counting;
        this.first = first;
        this.vicinity = new Vicinity(docket.meter());
        if (counting.isAboutEveryJourney()) {
            counts.put("", new Count("", first));
        }
    }

    @Override
    public void see(Touchpoint event, int roles) {
        if (!counting.counted().selects(event, docket.meter())) {
            vicinity.show(event);
        } else {
            docket.key(counting.by(), event).ifPresent(key -> count(key, event));
        }
    }

    private void count(String key, Touchpoint event) {
        var count = counts.get(key);
        if (count == null && !counts.containsKey(key)) {
            docket.meter().hold(DONE + 2L * key.length());
            count = new Count(key, event);
            counts.put(key, count);
        }
        if (count != null && count.add(event)) {
            counts.put(key, null);
        }
    }

    @Override
    public void conclude(Horizon horizon) {
        counts.values().forEach(count -> {
            if (count != null) {
                count.conclude(horizon);
            }
        });
    }

    /// One count. Of all its events it keeps as many as may be told of.
    private final class Count {
        private final long place;
        private final String key;
        private final Touchpoint start;
        private final Due due;
        private final Surroundings surroundings = vicinity.around();
        private final Pieces events = new Pieces();
        private long held;
        private @Nullable Touchpoint named;
        private int inTime;
        private @Nullable Touchpoint excess;
        private @Nullable Touchpoint late;

        Count(String key, Touchpoint start) {
            this.place = docket.open(start.occurredAt());
            this.key = key;
            this.start = start;
            this.due = Due.of(counting.within() == null ? null : new Window.Lasting(counting.within()), start, docket);
            hold(OVERHEAD + start.weight());
        }

        private void hold(long bytes) {
            held += bytes;
            docket.meter().hold(bytes);
        }

        /// @return whether it is settled now
        boolean add(Touchpoint event) {
            if (named == null) {
                named = event;
                hold(event.weight());
            }
            boolean over = due.hasPassedAt(event.occurredAt());
            if (over) {
                addLate(event);
            } else {
                inTime++;
                keep(event);
                if (excess == null && inTime > counting.max()) {
                    excess = event;
                    hold(event.weight());
                }
            }
            boolean settled = counting.isEnough(inTime) || (over && !mayYetBeMet());
            if (settled) {
                settle(due.deadline() == null ? null : due.deadline().at());
            }
            return settled;
        }

        /// Too late to count, but what was missing may yet come.
        private void addLate(Touchpoint event) {
            if (mayYetBeMet()) {
                keep(event);
                late = events.count() == counting.min() ? event : null;
            }
        }

        private boolean mayYetBeMet() {
            return late == null && counting.max() == Integer.MAX_VALUE && inTime < counting.min();
        }

        private void keep(Touchpoint event) {
            long before = events.weight();
            events.add(Role.COUNTED, event);
            hold(events.weight() - before);
        }

        void conclude(Horizon horizon) {
            settle(horizon.passed(due.deadline()));
        }

        private void settle(@Nullable Instant passed) {
            docket.settle(judgement(passed));
            surroundings.forget();
            docket.meter().release(held);
        }

        private Judgement judgement(@Nullable Instant passed) {
            if (due instanceof Due.Unknown(var reason)) {
                return draft(Verdict.UNDETERMINED, null).note(reason).certain();
            }
            var deadline = due.deadline();
            if (excess != null) {
                return draft(Verdict.VIOLATED, deadline).other(excess).broken(excess.occurredAt()).certain();
            }
            if (counting.isEnough(inTime)) {
                return draft(Verdict.SATISFIED, deadline).certain();
            }
            if (passed == null) {
                return draft(Verdict.PENDING, deadline).certain();
            }
            if (inTime >= counting.min()) {
                var satisfied = draft(Verdict.SATISFIED, deadline).certain();
                return counting.forbids() ? satisfied.unless(counting.counted(), passed) : satisfied;
            }
            return draft(Verdict.VIOLATED, deadline).other(late).broken(passed).met(late == null ? null : late.occurredAt()).missed(nearestMiss(deadline))
                    .certain().unless(counting.counted(), passed);
        }

        private @Nullable NearestMiss nearestMiss(@Nullable Deadline deadline) {
            var pairing = new Pairing(counting.counted(), counting.counted(), counting.by(), null);
            return NearestMissSearch.in(docket, () -> Comparison.after(pairing, start, deadline),
                    search -> surroundings.nearestMiss(search, late == null ? List.of() : List.of(late)));
        }

        private Draft draft(Verdict verdict, @Nullable Deadline deadline) {
            var naming = named == null ? first : named;
            var draft = docket.draft(place, naming, verdict).activatedAt(start.occurredAt()).due(deadline).group(key);
            return events.count() == 0 ? draft.evidence(Role.ACTIVATION, naming) : draft.gathered(events);
        }
    }
}
