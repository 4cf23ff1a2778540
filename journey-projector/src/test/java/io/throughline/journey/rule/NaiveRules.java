package io.throughline.journey.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.journey.Touchpoint;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The semantics once more, as plainly as possible: for every activation look at every other event. Quadratic, and shares no code
/// with the evaluator.
///
/// The rules are those of [NaiveRules#YAML]; the rest of the class says them in Java.
final class NaiveRules {

    static final String YAML = """
            - { id: exact, pattern: response, when: { type: a }, expect: { type: b, source: /s }, by: [ data.n ], where: other.data.v >= this.data.v, within: PT6H }
            - { id: calendar, pattern: response, zone: Europe/London, when: { type: a }, expect: { type: b }, by: [ "data.n?" ], within: P1D }
            - { id: due, pattern: response, when: { type: a }, expect: { type: b }, within: { until: timestamp(this.data.due) } }
            - { id: open, pattern: response, when: { type: a }, expect: { type: b, where: this.data.v == 2 } }
            - { id: again, pattern: response, when: { type: a }, expect: { type: a }, by: [ data.n ], within: PT6H }
            - id: graced
              pattern: propagation
              zone: Europe/London
              fact: { set: { type: set }, value: this.data.v, key: [ data.n ] }
              when: { type: use }
              value: this.data.v
              grace: P1D
            - { id: strict, pattern: propagation, fact: { set: { type: set }, value: this.data.v }, when: { type: use }, value: this.data.v }
            """;

    /// @param silence for which sources a violation is held back
    record Judgement(String rule, EventRef activation, Verdict verdict, @Nullable Instant metAt, @Nullable EventRef nearest, int failed, List<String> silence) {

        Judgement(String rule, EventRef activation, Verdict verdict, @Nullable Instant metAt, @Nullable EventRef nearest, int failed) {
            this(rule, activation, verdict, metAt, nearest, failed, List.of());
        }
    }

    private final List<Touchpoint> events;
    private final Instant asOf;
    private final NaiveWatermarks watermarks;

    /// @param events in the total order
    NaiveRules(List<Touchpoint> events, Instant asOf, NaiveWatermarks watermarks) {
        this.events = events.stream().filter(event -> !event.occurredAt().isAfter(asOf)).toList();
        this.asOf = asOf;
        this.watermarks = watermarks;
    }

    List<Judgement> judge() {
        return Stream.of(
                        responses("exact", "a", "b", true, true, time -> time.plus(Duration.ofHours(6))),
                        responses("calendar", "a", "b", false, false, NaiveRules::aDayLater),
                        responses("due", "a", "b", false, false, null),
                        responses("open", "a", "b", false, false, null),
                        responses("again", "a", "a", true, false, time -> time.plus(Duration.ofHours(6))),
                        uses("graced", true),
                        uses("strict", false))
                .flatMap(stream -> stream)
                .toList();
    }

    private static Instant aDayLater(Instant time) {
        return time.atZone(ZoneId.of("Europe/London")).plusDays(1).toInstant();
    }

    private Stream<Judgement> responses(String rule, String when, String expect, boolean needsKey, boolean exact, @Nullable UnaryOperator<Instant> window) {
        return events.stream().filter(event -> event.type().equals(when)).map(a -> {
            if (needsKey && text(a, "n") == null) {
                return new Judgement(rule, EventRef.to(a), Verdict.UNDETERMINED, null, null, 0);
            }
            Instant deadline = window != null ? window.apply(a.occurredAt()) : Instant.MAX;
            if (rule.equals("due")) {
                deadline = due(a);
                if (deadline == null) {
                    return new Judgement(rule, EventRef.to(a), Verdict.UNDETERMINED, null, null, 0);
                }
            }
            return response(rule, a, expect, deadline);
        });
    }

    private static @Nullable Instant due(Touchpoint event) {
        var due = event.payload().json().path("due");
        try {
            return due.isTextual() ? OffsetDateTime.parse(due.textValue()).toInstant() : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private Judgement response(String rule, Touchpoint a, String expect, Instant deadline) {
        var candidates = events.stream().filter(event -> event.type().equals(expect) && event != a).toList();
        var met = candidates.stream().filter(b -> b.compareTo(a) > 0 && failed(rule, a, b, Instant.MAX) == 0).findFirst();
        if (met.isPresent() && !met.get().occurredAt().isAfter(deadline)) {
            return new Judgement(rule, EventRef.to(a), Verdict.SATISFIED, null, null, 0);
        }
        if (!asOf.isAfter(deadline)) {
            return new Judgement(rule, EventRef.to(a), Verdict.PENDING, null, null, 0);
        }
        var nearest = candidates.stream().min(Comparator.<Touchpoint>comparingInt(b -> failed(rule, a, b, deadline))
                .thenComparing(b -> Duration.between(a.occurredAt(), b.occurredAt()).abs())
                .thenComparing(Comparator.naturalOrder()));
        return unlessUnheard(rule.equals("exact") ? "/s" : null, expect, deadline, new Judgement(rule, EventRef.to(a), Verdict.VIOLATED, met.map(Touchpoint::occurredAt).orElse(null),
                nearest.map(EventRef::to).orElse(null), nearest.map(b -> failed(rule, a, b, deadline)).orElse(0)));
    }

    private Judgement unlessUnheard(@Nullable String source, String type, Instant through, Judgement violation) {
        var silence = watermarks.silence(source, type, through);
        return silence.verdict() == Verdict.VIOLATED ? violation
                : new Judgement(violation.rule(), violation.activation(), silence.verdict(), null, null, 0, silence.notes());
    }

    private static int failed(String rule, Touchpoint a, Touchpoint b, Instant deadline) {
        boolean source = !rule.equals("exact") || b.source().equals("/s");
        boolean selected = !rule.equals("open") || isTwo(b.payload().json().path("v"));
        boolean correlated = switch (rule) {
            case "exact", "again" -> text(a, "n") != null && text(a, "n").equals(text(b, "n"));
            case "calendar" -> Objects.equals(text(a, "n"), text(b, "n"));
            default -> true;
        };
        boolean where = !rule.equals("exact") || atLeast(b.payload().json().path("v"), a.payload().json().path("v"));
        return (int) Stream.of(source, selected, correlated, where, b.compareTo(a) > 0, !b.occurredAt().isAfter(deadline)).filter(holds -> !holds).count();
    }

    private static boolean isTwo(JsonNode value) {
        return value.isNumber() && value.decimalValue().compareTo(BigDecimal.TWO) == 0;
    }

    private static boolean atLeast(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber() && left.decimalValue().compareTo(right.decimalValue()) >= 0
                || left.isTextual() && right.isTextual() && left.textValue().compareTo(right.textValue()) >= 0
                || left.isBoolean() && right.isBoolean() && Boolean.compare(left.booleanValue(), right.booleanValue()) >= 0;
    }

    /// A text that tells values apart by what they are; `null` where there is none.
    private static @Nullable String text(Touchpoint event, String field) {
        var value = event.payload().json().path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isNumber() ? "#" + value.decimalValue().stripTrailingZeros().toPlainString() : value.toString();
    }

    private Stream<Judgement> uses(String rule, boolean graced) {
        return events.stream().filter(event -> event.type().equals("use")).flatMap(use -> {
            var settings = events.stream()
                    .filter(set -> set.type().equals("set") && set.compareTo(use) < 0 && text(set, "v") != null)
                    .filter(set -> !graced || text(use, "n") != null && text(use, "n").equals(text(set, "n")))
                    .toList();
            return settings.isEmpty() ? Stream.empty() : Stream.of(use(rule, graced, use, settings));
        });
    }

    private Judgement use(String rule, boolean graced, Touchpoint use, List<Touchpoint> settings) {
        var value = folded(use);
        var verdict = Verdict.VIOLATED;
        if (value == null) {
            verdict = Verdict.UNDETERMINED;
        } else if (folded(settings.getLast()).equals(value)) {
            verdict = Verdict.SATISFIED;
        } else if (graced) {
            for (int i = 0; i + 1 < settings.size(); i++) {
                boolean inGrace = !use.occurredAt().isAfter(aDayLater(settings.get(i + 1).occurredAt()));
                verdict = folded(settings.get(i)).equals(value) && inGrace ? Verdict.SATISFIED : verdict;
            }
            if (verdict == Verdict.VIOLATED && !use.occurredAt().isAfter(aDayLater(settings.getFirst().occurredAt()))) {
                verdict = Verdict.UNDETERMINED;
            }
        }
        var nearest = value == null || verdict != Verdict.VIOLATED ? null
                : settings.reversed().stream().filter(set -> folded(set).equals(value)).findFirst().map(EventRef::to).orElse(null);
        var judgement = new Judgement(rule, EventRef.to(use), verdict, null, nearest, nearest == null ? 0 : 1);
        return verdict == Verdict.VIOLATED ? unlessUnheard(null, "set", use.occurredAt(), judgement) : judgement;
    }

    private static @Nullable String folded(Touchpoint event) {
        var text = text(event, "v");
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
