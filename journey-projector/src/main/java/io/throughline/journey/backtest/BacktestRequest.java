package io.throughline.journey.backtest;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// What a back-test is to look at; `null` where anything will do.
///
/// @param asOf evaluation time; without it the present one
/// @param from only activations that occurred then or later
/// @param to only activations that occurred earlier
/// @param source only activations of this source
/// @param definition the rule to test where it is not the one in force: its text (YAML or JSON), with the calendars that it names, as a rule file has it
public record BacktestRequest(
        @Nullable OffsetDateTime asOf, @Nullable OffsetDateTime from, @Nullable OffsetDateTime to, @Nullable String source, @Nullable String definition) {

    public static final BacktestRequest ALL = new BacktestRequest(null, null, null, null, null);

    boolean covers(String activatedBy, Instant at) {
        return (source == null || source.equals(activatedBy))
                && (from == null || !at.isBefore(from.toInstant()))
                && (to == null || at.isBefore(to.toInstant()));
    }
}
