package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Conformance.Stage;
import io.throughline.journey.rule.Evidence.Role;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Follows journeys through the stages of their design, up to the first deviation.
final class ConformanceTracker implements Tracker {

    private final Rule rule;
    private final Conformance design;
    private final Map<String, Walk> walks = new LinkedHashMap<>();

    ConformanceTracker(Rule rule, Conformance design) {
        this.rule = rule;
        this.design = design;
    }

    @Override
    public void see(Touchpoint event, int roles) {
        var reached = IntStream.range(0, design.stages().size())
                .filter(stage -> (roles & 1 << stage) != 0 && design.stages().get(stage).event().selects(event))
                .toArray();
        if (reached.length > 0) {
            design.by().key(event).ifPresent(key -> walks.computeIfAbsent(key, _ -> new Walk(key, event)).reach(event, reached));
        }
    }

    @Override
    public List<Judgement> conclude(Horizon horizon) {
        return walks.values().stream().map(walk -> walk.judge(horizon)).toList();
    }

    private final class Walk {
        private final String key;
        private final Touchpoint first;
        private final BitSet seen = new BitSet();
        private final List<Touchpoint> steps = new ArrayList<>(2);
        private int current = -1;
        private @Nullable Touchpoint deviation;
        private List<Integer> excuses = List.of();
        private String note = "";

        Walk(String key, Touchpoint first) {
            this.key = key;
            this.first = first;
        }

        /// @param stages that the event may stand for: it is taken for the first that may come now
        void reach(Touchpoint event, int[] stages) {
            if (deviation != null) {
                return;
            }
            var permitted = IntStream.of(stages).filter(stage -> design.permits(current, stage)).findFirst();
            if (permitted.isEmpty()) {
                deviate(event, stages);
                return;
            }
            if (permitted.getAsInt() != current) {
                steps.add(event);
            }
            current = permitted.getAsInt();
            seen.set(current);
        }

        private void deviate(Touchpoint event, int[] stages) {
            deviation = event;
            excuses = IntStream.range(0, design.stages().size()).filter(before -> mayLeadTo(before, stages)).boxed().toList();
            note = "deviation: " + name(stages[0]) + (current < 0 ? " at the beginning" : " after " + name(current));
        }

        /// Whether news of a stage could show that there was no deviation.
        private boolean mayLeadTo(int before, int[] stages) {
            return IntStream.of(stages).anyMatch(stage -> stage != before && design.permits(before, stage));
        }

        Judgement judge(Horizon horizon) {
            if (deviation != null) {
                var broken = draft(Verdict.VIOLATED).evidence(Role.FORBIDDEN, deviation).other(deviation).broken(deviation.occurredAt()).note(note).certain();
                return excuses.isEmpty() ? broken : broken.unless(selectors(excuses), deviation.occurredAt());
            }
            var missing = IntStream.range(0, design.stages().size())
                    .filter(stage -> !design.stages().get(stage).optional() && !seen.get(stage)).boxed().toList();
            if (missing.isEmpty()) {
                return draft(Verdict.SATISFIED).certain();
            }
            if (horizon.end() == null) {
                return draft(Verdict.PENDING).certain();
            }
            return draft(Verdict.VIOLATED).broken(horizon.end()).note("deviation: " + name(missing.getFirst()) + " is missing").certain()
                    .unless(selectors(missing), horizon.end());
        }

        private Draft draft(Verdict verdict) {
            return new Draft(rule, first, verdict).evidence(Role.STAGE, steps).group(key);
        }
    }

    private String name(int stage) {
        return design.stages().get(stage).name();
    }

    private List<Selector> selectors(List<Integer> stages) {
        return stages.stream().map(design.stages()::get).map(Stage::event).toList();
    }
}
