package io.throughline.bench.rules;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Outcome;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.rule.file.RuleFiles;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Journeys under the whole shipped rulebook, on one thread. An operation is one event, with its share of the verdicts.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ShippedRules {

    private static final int JOURNEYS = 500;
    private static final Rulebook RULEBOOK = RuleFiles.shipped();

    /// As many short journeys as do not all lie in the cache at once.
    @State(Scope.Benchmark)
    public static class Short {
        final List<List<Touchpoint>> journeys = Journeys.ofTwenty(JOURNEYS);
    }

    /// One journey of each length.
    @State(Scope.Benchmark)
    public static class Long {
        List<Touchpoint> all;

        @Setup
        public void live() {
            all = Journeys.ofOne(100_000);
        }
    }

    /// All that evaluating costs once the events are in memory, their data parsed.
    @Benchmark
    @OperationsPerInvocation(JOURNEYS * Journeys.LENGTH)
    public void twenty(Short state, Blackhole hole) {
        for (var journey : state.journeys) {
            hole.consume(evaluate(journey, hole));
        }
    }

    /// With the parsing of the data that rules ask for, as after reading a journey from the database.
    @Benchmark
    @OperationsPerInvocation(JOURNEYS * Journeys.LENGTH)
    public void twentyUnparsed(Short state, Blackhole hole) {
        for (var journey : state.journeys) {
            hole.consume(evaluate(journey.stream().map(Journeys::unparsed).toList(), hole));
        }
    }

    @Benchmark
    @OperationsPerInvocation(1_000)
    public Outcome one1k(Long state, Blackhole hole) {
        return evaluate(state.all.subList(0, 1_000), hole);
    }

    @Benchmark
    @OperationsPerInvocation(10_000)
    public Outcome one10k(Long state, Blackhole hole) {
        return evaluate(state.all.subList(0, 10_000), hole);
    }

    @Benchmark
    @OperationsPerInvocation(100_000)
    public Outcome one100k(Long state, Blackhole hole) {
        return evaluate(state.all, hole);
    }

    private static Outcome evaluate(List<Touchpoint> journey, Blackhole hole) {
        Instant asOf = Journeys.longAfter(journey);
        var evaluation = RULEBOOK.begin(asOf, Watermarks.none(), hole::consume);
        journey.forEach(evaluation::accept);
        return evaluation.finish();
    }
}
