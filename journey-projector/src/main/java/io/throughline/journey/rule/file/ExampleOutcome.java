package io.throughline.journey.rule.file;

import java.util.List;

/// How one example of a rule came out.
///
/// @param line where it stands in its file, from 1
/// @param expected the verdicts that it says, in the words of [io.throughline.journey.rule.Verdict#wire]
/// @param given the verdicts of the rule
public record ExampleOutcome(String name, int line, List<String> expected, List<String> given) {

    public boolean isAsExpected() {
        return expected.equals(given);
    }
}
