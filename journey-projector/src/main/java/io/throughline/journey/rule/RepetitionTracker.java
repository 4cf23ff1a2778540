package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Evidence.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the runs of hot events of a [Repetition].
final class RepetitionTracker implements Tracker {

    /// @param events of the window that made it a run, then the later hot ones
    private record Run(String key, Touchpoint first, List<Touchpoint> events) {

        void extend(Touchpoint event) {
            if (events.size() <= Draft.MAX_EVIDENCE) {
                events.add(event);
            }
        }
    }

    private final Rule rule;
    private final Repetition pattern;
    private final Memory<Touchpoint> memory;
    private final List<Run> runs = new ArrayList<>();
    private final Map<String, Run> current = new HashMap<>();

    RepetitionTracker(Rule rule, Repetition pattern) {
        this.rule = rule;
        this.pattern = pattern;
        this.memory = new Memory<>(pattern.by(), pattern.within(), rule.zone());
    }

    @Override
    public void see(Touchpoint event, int roles) {
        if (pattern.when().selects(event)) {
            pattern.by().key(event).ifPresent(key -> count(key, event));
        }
    }

    private void count(String key, Touchpoint event) {
        boolean hot = memory.latest(key, event, _ -> true, pattern.count() - 1).size() >= pattern.count() - 1;
        if (!hot) {
            current.remove(key);
        } else if (current.containsKey(key)) {
            current.get(key).extend(event);
        } else {
            begin(key, event);
        }
        memory.add(event, event);
    }

    private void begin(String key, Touchpoint event) {
        var events = new ArrayList<>(memory.latest(key, event, _ -> true, Draft.MAX_EVIDENCE));
        events.add(event);
        var run = new Run(key, event, events);
        runs.add(run);
        current.put(key, run);
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return runs.stream().map(this::judge).toList();
    }

    private Judgement judge(Run run) {
        return new Draft(rule, run.first(), Verdict.VIOLATED)
                .evidence(Role.COUNTED, run.events())
                .broken(run.first().occurredAt())
                .other(run.events().getFirst())
                .group(run.key())
                .certain();
    }
}
