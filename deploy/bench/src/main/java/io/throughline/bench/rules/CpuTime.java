package io.throughline.bench.rules;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// The processor time of an operation, with all that the JVM does beside it: collections, compilations. What the clock says is only as
/// good as the machine is quiet; this tells much the same on a busy one.
public final class CpuTime implements InternalProfiler {

    static final String NAME = "cpu";
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long before;

    @Override
    public String getDescription() {
        return "Processor time of the whole process";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = SYSTEM.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double spent = SYSTEM.getProcessCpuTime() - before;
        return List.of(new ScalarResult(NAME, spent / result.getMetadata().getAllOps(), "ns/op", AggregationPolicy.AVG));
    }
}
