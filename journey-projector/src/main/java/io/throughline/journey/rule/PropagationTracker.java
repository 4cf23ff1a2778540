package io.throughline.journey.rule;

import static io.throughline.journey.rule.Evidence.Role.SETTING;
import static io.throughline.journey.rule.Evidence.Role.USE;
import static io.throughline.journey.rule.Evidence.Role.USED_SETTING;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.FactHistory.Held;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows the facts of a [Propagation] and judges each use at once: what a fact was at a use does not depend on what comes later.
final class PropagationTracker implements Tracker {

    /// Bytes of memory of a fact, beside its key and its values.
    private static final int OVERHEAD = 200;

    private final Docket docket;
    private final Propagation pattern;
    private final Map<String, FactHistory> facts = new HashMap<>();

    PropagationTracker(Docket docket, Propagation pattern) {
        this.docket = docket;
        this.pattern = pattern;
    }

    /// First as a use, then as a setting: an event never sets the fact for itself.
    @Override
    public void see(Touchpoint event, int roles) {
        if ((roles & Propagation.USE) != 0 && !facts.isEmpty() && pattern.when().selects(event, docket.meter())) {
            docket.key(pattern.fact().key(), event).map(facts::get).ifPresent(fact -> docket.settle(judge(event, fact)));
        }
        if ((roles & Propagation.SET) != 0 && pattern.fact().set().selects(event, docket.meter())) {
            set(event);
        }
    }

    @Override
    public void conclude(Horizon horizon) {}

    private void set(Touchpoint event) {
        var key = docket.key(pattern.fact().key(), event);
        var value = docket.normalised(pattern.fact().value().of(event, docket.meter()));
        if (key.isPresent() && value.isPresent()) {
            var history = facts.get(key.get());
            if (history == null) {
                docket.meter().hold(OVERHEAD + 2L * key.get().length());
                facts.put(key.get(), new FactHistory(event, value.get(), endOfGrace(event.occurredAt()), docket.meter()));
            } else {
                history.set(event, value.get(), endOfGrace(event.occurredAt()));
            }
        }
    }

    /// Until when a value that was replaced at `moment` may still be used; `null` without grace.
    private @Nullable Instant endOfGrace(Instant moment) {
        return pattern.grace() == null ? null : pattern.grace().after(moment, docket.rule().zone());
    }

    private Judgement judge(Touchpoint use, FactHistory fact) {
        var value = docket.normalised(pattern.value().of(use, docket.meter())).orElse(null);
        if (value == null) {
            return verdict(Verdict.UNDETERMINED, use, fact, null, List.of(pattern.value().reason(use)));
        }
        if (fact.isHeld(value)) {
            return verdict(Verdict.SATISFIED, use, fact, null, List.of());
        }
        var used = fact.formerly(value);
        if (used != null && used.isGood(use.occurredAt())) {
            return verdict(Verdict.SATISFIED, use, fact, used, List.of("replaced within grace"));
        }
        if (fact.mayHaveHeldAnother(use.occurredAt())) {
            return verdict(Verdict.UNDETERMINED, use, fact, used, List.of("what held before the first known setting is unknown"));
        }
        return verdict(Verdict.VIOLATED, use, fact, used, Lateness.note(fact.setting(), use.occurredAt()).map(List::of).orElse(List.of()));
    }

    private Judgement verdict(Verdict verdict, Touchpoint use, FactHistory fact, @Nullable Held used, List<String> notes) {
        boolean violated = verdict == Verdict.VIOLATED;
        var draft = docket.draft(docket.open(use.occurredAt()), use, verdict)
                .due(new Deadline(use.occurredAt(), "at the use"))
                .evidence(USED_SETTING, used == null ? null : used.setting())
                .evidence(SETTING, fact.setting())
                .evidence(USE, use)
                .other(fact.setting());
        notes.forEach(draft::note);
        if (!violated) {
            return draft.certain();
        }
        // A setting that is still on its way could make a wrong value right.
        return draft.broken(use.occurredAt()).missed(used == null ? null : nearestMiss(use, used)).certain().unless(pattern.fact().set(), use.occurredAt());
    }

    /// The setting whose value was used would have been right, had the use come in time.
    private static NearestMiss nearestMiss(Touchpoint use, Held used) {
        var end = used.goodUntil() == null ? used.replacedAt() : used.goodUntil();
        var detail = "replaced at " + used.replacedAt() + ", used too late by " + Duration.between(end, use.occurredAt());
        return new NearestMiss(EventRef.to(used.setting()), used.setting().occurredAt(), List.of(new Failed(Kind.TIME, detail)));
    }
}
