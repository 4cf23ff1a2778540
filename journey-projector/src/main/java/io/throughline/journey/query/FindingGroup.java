package io.throughline.journey.query;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Findings that are counted together.
///
/// @param rule `null` where they are not counted by it; as are the others
/// @param stage `null` also where the rule names none
/// @param week its Monday, as in `2026-03-02`
/// @param cost what those of them that are open or resolved cost by their rules, a sum for each currency
public record FindingGroup(
        @Nullable String rule, @Nullable String status, @Nullable String severity, @Nullable String stage, @Nullable String week,
        long findings, List<Sum> cost) {

    /// @param amount decimal, as of [io.throughline.events.Money] but without its bound
    public record Sum(String amount, String currency) {}

    public FindingGroup {
        cost = List.copyOf(cost);
    }

    public boolean isOfTheSame(FindingGroup other) {
        return Objects.equals(rule, other.rule) && Objects.equals(status, other.status) && Objects.equals(severity, other.severity)
                && Objects.equals(stage, other.stage) && Objects.equals(week, other.week);
    }

    /// Both together, of the same group in different currencies.
    public FindingGroup and(FindingGroup other) {
        return new FindingGroup(rule, status, severity, stage, week, findings + other.findings, Stream.concat(cost.stream(), other.cost.stream()).toList());
    }
}
