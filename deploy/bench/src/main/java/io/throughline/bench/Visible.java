package io.throughline.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// From the HTTP answer to the moment a finding can be read, at a thousand events a second; beside it, until a bare consumer has read the event.
final class Visible implements Measurement {
    private static final String UNIT = "ms";

    @Override
    public String name() {
        return "visible";
    }

    @Override
    public List<Measured> take(Rig rig, Plan plan, Progress progress) throws Exception {
        var rounds = new ArrayList<Latencies>();
        var notes = new LinkedHashMap<String, Object>();
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.begin("%s, round %d of %d".formatted(name(), round, plan.rounds()));
            try (var run = SteadyRun.start(rig, "visible-" + round, 0, Optional.empty())) {
                rounds.add(run.watch(plan.compiling(), plan.watching(), notes));
            }
            progress.done("%s %d: %s".formatted(name(), round, rounds.getLast()));
        }
        notes.put("findings", rounds.stream().map(one -> one.http().length).toList());
        notes.put("missing", rounds.stream().map(Latencies::missing).toList());
        return List.of(
                measured("visible p50", rounds, one -> Latencies.p50(one.http()), one -> Latencies.p50(one.log()), Optional.of(new Goal.AtMost(100)), notes),
                measured("visible p99", rounds, one -> Latencies.p99(one.http()), one -> Latencies.p99(one.log()), Optional.of(new Goal.AtMost(500)),
                        new LinkedHashMap<>()),
                measured("streamed p50", rounds, one -> Latencies.p50(one.stream()), one -> Latencies.p50(one.topic()), Optional.empty(), new LinkedHashMap<>()),
                measured("streamed p99", rounds, one -> Latencies.p99(one.stream()), one -> Latencies.p99(one.topic()), Optional.empty(), new LinkedHashMap<>()),
                measured("published p50", rounds, one -> Latencies.p50(one.topic()), one -> Latencies.p50(one.log()), Optional.empty(), new LinkedHashMap<>()),
                measured("published p99", rounds, one -> Latencies.p99(one.topic()), one -> Latencies.p99(one.log()), Optional.empty(), new LinkedHashMap<>()));
    }

    private static Measured measured(String name, List<Latencies> rounds, ToDoubleFunction<Latencies> ours, ToDoubleFunction<Latencies> bare,
            Optional<Goal> goal, LinkedHashMap<String, Object> notes) {
        return new Measured(name, UNIT, rounds.stream().mapToDouble(ours).boxed().toList(), rounds.stream().mapToDouble(bare).boxed().toList(), goal, notes);
    }
}
