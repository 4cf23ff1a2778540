package io.throughline.journey.project;

import io.throughline.events.Token;

/// The evaluation of one person failed, and would fail again: for reasons of its own, not of the store's.
final class JourneyFailure extends RuntimeException {

    private final Token person;

    JourneyFailure(Token person, Throwable cause) {
        super(cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage()), cause);
        this.person = person;
    }

    Token person() {
        return person;
    }
}
