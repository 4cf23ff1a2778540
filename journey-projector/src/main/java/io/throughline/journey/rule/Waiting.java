package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.Correlation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Duties that wait under their correlation key, so that an event meets only those that it can concern.
final class Waiting {

    private final Correlation by;
    private final Map<String, List<Duty>> duties = new HashMap<>();

    Waiting(Correlation by) {
        this.by = by;
    }

    /// The key of an activation or of an event that looks for one.
    Optional<String> key(Touchpoint event) {
        return by.key(event);
    }

    void add(String key, Duty duty) {
        duties.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(duty);
    }

    /// Offers `candidate` to all that wait for one like it, while the budget lasts, and lets go of those that are over.
    void offer(Touchpoint candidate, Budget budget) {
        if (duties.isEmpty()) {
            return;
        }
        key(candidate).ifPresent(key -> {
            var open = duties.get(key);
            if (open != null && open.removeIf(duty -> isOver(duty, candidate, budget)) && open.isEmpty()) {
                duties.remove(key);
            }
        });
    }

    private static boolean isOver(Duty duty, Touchpoint candidate, Budget budget) {
        if (!duty.isOver() && budget.spend()) {
            duty.offer(candidate);
        }
        return duty.isOver();
    }

    /// Closes all that wait under the key of `closer`.
    void close(Touchpoint closer, Evidence.Role role) {
        if (!duties.isEmpty()) {
            key(closer).map(duties::remove).ifPresent(open -> open.forEach(duty -> duty.close(closer, role)));
        }
    }
}
