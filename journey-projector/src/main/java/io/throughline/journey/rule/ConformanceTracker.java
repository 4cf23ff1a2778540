package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Conformance.Stage;
import io.throughline.journey.rule.Evidence.Role;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Follows journeys through the stages of their design, up to the first deviation.
final class ConformanceTracker implements Tracker {

    /// Bytes of memory of a walk, beside its key and its events, and of a key that is done with.
    private static final int OVERHEAD = 400;
    private static final int DONE = 100;

    private final Docket docket;
    private final Conformance design;
    /// `null` where the key is done with.
    private final Map<String, @Nullable Walk> walks = new LinkedHashMap<>();

    ConformanceTracker(Docket docket, Conformance design) {
        this.docket = docket;
        this.design = design;
    }

    @Override
    public void see(Touchpoint event, int roles) {
        var reached = IntStream.range(0, design.stages().size())
                .filter(stage -> (roles & 1 << stage) != 0 && design.stages().get(stage).event().selects(event, docket.meter()))
                .toArray();
        if (reached.length > 0) {
            docket.key(design.by(), event).ifPresent(key -> reach(key, event, reached));
        }
    }

    private void reach(String key, Touchpoint event, int[] stages) {
        var walk = walks.get(key);
        if (walk == null && !walks.containsKey(key)) {
            docket.meter().hold(DONE + 2L * key.length());
            walk = new Walk(key, event);
            walks.put(key, walk);
        }
        if (walk != null && walk.reach(event, stages)) {
            walks.put(key, null);
        }
    }

    @Override
    public void conclude(Horizon horizon) {
        walks.values().forEach(walk -> {
            if (walk != null) {
                docket.settle(walk.judge(horizon));
            }
        });
    }

    private final class Walk {
        private final long place;
        private final String key;
        private final Touchpoint first;
        private final BitSet seen = new BitSet();
        private final Pieces steps = new Pieces();
        private long held;
        private int current = -1;

        Walk(String key, Touchpoint first) {
            this.place = docket.open(first.occurredAt());
            this.key = key;
            this.first = first;
            hold(OVERHEAD + first.weight());
        }

        private void hold(long bytes) {
            held += bytes;
            docket.meter().hold(bytes);
        }

        /// @param stages that the event may stand for: it is taken for the first that may come now
        /// @return whether it is settled now
        boolean reach(Touchpoint event, int[] stages) {
            var permitted = IntStream.of(stages).filter(stage -> design.permits(current, stage)).findFirst();
            if (permitted.isEmpty()) {
                docket.meter().release(held);
                docket.settle(deviation(event, stages));
                return true;
            }
            if (permitted.getAsInt() != current) {
                long before = steps.weight();
                steps.add(Role.STAGE, event);
                hold(steps.weight() - before);
            }
            current = permitted.getAsInt();
            seen.set(current);
            return false;
        }

        private Judgement deviation(Touchpoint event, int[] stages) {
            var excuses = IntStream.range(0, design.stages().size()).filter(before -> mayLeadTo(before, stages)).boxed().toList();
            var note = "deviation: " + name(stages[0]) + (current < 0 ? " at the beginning" : " after " + name(current));
            steps.name(Role.FORBIDDEN, event);
            var broken = draft(Verdict.VIOLATED).other(event).broken(event.occurredAt()).note(note).certain();
            return excuses.isEmpty() ? broken : broken.unless(selectors(excuses), event.occurredAt());
        }

        /// Whether news of a stage could show that there was no deviation.
        private boolean mayLeadTo(int before, int[] stages) {
            return IntStream.of(stages).anyMatch(stage -> stage != before && design.permits(before, stage));
        }

        Judgement judge(Horizon horizon) {
            var missing = IntStream.range(0, design.stages().size())
                    .filter(stage -> !design.stages().get(stage).optional() && !seen.get(stage)).boxed().toList();
            if (missing.isEmpty() && (horizon.end() != null || !horizon.cut())) {
                return draft(Verdict.SATISFIED).certain();
            }
            if (horizon.end() == null) {
                return draft(Verdict.PENDING).certain();
            }
            return draft(Verdict.VIOLATED).broken(horizon.end()).note("deviation: " + name(missing.getFirst()) + " is missing").certain()
                    .unless(selectors(missing), horizon.end());
        }

        private Draft draft(Verdict verdict) {
            return docket.draft(place, first, verdict).gathered(steps).group(key);
        }
    }

    private String name(int stage) {
        return design.stages().get(stage).name();
    }

    private List<Selector> selectors(List<Integer> stages) {
        return stages.stream().map(design.stages()::get).map(Stage::event).toList();
    }
}
