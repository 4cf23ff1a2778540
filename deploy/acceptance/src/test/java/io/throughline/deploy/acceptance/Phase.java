package io.throughline.deploy.acceptance;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/// What is being tried, said for those who wait.
final class Phase {
    private Phase() {}

    /// Printed when something begins that takes longer than some ten seconds.
    ///
    /// @param what as [String#format] reads it
    static void begins(Class<?> test, String what, Object... values) {
        System.out.printf("%s %s: %s%n", LocalTime.now().truncatedTo(ChronoUnit.SECONDS), test.getSimpleName(), what.formatted(values));
    }
}
