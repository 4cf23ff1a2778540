package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.MomentExpression;
import io.throughline.journey.rule.time.Span;

/// How long an obligation may take: the `within` of a rule.
public sealed interface Window {

    /// From the activation on.
    record Lasting(Span span) implements Window {}

    /// Until a moment that the activation itself names. One before the activation has passed.
    record Until(MomentExpression moment) implements Window {}
}
