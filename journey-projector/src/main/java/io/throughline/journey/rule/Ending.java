package io.throughline.journey.rule;

import io.throughline.journey.rule.time.CalendarSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a journey is over for a rule: with an event that `closes` it, or once nothing has happened for longer than `idle`. What comes
/// later begins no new journey and counts for nothing. Of a rule that has neither, journeys never end.
public record Ending(@Nullable Selector closes, @Nullable CalendarSpan idle) {

    public static final Ending NEVER = new Ending(null, null);

    boolean isNever() {
        return closes == null && idle == null;
    }

    /// Closing events and, where pauses count, all events.
    List<Selector> selectors() {
        var selectors = new ArrayList<Selector>(2);
        if (closes != null) {
            selectors.add(closes);
        }
        if (idle != null) {
            selectors.add(Selector.ANY);
        }
        return selectors;
    }
}
