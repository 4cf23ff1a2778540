package io.throughline.journey.http;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import java.util.function.Consumer;

/// Ends a request that takes too long, or that no caller waits for any more; never a verdict: what it ends has not been said.
///
/// Work that goes on for long asks it now and then. From any thread.
final class Deadline {

    private volatile boolean passed;

    void pass() {
        passed = true;
    }

    /// @throws Refusal once it has passed
    void check() {
        if (passed) {
            throw tooLong();
        }
    }

    /// `each`, as long as it has not passed.
    <T> Consumer<T> before(Consumer<T> each) {
        return item -> {
            check();
            each.accept(item);
        };
    }

    static Refusal tooLong() {
        return new Refusal(ErrorCode.TOO_LONG,
                "This journey cannot be judged within the time of one request. Ask for what was found (GET /v1/findings?person=, or the "
                + "journey without asOf), for an earlier asOf, or for fewer activations at a time.");
    }
}
