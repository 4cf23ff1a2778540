package io.throughline.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One journey of a hundred thousand events that grows all the time: how long everybody else waits, with it and without it, and what
/// memory it takes. The projector has its usual heap of 256 MiB.
final class HotJourney implements Measurement {
    private static final String UNIT = "ms";

    @Override
    public String name() {
        return "hot";
    }

    @Override
    public List<Measured> take(Rig rig, Plan plan, Progress progress) throws Exception {
        var with = new ArrayList<Latencies>();
        var without = new ArrayList<Latencies>();
        var notes = new LinkedHashMap<String, Object>();
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.begin("%s, round %d of %d".formatted(name(), round, plan.rounds()));
            with.add(withHotJourney(rig, plan, round, notes));
            try (var run = SteadyRun.start(rig, "calm-" + round, 0, Optional.empty())) {
                without.add(run.watch(plan.compiling(), plan.watching(), new LinkedHashMap<>()));
            }
            progress.done("%s %d: %s; without it %s; %s".formatted(name(), round, with.getLast(), without.getLast(), notes));
        }
        return List.of(
                new Measured("others beside hot p50", UNIT, with.stream().map(one -> Latencies.p50(one.http())).toList(),
                        without.stream().map(one -> Latencies.p50(one.http())).toList(), Optional.empty(), notes),
                new Measured("others beside hot p99", UNIT, with.stream().map(one -> Latencies.p99(one.http())).toList(),
                        without.stream().map(one -> Latencies.p99(one.http())).toList(), Optional.empty(), new LinkedHashMap<>()));
    }

    private static Latencies withHotJourney(Rig rig, Plan plan, int round, Map<String, Object> notes) throws Exception {
        var collections = rig.log("hot-collections-" + round);
        try (var run = SteadyRun.start(rig, "hot-" + round, plan.hotEvents(), Optional.of(JvmMemory.notingCollections(collections)))) {
            var latencies = run.watch(plan.compiling(), plan.watching(), notes);
            notes.put("heapAfterCollectionMib", JvmMemory.peakAfterCollection(collections));
            JvmMemory.peakResident(run.projector().pid()).ifPresent(mib -> notes.put("residentMib", mib));
            notes.put("hotEvaluationMillis", run.hotEvaluationMillis());
            return latencies;
        }
    }
}
