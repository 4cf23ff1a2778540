package io.throughline.journey.rule;

/// A rule that costs more on one journey than a rule may: from some event on it did not look at the journey.
///
/// @param reason for people, as in `more than 4000000 units of work`
public record Overrun(String rule, int version, String reason) {}
