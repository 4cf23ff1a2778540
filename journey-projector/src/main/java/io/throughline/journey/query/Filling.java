package io.throughline.journey.query;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The first items of a list, in the order of their places and as many as there is room for, whatever the order in which they are offered.
///
/// Holds no more than these: what can no longer be among them is dropped at once. For one thread.
///
/// @param <K> the place of an item in the list; no two share one
public final class Filling<K extends Comparable<? super K>, T> {

    private final Room room;
    private final TreeMap<K, Sized<T>> kept = new TreeMap<>();
    private long bytes;
    /// The first place that is not on the page; nothing behind it can be, or there would be a gap.
    private @Nullable K end;

    private record Sized<T>(T item, long bytes) {}

    public Filling(Room room) {
        this.room = room;
    }

    /// @param size of the item in bytes
    public void offer(K place, T item, long size) {
        if (!takes(place)) {
            return;
        }
        kept.put(place, new Sized<>(item, size));
        bytes += size;
        while (kept.size() > room.items() || (bytes > room.bytes() && kept.size() > 1)) {
            var last = kept.pollLastEntry();
            bytes -= last.getValue().bytes();
            end = last.getKey();
        }
    }

    /// Whether an item at this place could still be on the page.
    public boolean takes(K place) {
        return end == null || place.compareTo(end) < 0;
    }

    /// The first place known not to be on the page; `null` while everything offered is.
    public @Nullable K end() {
        return end;
    }

    public Page<T> page() {
        return new Page<>(kept.values().stream().map(Sized::item).toList(), end != null);
    }
}
