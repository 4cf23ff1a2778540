package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// By when what one activation asks for must have happened.
sealed interface Due {

    record By(Deadline deadline) implements Due {}

    /// The rule gives no time.
    record Never() implements Due {}

    /// The activation does not say what the rule needs to know.
    record Unknown(String reason) implements Due {}

    /// `null` where there is none, or none that is known.
    default @Nullable Deadline deadline() {
        return null;
    }

    default boolean hasPassedAt(Instant time) {
        return deadline() != null && deadline().hasPassedAt(time);
    }

    static Due of(@Nullable Window window, Touchpoint activation, Docket docket) {
        var zone = docket.rule().zone();
        return switch (window) {
            case null -> new Never();
            case Window.Lasting(var span) -> span.endAfter(activation.occurredAt(), zone)
                    .<Due>map(at -> new By(new Deadline(at, span.toString(), activation.occurredAt(), span.needsZone() ? zone : null)))
                    .orElseGet(() -> new Unknown(span + ": the calendar does not say which days these are"));
            case Window.Until(var moment) -> moment.of(activation, docket.meter())
                    .<Due>map(at -> new By(new Deadline(at, moment.toString())))
                    .orElseGet(() -> new Unknown(moment.reason(activation)));
        };
    }
}
