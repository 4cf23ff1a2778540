package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Waits, for each key, for the first two events of a [CoExistence] that belong together.
final class CoExistenceTracker implements Tracker {

    /// Bytes of memory of a couple that waits, beside its key and its events, and of a key that is done with.
    private static final int OVERHEAD = 400;
    private static final int DONE = 100;

    private final Docket docket;
    private final CoExistence pattern;
    private final Pairing pairing;
    /// Empty where the key is done with.
    private final Map<String, Couple> couples = new LinkedHashMap<>();

    CoExistenceTracker(Docket docket, CoExistence pattern) {
        this.docket = docket;
        this.pattern = pattern;
        this.pairing = pattern.pairing();
    }

    @Override
    public void see(Touchpoint event, int roles) {
        boolean one = (roles & CoExistence.ONE) != 0 && pairing.when().selects(event, docket.meter());
        boolean other = (roles & CoExistence.OTHER) != 0 && pairing.expect().selects(event, docket.meter());
        if (one || other) {
            docket.key(pairing.by(), event).ifPresent(key -> add(key, event, one, other));
        }
    }

    private void add(String key, Touchpoint event, boolean one, boolean other) {
        var couple = couples.get(key);
        if (couple == null && !couples.containsKey(key)) {
            docket.meter().hold(DONE + 2L * key.length());
            couple = new Couple(key, event);
            couples.put(key, couple);
        }
        if (couple != null && couple.add(event, one, other)) {
            couples.put(key, null);
        }
    }

    @Override
    public void conclude(Horizon horizon) {
        couples.values().forEach(couple -> {
            if (couple != null) {
                couple.conclude(horizon);
            }
        });
    }

    private final class Couple {
        private final long place;
        private final String key;
        private final Touchpoint first;
        private final Due due;
        private final List<Touchpoint> ones = new ArrayList<>(1);
        private final List<Touchpoint> others = new ArrayList<>(1);
        private long held;
        private boolean oneInTime;
        private boolean otherInTime;
        private @Nullable Touchpoint earlier;
        private @Nullable Touchpoint later;

        Couple(String key, Touchpoint first) {
            this.place = docket.open(first.occurredAt());
            this.key = key;
            this.first = first;
            this.due = Due.of(pattern.within() == null ? null : new Window.Lasting(pattern.within()), first, docket);
            hold(OVERHEAD + first.weight());
        }

        private void hold(long bytes) {
            held += bytes;
            docket.meter().hold(bytes);
        }

        /// @return whether it is settled now
        boolean add(Touchpoint event, boolean one, boolean other) {
            boolean inTime = !due.hasPassedAt(event.occurredAt());
            oneInTime |= one && inTime;
            otherInTime |= other && inTime;
            earlier = match(event, one, other);
            if (earlier != null) {
                later = event;
                docket.meter().release(held);
                docket.settle(judgement(null));
                return true;
            }
            remember(event, one, ones);
            remember(event, other, others);
            return false;
        }

        private @Nullable Touchpoint match(Touchpoint event, boolean one, boolean other) {
            if (one) {
                for (var candidate : others) {
                    if (joins(event, candidate)) {
                        return candidate;
                    }
                }
            }
            if (other) {
                for (var candidate : ones) {
                    if (joins(candidate, event)) {
                        return candidate;
                    }
                }
            }
            return null;
        }

        private boolean joins(Touchpoint one, Touchpoint other) {
            docket.meter().spend(1);
            return pairing.joins(one, other, docket.meter());
        }

        /// Without a condition on both, any of a kind is as good as the first.
        private void remember(Touchpoint event, boolean is, List<Touchpoint> kind) {
            if (is && (kind.isEmpty() || pairing.where() != null)) {
                kind.add(event);
                hold(event.weight());
            }
        }

        void conclude(Horizon horizon) {
            docket.settle(judgement(horizon.passed(due.deadline())));
        }

        private Judgement judgement(@Nullable Instant passed) {
            if (due instanceof Due.Unknown(var reason)) {
                return draft(Verdict.UNDETERMINED, null).note(reason).certain();
            }
            var deadline = due.deadline();
            if (later != null) {
                return judgeTogether(deadline);
            }
            if (passed == null) {
                return draft(Verdict.PENDING, deadline).certain();
            }
            var verdict = pattern.forbids() ? Verdict.SATISFIED : Verdict.VIOLATED;
            return draft(verdict, deadline).broken(pattern.forbids() ? null : passed).certain().unless(missing(), passed);
        }

        private Judgement judgeTogether(@Nullable Deadline deadline) {
            if (pattern.forbids()) {
                return draft(Verdict.VIOLATED, null).other(later).broken(later.occurredAt()).certain();
            }
            if (deadline == null || !deadline.hasPassedAt(later.occurredAt())) {
                return draft(Verdict.SATISFIED, deadline).certain();
            }
            return draft(Verdict.VIOLATED, deadline).other(later).broken(deadline.at()).met(later.occurredAt()).certain().unless(missing(), deadline.at());
        }

        /// What was not there in time: the kind of which there was nothing, or either where none fitted.
        private List<Selector> missing() {
            if (!oneInTime) {
                return List.of(pairing.when());
            }
            return otherInTime ? pattern.selectors() : List.of(pairing.expect());
        }

        private Draft draft(Verdict verdict, @Nullable Deadline deadline) {
            var draft = docket.draft(place, first, verdict).due(deadline).evidence(Role.ACTIVATION, first).group(key);
            if (later != null) {
                boolean late = deadline != null && deadline.hasPassedAt(later.occurredAt());
                draft.evidence(pattern.forbids() ? Role.FORBIDDEN : late ? Role.LATE_RESPONSE : Role.RESPONSE, later);
                draft.evidence(Role.COUNTED, earlier == first ? null : earlier).noteOrder(later);
            }
            return draft;
        }
    }
}
