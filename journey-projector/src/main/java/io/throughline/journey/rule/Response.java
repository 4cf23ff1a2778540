package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.time.Span;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Each event that `when` selects opens a window, in which matching events must come, or must not: `response` and its relatives.
///
/// @param kind which of them
/// @param min how many must come; 1 but for `existence`
/// @param within without it the window stays open until something else closes it
/// @param until what closes the window
/// @param handover what serves as well as the expected event (`abandonment`)
/// @param fail what breaks the obligation at once (`abandonment`)
public record Response(
        Kind kind, Pairing pairing, int min, @Nullable Window within, @Nullable Until until, @Nullable Selector handover, @Nullable Selector fail)
        implements Pattern {

    static final int WHEN = 1;
    static final int EXPECT = 1 << 1;

    /// The patterns that look ahead from each activation.
    public enum Kind {
        RESPONSE("response"),
        /// The next activation closes the window.
        ALTERNATE("alternate-response"),
        /// What came before, in time, serves as well.
        RESPONDED_EXISTENCE("responded-existence"),
        EXISTENCE("existence"),
        ABANDONMENT("abandonment"),
        /// Nothing that matches may come.
        NOT_SUCCESSION("not-succession");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }
    }

    @Override
    public String name() {
        return kind.wire;
    }

    boolean forbids() {
        return kind == Kind.NOT_SUCCESSION;
    }

    /// Whether what came before the activation serves as well.
    boolean looksAround() {
        return kind == Kind.RESPONDED_EXISTENCE;
    }

    /// What `activation` asks of another event.
    ///
    /// @param pairing this rule's, or another of its [#answers]
    Comparison comparison(Pairing pairing, Touchpoint activation, @Nullable Deadline deadline, ZoneId zone) {
        return looksAround() ? Comparison.around(pairing, activation, span(), zone, deadline) : Comparison.after(pairing, activation, deadline);
    }

    @Override
    public List<Selector> selectors() {
        var selectors = new ArrayList<>(List.of(pairing.when(), pairing.expect()));
        Stream.of(until == null ? null : until.selector(), handover, fail).forEach(selector -> {
            if (selector != null) {
                selectors.add(selector);
            }
        });
        return selectors;
    }

    /// The window where it is a span of time that can be added to any event.
    @Nullable Span span() {
        return within instanceof Window.Lasting(var span) ? span : null;
    }

    /// The bits of the optional selectors; 0 for one that is not there.
    int untilRole() {
        return until == null ? 0 : EXPECT << 1;
    }

    int handoverRole() {
        return handover == null ? 0 : Math.max(EXPECT, untilRole()) << 1;
    }

    int failRole() {
        return fail == null ? 0 : Math.max(Math.max(EXPECT, untilRole()), handoverRole()) << 1;
    }

    /// What can meet the obligation.
    List<Selector> answers() {
        return handover == null ? List.of(pairing.expect()) : List.of(pairing.expect(), handover);
    }

    @Override
    public Stream<Condition> conditions() {
        return pairing.conditions();
    }
}
