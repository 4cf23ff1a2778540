package io.throughline.ingest;

import io.throughline.events.json.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Of which events each source was warned since this process started, by type. Safe for all threads.
public final class WarnedTypes {

    /// Sources times types: a sender of ever new ones has no more than these listed.
    private static final int MAX_LISTED = 1_000;

    private final Map<String, Map<String, Warned>> bySource = new ConcurrentHashMap<>();
    private final AtomicInteger listed = new AtomicInteger();

    /// @param events that were accepted with a warning
    /// @param last what the last of them was warned of first
    public record Warned(String type, long events, Violation last) {}

    public void add(Admission.Decision.Accepted accepted) {
        if (accepted.warnings().isEmpty()) {
            return;
        }
        var attributes = accepted.event().attributes();
        var last = accepted.warnings().getFirst();
        var known = bySource.get(attributes.source());
        if (known == null || !known.containsKey(attributes.type())) {
            if (listed.get() >= MAX_LISTED) {
                return;
            }
            listed.incrementAndGet();
        }
        bySource.computeIfAbsent(attributes.source(), _ -> new ConcurrentHashMap<>()).merge(attributes.type(), new Warned(attributes.type(), 1, last),
                (before, _) -> new Warned(before.type(), before.events() + 1, last));
    }

    /// All whose events were warned of, by name.
    public List<String> sources() {
        return bySource.keySet().stream().sorted().toList();
    }

    /// Most events first.
    public List<Warned> of(String source) {
        return bySource.getOrDefault(source, Map.of()).values().stream()
                .sorted(Comparator.comparingLong(Warned::events).reversed().thenComparing(Warned::type)).toList();
    }
}
