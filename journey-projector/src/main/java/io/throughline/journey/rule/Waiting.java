package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.Correlation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Duties that wait under their correlation key, so that an event meets only those that it can concern.
final class Waiting {

    private final Docket docket;
    private final Correlation by;
    private final Function<Duty, String> keyOf;
    private final Map<String, List<Duty>> duties = new LinkedHashMap<>();

    Waiting(Docket docket, Correlation by, Function<Duty, String> keyOf) {
        this.docket = docket;
        this.by = by;
        this.keyOf = keyOf;
    }

    void add(Duty duty) {
        duties.computeIfAbsent(keyOf.apply(duty), _ -> new ArrayList<>(1)).add(duty);
    }

    /// Lets go of one that is over.
    void remove(Duty duty) {
        var open = duties.get(keyOf.apply(duty));
        if (open != null && open.remove(duty) && open.isEmpty()) {
            duties.remove(keyOf.apply(duty));
        }
    }

    /// Offers `candidate` to all that wait for one like it, and lets go of those that are over.
    ///
    /// @param over is told of them
    void offer(Touchpoint candidate, Consumer<Duty> over) {
        if (duties.isEmpty()) {
            return;
        }
        docket.key(by, candidate).ifPresent(key -> {
            var open = duties.get(key);
            if (open != null && open.removeIf(duty -> isOver(duty, candidate, over)) && open.isEmpty()) {
                duties.remove(key);
            }
        });
    }

    private boolean isOver(Duty duty, Touchpoint candidate, Consumer<Duty> over) {
        if (!duty.isOver()) {
            docket.meter().spend(1);
            duty.offer(candidate);
        }
        if (duty.isOver()) {
            over.accept(duty);
        }
        return duty.isOver();
    }

    /// Closes all that wait under the key of `closer`.
    void close(Touchpoint closer, Evidence.Role role, Consumer<Duty> over) {
        if (!duties.isEmpty()) {
            docket.key(by, closer).map(duties::remove).ifPresent(open -> open.forEach(duty -> {
                duty.close(closer, role);
                over.accept(duty);
            }));
        }
    }

    /// To each that waits.
    void forEach(Consumer<Duty> each) {
        duties.values().forEach(open -> open.forEach(each));
    }
}
