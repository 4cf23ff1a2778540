package io.throughline.journey.rule.naive;

import java.util.List;

/// A second, deliberately naive reading of RULES.md: for each activation look at every event. It shares no code with the evaluator, and is
/// as slow as it is plain.
final class Checker {

    private Checker() {}

    /// One judgement for each activation, in the order of the journey.
    static List<Judgement> judge(Case of) {
        var reading = new Reading(of);
        var pattern = of.rule().get("pattern").textValue();
        return switch (pattern) {
            case "response", "alternate-response", "responded-existence", "abandonment", "not-succession" ->
                    reading.selected("when").stream().map(new LookingForward(reading)::judge).toList();
            case "chain-response", "chain-precedence", "not-chain-succession" ->
                    reading.selected("when").stream().map(new Neighbours(reading)::judge).toList();
            case "precedence", "alternate-precedence", "not-precedence", "contradiction" ->
                    reading.selected("when").stream().map(new LookingBack(reading)::judge).toList();
            case "existence", "absence", "exactly" -> new Counting(reading).judge();
            case "init", "co-existence", "not-co-existence" -> new WholeJourney(reading).judge();
            case "repetition" -> new Repetition(reading).judge();
            case "propagation" -> new Propagating(reading).judge();
            case "conformance" -> new Conforming(reading).judge();
            default -> throw new IllegalArgumentException("the checker does not know the pattern " + pattern);
        };
    }
}
