package io.throughline.journey.rule;

/// How many pairs of events one rule may compare in one journey. A journey that needs more is no customer's; it must not hold up the others.
final class Budget {

    static final int PAIRS = 1_000_000;
    static final String NOTE = "more than " + PAIRS + " pairs of events to compare";

    private int left = PAIRS;
    private boolean spent;

    /// Whether one more pair may be compared.
    boolean spend() {
        spent |= left == 0;
        left -= spent ? 0 : 1;
        return !spent;
    }

    /// Whether a pair was not compared.
    boolean isSpent() {
        return spent;
    }
}
