package io.throughline.journey.backtest;

import io.throughline.journey.query.FindingGroup;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// How a back-test stands.
///
/// @param status `running`, `done`, `failed` or `cancelled`
/// @param findings how many its violated and undetermined activations would make
/// @param cost of those that are open or resolved; `null` where the rule does not say what one costs
/// @param examples journeys with a violation, the first few that were evaluated, one finding of each
/// @param journeys evaluated so far, of about `journeysInAll`
/// @param journeysAffected those with a violation
/// @param journeysOverrun those on which the rule costs more than a rule may, so that it is not known of all their events what it says
/// @param positions where the log ended for it: what came later does not count
public record BacktestView(
        String id, String rule, int ruleVersion, String status, Instant asOf, long activations, Counts verdicts,
        Findings findings, FindingGroup.@Nullable Sum cost, List<Example> examples, long journeys, long journeysInAll, long events, long journeysAffected, long journeysOverrun, SortedMap<String, Long> positions, Instant startedAt,
        @Nullable String failure) {

    /// How many findings have which status.
    public record Findings(long open, long resolved, long suspected) {}

    /// @param explanation what it would say
    public record Example(String person, String finding, String status, Instant activationAt, String explanation) {}
}
