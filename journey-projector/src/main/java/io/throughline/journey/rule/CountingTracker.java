package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the events of a [Counting], for the journey or for each key.
final class CountingTracker implements Tracker {

    private final Rule rule;
    private final Counting counting;
    private final Touchpoint first;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final Vicinity vicinity = new Vicinity();

    CountingTracker(Rule rule, Counting counting, Touchpoint first) {
        this.rule = rule;
        this.counting = counting;
        this.first = first;
        if (counting.isAboutEveryJourney()) {
            counts.put("", new Count("", first));
        }
    }

    @Override
    public void see(Touchpoint event, int roles) {
        if (!counting.counted().selects(event)) {
            vicinity.show(event);
        } else {
            counting.by().key(event).ifPresent(key -> counts.computeIfAbsent(key, _ -> new Count(key, event)).add(event));
        }
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return counts.values().stream().map(count -> count.judge(horizon)).toList();
    }

    /// One count. Of all its events it keeps as many as may be told of.
    private final class Count {
        private final String key;
        private final Touchpoint start;
        private final Due due;
        private final Surroundings surroundings = vicinity.around();
        private final List<Touchpoint> events = new ArrayList<>(2);
        private @Nullable Touchpoint named;
        private int inTime;
        private @Nullable Touchpoint excess;
        private @Nullable Touchpoint late;

        Count(String key, Touchpoint start) {
            this.key = key;
            this.start = start;
            this.due = Due.of(counting.within() == null ? null : new Window.Lasting(counting.within()), start, rule.zone());
        }

        void add(Touchpoint event) {
            named = named == null ? event : named;
            if (due.hasPassedAt(event.occurredAt())) {
                addLate(event);
                return;
            }
            inTime++;
            excess = excess == null && inTime > counting.max() ? event : excess;
            keep(event);
        }

        /// Too late to count, but what was missing may yet come.
        private void addLate(Touchpoint event) {
            if (late == null && counting.max() == Integer.MAX_VALUE && inTime < counting.min()) {
                keep(event);
                late = events.size() == counting.min() ? event : null;
            }
        }

        private void keep(Touchpoint event) {
            if (events.size() <= Draft.MAX_EVIDENCE) {
                events.add(event);
            }
        }

        Judgement judge(Horizon horizon) {
            return due instanceof Due.Unknown(var reason)
                    ? draft(Verdict.UNDETERMINED, null).note(reason).certain()
                    : judge(due.deadline(), horizon.passed(due.deadline()));
        }

        private Judgement judge(@Nullable Deadline deadline, @Nullable Instant passed) {
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
            return surroundings.nearestMiss(new NearestMissSearch(Comparison.after(pairing, start, deadline)), late == null ? List.of() : List.of(late));
        }

        private Draft draft(Verdict verdict, @Nullable Deadline deadline) {
            var naming = named == null ? first : named;
            var draft = new Draft(rule, naming, verdict).activatedAt(start.occurredAt()).due(deadline).group(key);
            return events.isEmpty() ? draft.evidence(Role.ACTIVATION, naming) : draft.evidence(Role.COUNTED, events);
        }
    }
}
