package io.throughline.bench;

import io.throughline.deploy.stack.ServerProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Processor time that processes and their children use from now on, and as `bench` this one. What children used that have ended since is not seen.
final class Cpu {
    private final List<ServerProcess> processes;
    private final SequencedMap<String, Duration> before;

    Cpu(ServerProcess... processes) {
        this.processes = List.of(processes);
        this.before = now();
    }

    /// Seconds since the start, by name of the process.
    SequencedMap<String, Double> seconds() {
        var seconds = new LinkedHashMap<String, Double>();
        now().forEach((name, time) -> seconds.put(name, Math.round(time.minus(before.get(name)).toMillis() / 100.0) / 10.0));
        return seconds;
    }

    private SequencedMap<String, Duration> now() {
        var times = new LinkedHashMap<String, Duration>();
        times.put("bench", ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        processes.forEach(process -> times.put(process.server().name(), ProcessHandle.of(process.pid()).map(Cpu::time).orElse(Duration.ZERO)));
        return times;
    }

    private static Duration time(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }
}
