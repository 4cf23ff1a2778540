package io.throughline.bench.rules;

import io.throughline.deploy.cli.ExitCode;
import io.throughline.deploy.cli.Table;
import io.throughline.deploy.cli.Terminal;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How fast the shipped rulebook is on events in memory, by JMH.
@Command(name = "rules", mixinStandardHelpOptions = true, description = "Measure the shipped rulebook on events in memory: no servers, one thread.")
public final class Rules implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--quick", description = "Shorter: for comparing, not for quoting.")
    private boolean quick;

    @Option(names = "--only", defaultValue = ".*", paramLabel = "REGEX", description = "Only these: twenty, twentyUnparsed, one1k, one10k, one100k.")
    private String only;

    public Rules(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        print(new Runner(new OptionsBuilder()
                .include(ShippedRules.class.getName() + "\\.(" + only + ")$")
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 5 : 8)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 5 : 10)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL)
                .build()).run());
        return ExitCode.DONE;
    }

    private void print(Collection<RunResult> results) {
        terminal.say("");
        var table = new Table(terminal, "JOURNEYS", "NS/EVENT", "ERROR", "CPU NS/EVENT", "EVENTS/S A CORE", "BYTES/EVENT");
        for (var result : results) {
            var time = result.getPrimaryResult();
            var beside = result.getSecondaryResults();
            double cpu = beside.get(CpuTime.NAME).getScore();
            table.row(time.getLabel(), "%,.0f".formatted(time.getScore()), "± %,.0f".formatted(time.getScoreError()), "%,.0f".formatted(cpu),
                    "%,.0f".formatted(1e9 / cpu), "%,.0f".formatted(beside.get("gc.alloc.rate.norm").getScore()));
        }
        table.print();
        terminal.say("Load average %.2f.".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }
}
