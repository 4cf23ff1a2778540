package io.throughline.deploy.gateway;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// All open connections. Those without a token are bounded apart from those with one, and give way to newcomers: the oldest first, so that
/// waiting with a connection wins nothing. Those with a token give way only to others with one, and the caller with most of them first.
///
/// For one event loop.
final class Connections {
    private final Limits limits;
    private final SequencedSet<Visitor> strangers = new LinkedHashSet<>();
    private final Map<String, SequencedSet<Visitor>> strangersByAddress = new HashMap<>();
    private final Map<String, SequencedSet<Visitor>> byCaller = new HashMap<>();
    private int known;
    private long evicted;

    Connections(Limits limits) {
        this.limits = limits;
    }

    void opened(Visitor visitor) {
        var neighbours = strangersByAddress.computeIfAbsent(visitor.address(), _ -> new LinkedHashSet<>());
        if (neighbours.size() >= limits.strangersOfAddress()) {
            evict(neighbours.getFirst());
        } else if (strangers.size() >= limits.strangers()) {
            evict(strangers.getFirst());
        }
        strangers.add(visitor);
        strangersByAddress.computeIfAbsent(visitor.address(), _ -> new LinkedHashSet<>()).add(visitor);
    }

    /// The visitor has shown a token of `caller`.
    ///
    /// @return false when there is no room for it
    boolean recognised(Visitor visitor, String caller) {
        if (caller.equals(visitor.caller())) {
            return true;
        }
        if (visitor.caller() == null && known >= limits.callers() && !makeRoom()) {
            return false;
        }
        forget(visitor);
        visitor.belongTo(caller);
        byCaller.computeIfAbsent(caller, _ -> new LinkedHashSet<>()).add(visitor);
        known++;
        return true;
    }

    void closed(Visitor visitor) {
        forget(visitor);
        visitor.gone();
    }

    /// @param now nanoseconds of a monotonic clock
    void look(long now) {
        var all = Stream.concat(strangers.stream(), byCaller.values().stream().flatMap(Collection::stream)).toList();
        all.forEach(visitor -> visitor.look(now, limits));
    }

    int strangers() {
        return strangers.size();
    }

    int known() {
        return known;
    }

    /// Closed to make room, since the start.
    long evicted() {
        return evicted;
    }

    private boolean makeRoom() {
        var idle = byCaller.values().stream().max(Comparator.comparingInt(Collection::size))
                .flatMap(most -> most.stream().filter(Visitor::isIdle).findFirst());
        idle.ifPresent(this::evict);
        return idle.isPresent();
    }

    /// At once, not only when the connection tells that it is closed: until then it would count twice.
    private void evict(Visitor visitor) {
        evicted++;
        forget(visitor);
        visitor.cut();
    }

    private void forget(Visitor visitor) {
        if (strangers.remove(visitor)) {
            remove(strangersByAddress, visitor.address(), visitor);
        } else if (remove(byCaller, visitor.caller(), visitor)) {
            known--;
        }
    }

    private static boolean remove(Map<String, SequencedSet<Visitor>> sets, String key, Visitor visitor) {
        var set = sets.get(key);
        boolean removed = set != null && set.remove(visitor);
        if (removed && set.isEmpty()) {
            sets.remove(key);
        }
        return removed;
    }
}
