package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds the runs of hot events of a [Repetition].
final class RepetitionTracker implements Tracker {

    /// @param oldest of the window that made it a run
    /// @param named the event that made it one
    /// @param events of the window, then the later hot ones
    private record Run(long place, String key, Touchpoint oldest, Touchpoint named, Pieces events) {}

    private final Docket docket;
    private final Repetition pattern;
    private final Memory<Touchpoint> memory;
    private final Map<String, Run> current = new LinkedHashMap<>();

    RepetitionTracker(Docket docket, Repetition pattern) {
        this.docket = docket;
        this.pattern = pattern;
        this.memory = new Memory<>(pattern.by(), pattern.within(), docket);
    }

    @Override
    public void see(Touchpoint event, int roles) {
        if (pattern.when().selects(event, docket.meter())) {
            docket.key(pattern.by(), event).ifPresent(key -> count(key, event));
        }
    }

    private void count(String key, Touchpoint event) {
        docket.meter().spend(pattern.count() / 16);
        boolean hot = memory.latest(key, event, _ -> true, pattern.count() - 1).size() >= pattern.count() - 1;
        var run = current.get(key);
        if (!hot && run != null) {
            current.remove(key);
            end(run);
        } else if (hot && run != null) {
            long before = run.events().weight();
            run.events().add(Role.COUNTED, event);
            docket.meter().hold(run.events().weight() - before);
        } else if (hot) {
            begin(key, event);
        }
        memory.add(key, event, event);
    }

    private void begin(String key, Touchpoint event) {
        var events = new Pieces();
        var window = memory.latest(key, event, _ -> true, Integer.MAX_VALUE);
        window.forEach(one -> events.add(Role.COUNTED, one));
        events.add(Role.COUNTED, event);
        var run = new Run(docket.open(event.occurredAt()), key, window.isEmpty() ? event : window.getFirst(), event, events);
        current.put(key, run);
        docket.meter().hold(weight(run));
    }

    private void end(Run run) {
        docket.meter().release(weight(run));
        docket.settle(judge(run));
    }

    private static long weight(Run run) {
        return run.oldest().weight() + run.named().weight() + run.events().weight();
    }

    @Override
    public void conclude(Horizon horizon) {
        current.values().forEach(this::end);
        current.clear();
    }

    private Judgement judge(Run run) {
        return docket.draft(run.place(), run.named(), Verdict.VIOLATED)
                .gathered(run.events())
                .broken(run.named().occurredAt())
                .other(run.oldest())
                .group(run.key())
                .certain();
    }
}
