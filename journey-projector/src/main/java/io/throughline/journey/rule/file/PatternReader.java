package io.throughline.journey.rule.file;

import io.throughline.journey.rule.Chain;
import io.throughline.journey.rule.CoExistence;
import io.throughline.journey.rule.Conformance;
import io.throughline.journey.rule.Contradiction;
import io.throughline.journey.rule.Counting;
import io.throughline.journey.rule.Init;
import io.throughline.journey.rule.Pairing;
import io.throughline.journey.rule.Pattern;
import io.throughline.journey.rule.Precedence;
import io.throughline.journey.rule.Propagation;
import io.throughline.journey.rule.Repetition;
import io.throughline.journey.rule.Response;
import io.throughline.journey.rule.cel.ValueExpression;
import io.throughline.journey.rule.time.Span;
import io.throughline.journey.rule.value.Correlation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the part of a rule that its pattern defines, one method for each family. What they return is complete only if nothing was wrong.
final class PatternReader {

    private static final int MAX_COUNT = 1_000;

    private final Element rule;
    private final Parts parts;

    PatternReader(Element rule, Parts parts) {
        this.rule = rule;
        this.parts = parts;
    }

    @Nullable Pattern response(Response.Kind kind) {
        return response(kind, kind == Response.Kind.NOT_SUCCESSION ? "forbid" : "expect", 1);
    }

    private @Nullable Pattern response(Response.Kind kind, String candidate, int min) {
        var pairing = parts.pairing(rule, candidate);
        var within = parts.window(rule.at("within"));
        var until = parts.until(rule.at("until"), pairing == null ? Correlation.NONE : pairing.by());
        var handover = parts.optionalSelector(rule.at("handover"));
        var fail = parts.optionalSelector(rule.at("fail"));
        return pairing == null ? null : new Response(kind, pairing, min, within, until, handover, fail);
    }

    @Nullable Pattern respondedExistence() {
        if (rule.at("within").at("until").isPresent()) {
            rule.at("within").at("until").fault("is a moment that the activation names; here a span is added to what comes before, too, as in PT24H");
        }
        return response(Response.Kind.RESPONDED_EXISTENCE);
    }

    @Nullable Pattern existence() {
        int min = count("min", 1, 1);
        if (rule.at("when").isPresent()) {
            return response(Response.Kind.EXISTENCE, "expect", min);
        }
        for (var name : List.of("by", "where", "until")) {
            if (rule.at(name).isPresent()) {
                rule.at(name).fault("needs an activation to belong to: when");
            }
        }
        return counting("existence", "expect", min, Integer.MAX_VALUE);
    }

    @Nullable Pattern absence() {
        return counting("absence", "forbid", 0, count("max", 0, 0));
    }

    @Nullable Pattern exactly() {
        rule.at("n").required("how many, as in n: 1");
        int n = count("n", 1, 1);
        return counting("exactly", "expect", n, n);
    }

    private @Nullable Pattern counting(String name, String counted, int min, int max) {
        var selector = parts.selector(rule.at(counted));
        var by = parts.correlation(rule.at("by"), true);
        var within = parts.span(rule.at("within"));
        return selector == null ? null : new Counting(name, selector, by, min, max, within);
    }

    private int count(String name, int least, int otherwise) {
        var count = rule.at(name).whole(least, MAX_COUNT);
        return count == null ? otherwise : count;
    }

    @Nullable Pattern precedence(Precedence.Kind kind, String candidate) {
        var pairing = parts.pairing(rule, candidate);
        var within = parts.span(rule.at("within"));
        return pairing == null ? null : new Precedence(kind, pairing, within);
    }

    @Nullable Pattern chain(Chain.Kind kind, String candidate) {
        var pairing = parts.pairing(rule, candidate);
        var within = parts.window(rule.at("within"));
        var among = parts.among(rule.at("among"));
        return pairing == null ? null : new Chain(kind, pairing, within, among);
    }

    @Nullable Pattern coExistence(boolean forbids, String candidate) {
        var pairing = parts.pairing(rule, candidate);
        var within = parts.span(rule.at("within"));
        return pairing == null ? null : new CoExistence(forbids, pairing, within);
    }

    @Nullable Pattern init() {
        var expect = parts.selector(rule.at("expect"));
        return expect == null ? null : new Init(expect);
    }

    @Nullable Pattern propagation() {
        var when = parts.selector(rule.at("when"));
        var value = parts.value(rule.at("value"));
        var grace = parts.calendarSpan(rule.at("grace"));
        var fact = rule.at("fact").required("{ set, value, key } of the fact that is used");
        if (!fact.isPresent()) {
            return null;
        }
        fact.permits(Set.of("set", "value", "key"));
        var set = parts.selector(fact.at("set"));
        var setValue = parts.value(fact.at("value"));
        var key = parts.correlation(fact.at("key"), false);
        if (when == null || value == null || set == null || setValue == null) {
            return null;
        }
        return new Propagation(when, value, new Propagation.Fact(set, setValue, key), grace);
    }

    @Nullable Pattern contradiction() {
        var when = parts.selector(rule.at("when"));
        var value = parts.value(rule.at("value"));
        var across = rule.at("across").isPresent() ? parts.value(rule.at("across")) : ValueExpression.parse("this.source");
        var by = parts.correlation(rule.at("by"), true);
        var where = parts.where(rule.at("where"));
        Span within = parts.span(rule.at("within"));
        return when == null || value == null || across == null ? null : new Contradiction(new Pairing(when, when, by, where), value, across, within);
    }

    @Nullable Pattern repetition() {
        var when = parts.selector(rule.at("when"));
        var count = rule.at("count").required("how many are too many, as in count: 3").whole(2, MAX_COUNT);
        var by = parts.correlation(rule.at("by"), true);
        var within = parts.span(rule.at("within").required("the length of the window, as in P7D"));
        return when == null || count == null || within == null ? null : new Repetition(when, by, count, within);
    }

    @Nullable Pattern conformance() {
        var stages = new DesignReader(parts).stages(rule.at("stages"));
        var by = parts.correlation(rule.at("by"), true);
        return stages.isEmpty() ? null : new Conformance(stages, by);
    }
}
