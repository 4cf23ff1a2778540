package io.throughline.journey.rule.file;

import io.throughline.journey.rule.Pairing;
import io.throughline.journey.rule.Selector;
import io.throughline.journey.rule.Until;
import io.throughline.journey.rule.Window;
import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.MomentExpression;
import io.throughline.journey.rule.cel.Scope;
import io.throughline.journey.rule.cel.ValueExpression;
import io.throughline.journey.rule.time.BusinessCalendar;
import io.throughline.journey.rule.time.BusinessDays;
import io.throughline.journey.rule.time.CalendarSpan;
import io.throughline.journey.rule.time.Span;
import io.throughline.journey.rule.value.Correlation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what the patterns are made of: selectors, paths, expressions, windows. `null` is an absent part or one with a fault.
///
/// @param hasZone whether the rule says where calendar durations are added
/// @param calendars by name
record Parts(boolean hasZone, Map<String, BusinessCalendar> calendars) {

    private static final int MAX_PATHS = 16;

    @Nullable Pairing pairing(Element rule, String candidate) {
        var when = selector(rule.at("when"));
        var expect = selector(rule.at(candidate));
        var by = correlation(rule.at("by"), true);
        var where = where(rule.at("where"));
        return when == null || expect == null ? null : new Pairing(when, expect, by, where);
    }

    @Nullable Condition where(Element where) {
        return where.parsed(RuleReader.MAX_TEXT, text -> Condition.parse(text, Scope.THIS_AND_OTHER));
    }

    @Nullable Selector optionalSelector(Element selector) {
        return selector.isPresent() ? selector(selector) : null;
    }

    @Nullable Selector selector(Element selector) {
        return selector(selector, Set.of("type", "source", "channel", "where"));
    }

    /// One of any place in a rule: that of `until` may say its own `by`.
    @Nullable Selector anySelector(Element selector) {
        return selector(selector, Set.of("type", "source", "channel", "where", "by"));
    }

    private static @Nullable Selector selector(Element selector, Set<String> fields) {
        if (!selector.required("the events it speaks about, as in { type: promise-made.v1 }").isPresent()) {
            return null;
        }
        selector.permits(fields);
        var types = types(selector.at("type").required("an event type or a list of them; a trailing * matches a family"));
        var source = selector.at("source").text(256);
        var channel = selector.at("channel").text(1_024);
        var where = selector.at("where").parsed(RuleReader.MAX_TEXT, text -> Condition.parse(text, Scope.THIS));
        return types.isEmpty() ? null : new Selector(types, source, channel, where);
    }

    /// The types that count as neighbours.
    @Nullable Selector among(Element among) {
        var types = types(among);
        return types.isEmpty() ? null : new Selector(types, null, null, null);
    }

    private static List<String> types(Element types) {
        if (types.isPresent() && types.items().isEmpty()) {
            types.fault("must name at least one event type");
        }
        return types.items().stream().map(type -> type.parsed(256, Parts::eventType)).filter(Objects::nonNull).toList();
    }

    private static String eventType(String text) {
        if (text.indexOf('*') >= 0 && text.indexOf('*') < text.length() - 1) {
            throw new IllegalArgumentException("may have a * only at its end, where it matches a family");
        }
        return text;
    }

    /// @param otherwise what it agrees in unless it says so itself
    @Nullable Until until(Element until, Correlation otherwise) {
        if (!until.isPresent()) {
            return null;
        }
        var selector = anySelector(until);
        var by = until.at("by").isPresent() ? correlation(until.at("by"), true) : otherwise;
        return selector == null ? null : new Until(selector, by);
    }

    @Nullable ValueExpression value(Element value) {
        return value.required("an expression over this, as in this.data.area").parsedScalar(RuleReader.MAX_TEXT, ValueExpression::parse);
    }

    Correlation correlation(Element paths, boolean mayBeOptional) {
        if (paths.items().size() > MAX_PATHS) {
            paths.fault("must have at most " + MAX_PATHS + " paths");
        }
        List<Correlation.Part> parts = paths.items().stream()
                .map(path -> path.parsed(256, text -> part(text, mayBeOptional)))
                .filter(Objects::nonNull)
                .toList();
        return new Correlation(parts);
    }

    private static Correlation.Part part(String text, boolean mayBeOptional) {
        var part = Correlation.Part.parse(text);
        if (part.optional() && !mayBeOptional) {
            throw new IllegalArgumentException("must be present on both events, so it takes no ?");
        }
        return part;
    }

    @Nullable Window window(Element within) {
        if (within.at("until").isPresent()) {
            within.permits(Set.of("until"));
            var moment = within.at("until").parsed(RuleReader.MAX_TEXT, MomentExpression::parse);
            return moment == null ? null : new Window.Until(moment);
        }
        var span = span(within, Set.of("until", "businessDays", "calendar"), "until, as in { until: timestamp(this.data.due) }, or businessDays and calendar");
        return span == null ? null : new Window.Lasting(span);
    }

    /// A window that can be added to any event: no moment that the activation names.
    @Nullable Span span(Element within) {
        return span(within, Set.of("businessDays", "calendar"), "businessDays and calendar, as in { businessDays: 3, calendar: GB-ENG }");
    }

    private @Nullable Span span(Element within, Set<String> fields, String expected) {
        if (!within.isPresent() || within.node().isTextual()) {
            return calendarSpan(within);
        }
        within.permits(fields);
        if (!within.node().isObject()) {
            return null;
        }
        var days = within.at("businessDays").required(expected).whole(1, BusinessDays.MAX_DAYS);
        var name = within.at("calendar").required("the name of a calendar of business days, as in GB-ENG").text(64);
        if (name != null && !calendars.containsKey(name)) {
            within.at("calendar").fault("\"" + name + "\" is unknown; known are " + String.join(", ", calendars.keySet()));
        }
        var calendar = name == null ? null : calendars.get(name);
        return days == null || calendar == null ? null : inZone(within, new BusinessDays(days, calendar));
    }

    @Nullable CalendarSpan calendarSpan(Element element) {
        return inZone(element, element.parsed(64, CalendarSpan::parse));
    }

    private <T extends Span> @Nullable T inZone(Element element, @Nullable T span) {
        if (span != null && span.needsZone() && !hasZone) {
            element.fault("is counted on a calendar, so the rule needs a zone, as in zone: Europe/London (P1D is a day there, PT24H is exact)");
        }
        return span;
    }
}
