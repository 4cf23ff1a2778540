package io.throughline.journey.rule.file;

import io.throughline.journey.rule.Pattern;
import io.throughline.journey.rule.Propagation;
import io.throughline.journey.rule.Response;
import io.throughline.journey.rule.Selector;
import io.throughline.journey.rule.Window;
import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.MomentExpression;
import io.throughline.journey.rule.cel.Scope;
import io.throughline.journey.rule.cel.ValueExpression;
import io.throughline.journey.rule.time.CalendarSpan;
import io.throughline.journey.rule.value.Correlation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the part of a rule that its pattern defines. What it returns is complete only if nothing was wrong.
final class PatternReader {

    static final Set<String> RESPONSE_FIELDS = Set.of("when", "expect", "by", "where", "within");
    static final Set<String> PROPAGATION_FIELDS = Set.of("when", "fact", "value", "grace");
    /// Fields of the rule language that no pattern here has yet: refused by name, so that nobody takes them for spelling mistakes.
    static final Set<String> UNSUPPORTED_FIELDS = Set.of("until", "closes", "idle", "among", "activeFrom");
    private static final Set<String> UNSUPPORTED_WINDOWS = Set.of("businessDays", "calendar");
    private static final int MAX_PATHS = 16;

    private final Element rule;
    private final boolean hasZone;

    PatternReader(Element rule, boolean hasZone) {
        this.rule = rule;
        this.hasZone = hasZone;
    }

    @Nullable Pattern response() {
        var when = selector(rule.at("when"));
        var expect = selector(rule.at("expect"));
        var by = correlation(rule.at("by"), true);
        var where = rule.at("where").parsed(RuleReader.MAX_TEXT, text -> Condition.parse(text, Scope.THIS_AND_OTHER));
        var within = window(rule.at("within"));
        return when == null || expect == null ? null : new Response(when, expect, by, where, within);
    }

    @Nullable Pattern propagation() {
        var when = selector(rule.at("when"));
        var value = value(rule.at("value"));
        var grace = span(rule.at("grace"));
        var fact = rule.at("fact").required("{ set, value, key } of the fact that is used");
        if (!fact.isPresent()) {
            return null;
        }
        fact.permits(Set.of("set", "value", "key"), Set.of());
        var set = selector(fact.at("set"));
        var setValue = value(fact.at("value"));
        var key = correlation(fact.at("key"), false);
        if (when == null || value == null || set == null || setValue == null) {
            return null;
        }
        return new Propagation(when, value, new Propagation.Fact(set, setValue, key), grace);
    }

    private static @Nullable Selector selector(Element selector) {
        if (!selector.required("the events it speaks about, as in { type: promise-made.v1 }").isPresent()) {
            return null;
        }
        selector.permits(Set.of("type", "source", "channel", "where"), Set.of());
        var types = selector.at("type").required("an event type or a list of them; a trailing * matches a family").items().stream()
                .map(type -> type.parsed(256, PatternReader::eventType))
                .filter(Objects::nonNull)
                .toList();
        var source = selector.at("source").text(256);
        var channel = selector.at("channel").text(1_024);
        var where = selector.at("where").parsed(RuleReader.MAX_TEXT, text -> Condition.parse(text, Scope.THIS));
        if (selector.at("type").isPresent() && selector.at("type").items().isEmpty()) {
            selector.at("type").fault("must name at least one event type");
        }
        return types.isEmpty() ? null : new Selector(types, source, channel, where);
    }

    private static String eventType(String text) {
        if (text.indexOf('*') >= 0 && text.indexOf('*') < text.length() - 1) {
            throw new IllegalArgumentException("may have a * only at its end, where it matches a family");
        }
        return text;
    }

    private static @Nullable ValueExpression value(Element value) {
        return value.required("an expression over this, as in this.data.area").parsedScalar(RuleReader.MAX_TEXT, ValueExpression::parse);
    }

    private static Correlation correlation(Element paths, boolean mayBeOptional) {
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

    private @Nullable Window window(Element within) {
        if (!within.isPresent() || within.node().isTextual()) {
            var span = span(within);
            return span == null ? null : new Window.Lasting(span);
        }
        within.permits(Set.of("until"), UNSUPPORTED_WINDOWS);
        var until = within.at("until");
        boolean another = UNSUPPORTED_WINDOWS.stream().anyMatch(name -> within.at(name).isPresent());
        var moment = (another ? until : until.required("an expression over this, as in timestamp(this.data.due)"))
                .parsed(RuleReader.MAX_TEXT, MomentExpression::parse);
        return moment == null ? null : new Window.Until(moment);
    }

    private @Nullable CalendarSpan span(Element element) {
        var span = element.parsed(64, CalendarSpan::parse);
        if (span != null && span.needsZone() && !hasZone) {
            element.fault("is counted on a calendar, so the rule needs a zone, as in zone: Europe/London (P1D is a day there, PT24H is exact)");
        }
        return span;
    }
}
