package io.throughline.journey.project;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Partitions of which projecting failed, until one of the workers that share this has advanced them: a partition that fails over and over
/// is in trouble at every look, also while its worker pauses, reads others, or has lost it to another worker of this process.
///
/// Thread-safe.
public final class FailedPartitions {

    /// A partition that no worker of this process has tried for so long belongs to another process. Longer than a worker pauses and than a
    /// statement may take.
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);
    /// Of a failure while no partition was owned, as when the broker cannot be reached.
    private static final int NONE = -1;

    private record Failure(String reason, Instant at) {}

    private final Map<Integer, Failure> failures = new TreeMap<>();

    /// @param partitions that were owned when it failed
    synchronized void failed(Collection<Integer> partitions, String reason, Instant now) {
        var failure = new Failure(reason, now);
        partitions.forEach(partition -> failures.put(partition, failure));
        if (partitions.isEmpty()) {
            failures.put(NONE, failure);
        }
    }

    /// These have moved on, or have nothing left to be read.
    synchronized void recovered(Collection<Integer> partitions) {
        if (!failures.isEmpty() && !partitions.isEmpty()) {
            failures.keySet().removeAll(partitions);
            failures.remove(NONE);
        }
    }

    /// What fails at present, or the empty text.
    synchronized String trouble(Instant now) {
        failures.values().removeIf(failure -> failure.at().plus(FORGOTTEN_AFTER).isBefore(now));
        var partitions = failures.entrySet().stream().filter(failure -> failure.getKey() != NONE)
                .collect(Collectors.groupingBy(failure -> failure.getValue().reason(), TreeMap::new,
                        Collectors.mapping(failure -> failure.getKey().toString(), Collectors.joining(", "))));
        var reasons = partitions.entrySet().stream().map(failure -> "projecting partition " + failure.getValue() + ": " + failure.getKey())
                .collect(Collectors.joining("; "));
        var unowned = failures.get(NONE);
        return reasons.isEmpty() && unowned != null ? unowned.reason() : reasons;
    }
}
