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

    private final Rule rule;
    private final CoExistence pattern;
    private final Pairing pairing;
    private final Map<String, Couple> couples = new LinkedHashMap<>();
    private final Budget budget = new Budget();

    CoExistenceTracker(Rule rule, CoExistence pattern) {
        this.rule = rule;
        this.pattern = pattern;
        this.pairing = pattern.pairing();
    }

    @Override
    public void see(Touchpoint event, int roles) {
        boolean one = (roles & CoExistence.ONE) != 0 && pairing.when().selects(event);
        boolean other = (roles & CoExistence.OTHER) != 0 && pairing.expect().selects(event);
        if (one || other) {
            pairing.by().key(event).ifPresent(key -> couples.computeIfAbsent(key, _ -> new Couple(key, event)).add(event, one, other));
        }
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return couples.values().stream().map(couple -> couple.judge(horizon)).toList();
    }

    private final class Couple {
        private final String key;
        private final Touchpoint first;
        private final Due due;
        private final List<Touchpoint> ones = new ArrayList<>(1);
        private final List<Touchpoint> others = new ArrayList<>(1);
        private boolean oneInTime;
        private boolean otherInTime;
        private @Nullable Touchpoint earlier;
        private @Nullable Touchpoint later;

        Couple(String key, Touchpoint first) {
            this.key = key;
            this.first = first;
            this.due = Due.of(pattern.within() == null ? null : new Window.Lasting(pattern.within()), first, rule.zone());
        }

        void add(Touchpoint event, boolean one, boolean other) {
            if (later != null) {
                return;
            }
            boolean inTime = !due.hasPassedAt(event.occurredAt());
            oneInTime |= one && inTime;
            otherInTime |= other && inTime;
            earlier = match(event, one, other);
            if (earlier != null) {
                later = event;
                return;
            }
            remember(event, one, ones);
            remember(event, other, others);
        }

        private @Nullable Touchpoint match(Touchpoint event, boolean one, boolean other) {
            if (one) {
                for (var candidate : others) {
                    if (budget.spend() && pairing.joins(event, candidate)) {
                        return candidate;
                    }
                }
            }
            if (other) {
                for (var candidate : ones) {
                    if (budget.spend() && pairing.joins(candidate, event)) {
                        return candidate;
                    }
                }
            }
            return null;
        }

        /// Without a condition on both, any of a kind is as good as the first.
        private void remember(Touchpoint event, boolean is, List<Touchpoint> kind) {
            if (is && (kind.isEmpty() || pairing.where() != null) && !budget.isSpent()) {
                kind.add(event);
            }
        }

        Judgement judge(Horizon horizon) {
            return due instanceof Due.Unknown(var reason)
                    ? draft(Verdict.UNDETERMINED, null).note(reason).certain()
                    : judge(due.deadline(), horizon.passed(due.deadline()));
        }

        private Judgement judge(@Nullable Deadline deadline, @Nullable Instant passed) {
            if (later != null) {
                return judgeTogether(deadline);
            }
            if (budget.isSpent()) {
                return draft(Verdict.UNDETERMINED, deadline).note(Budget.NOTE).certain();
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
            var draft = new Draft(rule, first, verdict).due(deadline).evidence(Role.ACTIVATION, first).group(key);
            if (later != null) {
                boolean late = deadline != null && deadline.hasPassedAt(later.occurredAt());
                draft.evidence(pattern.forbids() ? Role.FORBIDDEN : late ? Role.LATE_RESPONSE : Role.RESPONSE, later);
                draft.evidence(Role.COUNTED, earlier == first ? null : earlier).noteOrder(later);
            }
            return draft;
        }
    }
}
