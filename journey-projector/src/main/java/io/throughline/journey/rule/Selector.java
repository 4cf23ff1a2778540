package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.Truth;
import io.throughline.journey.rule.work.Meter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which events a rule speaks about.
///
/// @param types event types, one or more; a trailing `*` matches a family
/// @param source exactly this one; any if `null`
/// @param channel exactly this one; any if `null`
/// @param where over the event as `this`; an event for which it cannot be evaluated is not selected
public record Selector(List<String> types, @Nullable String source, @Nullable String channel, @Nullable Condition where) {

    /// Any event.
    static final Selector ANY = new Selector(List.of("*"), null, null, null);

    public Selector {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("a selector names at least one event type");
        }
        types = List.copyOf(types);
    }

    /// Whether `type` is one it looks for. The index of the rulebook has asked this already when an event reaches a rule.
    public boolean names(String type) {
        for (String wanted : types) {
            if (isFamily(wanted) ? type.startsWith(prefix(wanted)) : type.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /// Whether `type`, which may itself be a family, has to do with one it looks for.
    boolean mayName(String type) {
        return isFamily(type) ? types.stream().anyMatch(wanted -> overlaps(prefix(type), wanted)) : names(type);
    }

    private static boolean overlaps(String prefix, String wanted) {
        return isFamily(wanted) ? prefix.startsWith(prefix(wanted)) || wanted.startsWith(prefix) : wanted.startsWith(prefix);
    }

    static boolean isFamily(String type) {
        return type.endsWith("*");
    }

    private static String prefix(String family) {
        return family.substring(0, family.length() - 1);
    }

    /// Whether it selects an event of a type that it names.
    public boolean selects(Touchpoint event, Meter meter) {
        return (source == null || source.equals(event.source()))
                && (channel == null || channel.equals(event.attributes().channel()))
                && (where == null || where.test(event, meter) == Truth.TRUE);
    }

    /// What keeps it from selecting an event of a type that it names; empty if nothing does.
    List<Failed> failures(Touchpoint event, Meter meter) {
        var failures = new ArrayList<Failed>();
        if (source != null && !source.equals(event.source())) {
            failures.add(new Failed(Kind.SOURCE, "not from " + source));
        }
        if (channel != null && !channel.equals(event.attributes().channel())) {
            failures.add(new Failed(Kind.CHANNEL, "not on channel " + channel));
        }
        if (where != null) {
            NearestMiss.failed(where, where.test(event, meter), false).ifPresent(failures::add);
        }
        return failures;
    }
}
