package io.throughline.journey.rule.cel;

import dev.cel.common.types.SimpleType;
import io.throughline.journey.Touchpoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/// A moment that an event names, such as a due date, written in CEL over `this`. Immutable, shared by all evaluations.
public final class MomentExpression {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final String text;
    private final CelProgram program;

    private MomentExpression(String text, CelProgram program) {
        this.text = text;
        this.program = program;
    }

    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    public static MomentExpression parse(String text) {
        return new MomentExpression(text, CelProgram.compile(text, Scope.THIS, Set.of(SimpleType.TIMESTAMP, SimpleType.STRING), "a timestamp"));
    }

    /// The moment: a timestamp, or text that is one with its offset (RFC 3339). Empty for anything else: a date without an offset
    /// could mean many moments. Truncated to the microsecond, as events are; years 1 to 9999.
    public Optional<Instant> of(Touchpoint event) {
        return program.evaluate(event, event)
                .flatMap(value -> switch (value) {
                    case Instant moment -> Optional.of(moment);
                    case String written -> parsed(written);
                    default -> Optional.empty();
                })
                .filter(moment -> !moment.isBefore(EARLIEST) && !moment.isAfter(LATEST))
                .map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
    }

    private static Optional<Instant> parsed(String written) {
        try {
            return Optional.of(OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Why there is no moment, for people.
    public String reason(Touchpoint event) {
        var reason = program.unknown(event, event).reason();
        return reason.endsWith("is missing") ? reason : text + " is not a time with an offset";
    }

    /// As the author wrote it.
    @Override
    public String toString() {
        return text;
    }
}
