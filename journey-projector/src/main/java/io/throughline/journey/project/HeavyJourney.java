package io.throughline.journey.project;

import io.throughline.events.Token;

/// A journey takes more work than a transaction that is shared with others may be kept waiting for.
final class HeavyJourney extends RuntimeException {

    private final Token person;

    HeavyJourney(Token person) {
        super("the journey of " + person + " is too heavy to be evaluated beside others", null, false, false);
        this.person = person;
    }

    Token person() {
        return person;
    }
}
