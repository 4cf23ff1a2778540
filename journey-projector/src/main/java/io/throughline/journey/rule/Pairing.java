package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.Truth;
import io.throughline.journey.rule.value.Correlation;
import io.throughline.journey.rule.work.Meter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which event makes a rule apply, and which other event has to do with it.
///
/// @param when the activation
/// @param expect the candidate; what must not come, in a prohibition
/// @param by what both agree in
/// @param where over the activation as `this` and the candidate as `other`
public record Pairing(Selector when, Selector expect, Correlation by, @Nullable Condition where) {

    /// Whether two events that agree in `by` belong together.
    boolean joins(Touchpoint activation, Touchpoint candidate, Meter meter) {
        return where == null || where.test(activation, candidate, meter) == Truth.TRUE;
    }

    /// Whether `candidate`, of whatever type and key, is one that belongs to `activation`.
    boolean matches(Touchpoint activation, Touchpoint candidate, Meter meter) {
        return expect.names(candidate.type()) && expect.selects(candidate, meter) && by.correlates(activation, candidate)
                && joins(activation, candidate, meter);
    }

    Stream<Condition> conditions() {
        return Stream.ofNullable(where);
    }
}
