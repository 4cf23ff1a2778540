package io.throughline.journey.backtest;

import io.throughline.journey.rule.Verdict;

/// How many activations have which verdict.
public record Counts(long satisfied, long violated, long pending, long undetermined) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    long activations() {
        return satisfied + violated + pending + undetermined;
    }

    Counts with(Verdict verdict) {
        return switch (verdict) {
            case SATISFIED -> new Counts(satisfied + 1, violated, pending, undetermined);
            case VIOLATED -> new Counts(satisfied, violated + 1, pending, undetermined);
            case PENDING -> new Counts(satisfied, violated, pending + 1, undetermined);
            case UNDETERMINED -> new Counts(satisfied, violated, pending, undetermined + 1);
        };
    }
}
