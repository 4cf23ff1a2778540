package io.throughline.journey.backtest;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// How a back-test stands.
///
/// @param status `running`, `done`, `failed` or `cancelled`
/// @param journeys evaluated so far, of about `journeysInAll`
/// @param journeysAffected those with a violation
/// @param journeysOverrun those on which the rule costs more than a rule may, so that it is not known of all their events what it says
/// @param positions where the log ended for it: what came later does not count
public record BacktestView(
        String id, String rule, int ruleVersion, String status, Instant asOf, long activations, Counts verdicts,
        long journeys, long journeysInAll, long events, long journeysAffected, long journeysOverrun, SortedMap<String, Long> positions, Instant startedAt,
        @Nullable String failure) {}
