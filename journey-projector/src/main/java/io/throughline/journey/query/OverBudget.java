package io.throughline.journey.query;

import io.throughline.events.Token;

/// A rule that was not evaluated to the end of a person's journey: what was open then is `undetermined`.
public record OverBudget(Token person, String rule, int ruleVersion, String reason) {}
