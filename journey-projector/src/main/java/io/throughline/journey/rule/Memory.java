package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.time.Span;
import io.throughline.journey.rule.value.Correlation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What has happened, by correlation key, for as long as a later event can be in time of it.
///
/// @param <T> what is kept of each event
final class Memory<T> {

    /// A span on the calendar may end earlier than one that began before it (an hour set back, a month end clamped), so each says itself.
    private record Kept<T>(T what, @Nullable Instant goodUntil) {

        boolean isGoodAt(Instant time) {
            return goodUntil == null || !time.isAfter(goodUntil);
        }
    }

    private final Correlation by;
    private final @Nullable Span span;
    private final ZoneId zone;
    private final Map<String, ArrayDeque<Kept<T>>> kept = new HashMap<>();

    /// @param span how much later another event may come; for ever if `null`
    Memory(Correlation by, @Nullable Span span, ZoneId zone) {
        this.by = by;
        this.span = span;
        this.zone = zone;
    }

    /// Nothing is kept of an event without a key, nor of one of which nobody can say how long it is good.
    void add(Touchpoint event, T what) {
        by.key(event).ifPresent(key -> {
            if (span == null) {
                add(key, new Kept<>(what, null));
            } else {
                span.endAfter(event.occurredAt(), zone).ifPresent(end -> add(key, new Kept<>(what, end)));
            }
        });
    }

    private void add(String key, Kept<T> one) {
        kept.computeIfAbsent(key, _ -> new ArrayDeque<>(2)).addLast(one);
    }

    /// Nothing that happened so far under `key` matters any more.
    void forget(String key) {
        kept.remove(key);
    }

    /// The last that `event` is in time of and that is `wanted`.
    Optional<T> latest(String key, Touchpoint event, Predicate<T> wanted) {
        var found = latest(key, event, wanted, 1);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /// The last few that `event` is in time of and that are `wanted`, in the order of the journey.
    List<T> latest(String key, Touchpoint event, Predicate<T> wanted, int limit) {
        var all = kept.get(key);
        if (all == null) {
            return List.of();
        }
        while (!all.isEmpty() && !all.getFirst().isGoodAt(event.occurredAt())) {
            all.removeFirst();
        }
        var found = new ArrayList<T>(2);
        for (var backwards = all.descendingIterator(); backwards.hasNext() && found.size() < limit; ) {
            var one = backwards.next();
            if (one.isGoodAt(event.occurredAt()) && wanted.test(one.what())) {
                found.add(one.what());
            }
        }
        Collections.reverse(found);
        return found;
    }
}
