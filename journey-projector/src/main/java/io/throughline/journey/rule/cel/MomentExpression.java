package io.throughline.journey.rule.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import io.throughline.events.Rfc3339;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.work.Meter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A moment that an event names, such as a due date, written in CEL over `this`. Immutable, shared by all evaluations.
public final class MomentExpression {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final String text;
    private final CelProgram program;
    /// Most moments are one field, and read without the CEL runtime.
    private final @Nullable Field field;

    private MomentExpression(String text, CelProgram program) {
        this.text = text;
        this.program = program;
        this.field = fieldOf(program.expression()).orElse(null);
    }

    /// Of `this.data.due` and `timestamp(this.data.due)`.
    private static Optional<Field> fieldOf(CelExpr expression) {
        var call = expression.callOrDefault();
        boolean conversion = call.function().equals("timestamp") && call.target().isEmpty() && call.args().size() == 1;
        var named = conversion ? call.args().getFirst() : expression;
        return named.selectOrDefault().testOnly() ? Optional.empty() : Field.namedBy(named).filter(field -> field.path().attribute().equals("data"));
    }

    /// @throws IllegalArgumentException with what is wrong, in words for the author of a rule
    public static MomentExpression parse(String text) {
        return new MomentExpression(text, CelProgram.compile(text, Scope.THIS, Set.of(SimpleType.TIMESTAMP, SimpleType.STRING), "a timestamp"));
    }

    /// The moment: a timestamp, or text that is one with its offset (RFC 3339). Empty for anything else: a date without an offset
    /// could mean many moments. Truncated to the microsecond, as events are; years 1 to 9999.
    public Optional<Instant> of(Touchpoint event, Meter meter) {
        return usual(event).or(() -> interpret(event, meter))
                .filter(moment -> !moment.isBefore(EARLIEST) && !moment.isAfter(LATEST))
                .map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
    }

    /// By the CEL runtime only.
    private Optional<Instant> interpret(Touchpoint event, Meter meter) {
        return program.evaluate(event, event, meter).flatMap(value -> switch (value) {
            case Instant moment -> Optional.of(moment);
            case String written -> parsed(written);
            default -> Optional.empty();
        });
    }

    private Optional<Instant> usual(Touchpoint event) {
        var text = field == null ? null : field.in(event, event).textValue();
        return text == null ? Optional.empty() : parsed(text);
    }

    private static Optional<Instant> parsed(String written) {
        try {
            return Optional.of(Rfc3339.parse(written).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Why there is no moment, for people.
    public String reason(Touchpoint event) {
        var reason = program.unknown(event, event).reason();
        return reason.endsWith("is missing") ? reason : (field == null ? text : field) + " is not a time with an offset";
    }

    /// As the author wrote it.
    @Override
    public String toString() {
        return text;
    }
}
