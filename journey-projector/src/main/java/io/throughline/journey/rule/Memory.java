package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.time.Span;
import io.throughline.journey.rule.value.Correlation;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What has happened, by correlation key, for as long as a later event can be in time of it.
///
/// @param <T> what is kept of each event
final class Memory<T> {

    /// Bytes of memory that one takes beside its event.
    private static final int OVERHEAD = 100;

    /// A span on the calendar may end earlier than one that began before it (an hour set back, a month end clamped), so each says itself.
    private static final class Kept<T> {
        final String key;
        final T what;
        final @Nullable Instant goodUntil;
        final long weight;
        boolean gone;

        Kept(String key, T what, @Nullable Instant goodUntil, long weight) {
            this.key = key;
            this.what = what;
            this.goodUntil = goodUntil;
            this.weight = weight;
        }

        boolean isGoodAt(Instant time) {
            return goodUntil == null || !time.isAfter(goodUntil);
        }
    }

    private final Correlation by;
    private final @Nullable Span span;
    private final Docket docket;
    private final Meter meter;
    private final Map<String, ArrayDeque<Kept<T>>> kept = new HashMap<>();
    /// All of them in the order of the journey; only where they do not stay for ever.
    private final ArrayDeque<Kept<T>> passing = new ArrayDeque<>(2);

    /// @param span how much later another event may come; for ever if `null`
    Memory(Correlation by, @Nullable Span span, Docket docket) {
        this.by = by;
        this.span = span;
        this.docket = docket;
        this.meter = docket.meter();
    }

    /// Nothing is kept of an event without a key.
    void add(Touchpoint event, T what) {
        docket.key(by, event).ifPresent(key -> add(key, event, what));
    }

    /// An event without a known end of its window is not kept.
    void add(String key, Touchpoint event, T what) {
        add(key, event, what, 0);
    }

    /// @param more bytes of memory that `what` takes beside the event
    void add(String key, Touchpoint event, T what, long more) {
        long weight = OVERHEAD + 2L * key.length() + event.weight() + more;
        if (span == null) {
            keep(new Kept<>(key, what, null, weight));
            return;
        }
        passing(event.occurredAt());
        span.endAfter(event.occurredAt(), docket.rule().zone()).ifPresent(end -> {
            var one = new Kept<>(key, what, end, weight);
            keep(one);
            passing.addLast(one);
        });
    }

    private void keep(Kept<T> one) {
        meter.hold(one.weight);
        kept.computeIfAbsent(one.key, _ -> new ArrayDeque<>(2)).addLast(one);
    }

    private void passing(Instant now) {
        while (!passing.isEmpty() && (passing.getFirst().gone || !passing.getFirst().isGoodAt(now))) {
            var one = passing.removeFirst();
            if (!one.gone) {
                var all = kept.get(one.key);
                all.removeFirst(); // what is the oldest of all is the oldest under its key
                letGo(one);
                if (all.isEmpty()) {
                    kept.remove(one.key);
                }
            }
        }
    }

    private void letGo(Kept<T> one) {
        one.gone = true;
        meter.release(one.weight);
    }

    /// Nothing that happened so far under `key` matters any more.
    void forget(String key) {
        var all = kept.remove(key);
        if (all != null) {
            all.forEach(this::letGo);
        }
    }

    /// The last that `event` is in time of and that is `wanted`.
    Optional<T> latest(String key, Touchpoint event, Predicate<T> wanted) {
        var found = latest(key, event, wanted, 1);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /// The last few that `event` is in time of and that are `wanted`, in the order of the journey.
    List<T> latest(String key, Touchpoint event, Predicate<T> wanted, int limit) {
        var all = inTime(key, event);
        var found = new ArrayList<T>(2);
        for (var backwards = all.descendingIterator(); backwards.hasNext() && found.size() < limit; ) {
            var one = backwards.next();
            if (one.isGoodAt(event.occurredAt()) && wanted.test(one.what)) {
                found.add(one.what);
            }
        }
        Collections.reverse(found);
        return found;
    }

    /// All that `event` is in time of, one after the other in the order of the journey.
    void forEach(String key, Touchpoint event, Consumer<T> each) {
        for (var one : inTime(key, event)) {
            if (one.isGoodAt(event.occurredAt())) {
                each.accept(one.what);
            }
        }
    }

    private ArrayDeque<Kept<T>> inTime(String key, Touchpoint event) {
        var all = kept.get(key);
        if (all == null) {
            return new ArrayDeque<>(1);
        }
        while (!all.isEmpty() && !all.getFirst().isGoodAt(event.occurredAt())) {
            letGo(all.removeFirst());
        }
        return all;
    }
}
