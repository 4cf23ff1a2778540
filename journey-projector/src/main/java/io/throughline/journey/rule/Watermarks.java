package io.throughline.journey.rule;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Until when the sources of events were heard, at one evaluation time: what tells "it did not happen" from "we have not been told".
///
/// The watermark of a source with a heartbeat is how far it was heard, less its delay; of one without, the evaluation time, less its
/// delay; of one that is not registered, the evaluation time. Immutable; make one per evaluation time and share it among journeys.
public final class Watermarks {

    private static final Watermarks NONE = new Watermarks(Instant.MAX, List.of());

    private final Instant at;
    private final Map<String, SourceState> sources = new TreeMap<>();
    private final Map<Selector, List<SourceState>> needed = new ConcurrentHashMap<>();

    /// @param at the evaluation time
    /// @throws IllegalArgumentException where two sources share a name, or one was heard after `at`: a record later than that is not known yet
    public Watermarks(Instant at, Collection<SourceState> sources) {
        this.at = at;
        sources.forEach(this::add);
    }

    private void add(SourceState source) {
        if (source.lastHeard() != null && source.lastHeard().isAfter(at)) {
            throw new IllegalArgumentException(source.name() + " was heard at " + source.lastHeard() + ", after the evaluation time " + at
                    + ": count only what was recorded by then");
        }
        if (sources.put(source.name(), source) != null) {
            throw new IllegalArgumentException("two sources are named " + source.name());
        }
    }

    /// No source is registered, so all are heard, at whatever time.
    public static Watermarks none() {
        return NONE;
    }

    /// The evaluation time.
    public Instant at() {
        return at;
    }

    /// Whether `source` is registered, and names `type` among what it sends.
    public boolean isRegistered(String source, String type) {
        var state = sources.get(source);
        return state != null && state.types().contains(type);
    }

    /// Until when all that `source` had to say is known; `null` if it has a heartbeat and was never heard.
    public @Nullable Instant of(String source) {
        var state = sources.get(source);
        return state == null ? at : state.watermark(at);
    }

    /// The registered sources whose events any of `selectors` may look for: the one that it names, else those that registered one of its
    /// types. By name.
    List<SourceState> neededBy(List<Selector> selectors) {
        if (sources.isEmpty()) {
            return List.of();
        }
        return selectors.size() == 1 ? neededBy(selectors.getFirst()) : selectors.stream()
                .flatMap(selector -> neededBy(selector).stream())
                .distinct()
                .sorted(Comparator.comparing(SourceState::name))
                .toList();
    }

    private List<SourceState> neededBy(Selector selector) {
        return needed.computeIfAbsent(selector, this::find);
    }

    private List<SourceState> find(Selector selector) {
        if (selector.source() != null) {
            var named = sources.get(selector.source());
            return named == null ? List.of() : List.of(named);
        }
        return sources.values().stream().filter(source -> source.types().stream().anyMatch(selector::mayName)).toList();
    }
}
