package io.throughline.journey.rule.file;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.Conformance;
import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Selector;
import io.throughline.journey.rule.cel.Condition;
import io.throughline.journey.rule.cel.Truth;
import io.throughline.journey.rule.work.Meter;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is not wrong with a rule, and yet hardly meant: parts that no example shows at work, and parts without effect.
///
/// @param root the rule, which is sound
/// @param parts reads its selectors again, each with its place
/// @param isSent whether events of a type, or of a family, are to be expected
/// @param meter what it costs to look
record Doubts(Element root, Parts parts, Predicate<String> isSent, Meter meter) {

    private static final List<String> SELECTORS = List.of("when", "expect", "forbid", "handover", "fail", "until", "closes");
    /// Beyond it, a condition on two events gets the benefit of the doubt.
    private static final int MAX_PAIRS = 10_000;

    /// Notes them with the document.
    void note(Rule rule) {
        var journeys = root.at("examples").items().stream().map(example -> Examples.journey(example.at("events"))).toList();
        if (journeys.isEmpty()) {
            warn(root, "has no examples: nothing shows that it says what is meant");
        }
        selectors().forEach(selector -> {
            noteUnknownTypes(selector);
            if (!journeys.isEmpty()) {
                noteUnseen(selector, journeys);
            }
        });
        notePairs(journeys);
        noteWithoutEffect(rule);
    }

    private Stream<Element> selectors() {
        var ofStages = root.at("stages").items().stream().map(stage -> stage.at("event"));
        return Stream.of(SELECTORS.stream().map(root::at), Stream.of(root.at("fact").at("set")), ofStages)
                .flatMap(elements -> elements).filter(Element::isPresent);
    }

    private void noteUnknownTypes(Element selector) {
        selector.at("type").items().stream().filter(type -> !isSent.test(type.node().asText()))
                .forEach(type -> warn(type, "\"" + type.node().asText() + "\" is in no catalogue, and no registered source sends it"));
    }

    private void noteUnseen(Element element, List<List<Touchpoint>> journeys) {
        var selector = read(element);
        var ofItsTypes = journeys.stream().flatMap(List::stream).filter(event -> selector.names(event.type())).toList();
        if (ofItsTypes.isEmpty()) {
            warn(element, "selects events of which no example has any");
        } else if (selector.where() != null && ofItsTypes.stream().noneMatch(event -> selector.where().test(event, meter) == Truth.TRUE)) {
            warn(element.at("where"), "is true of no event in any example");
        } else if (ofItsTypes.stream().noneMatch(event -> selector.selects(event, meter))) {
            warn(element, "selects no event of any example");
        }
    }

    /// The rule's own `where`, over those pairs of one journey that the selectors let through.
    private void notePairs(List<List<Touchpoint>> journeys) {
        var where = parts.where(root.at("where"));
        var other = Stream.of("expect", "forbid", "when").map(root::at).filter(Element::isPresent).findFirst();
        if (where == null || other.isEmpty()) {
            return;
        }
        var when = read(root.at("when"));
        var candidate = read(other.get());
        int pairs = 0;
        for (var journey : journeys) {
            for (var self : matching(journey, when)) {
                for (var event : matching(journey, candidate)) {
                    if (self != event && (++pairs > MAX_PAIRS || isTrue(where, self, event))) {
                        return;
                    }
                }
            }
        }
        if (pairs > 0) {
            warn(root.at("where"), "is true of no two events in any example");
        }
    }

    private boolean isTrue(Condition where, Touchpoint self, Touchpoint other) {
        return where.test(self, other, meter) == Truth.TRUE;
    }

    private List<Touchpoint> matching(List<Touchpoint> journey, Selector selector) {
        return journey.stream().filter(event -> selector.names(event.type()) && selector.selects(event, meter)).toList();
    }

    private void noteWithoutEffect(Rule rule) {
        var grace = root.at("grace");
        if (grace.isPresent() && grace.node().asText().matches("[^1-9]+")) {
            warn(grace, "has no effect: without it, too, only the value at the use counts");
        }
        if (rule.pattern() instanceof Conformance design) {
            var unreachable = design.unreachable();
            root.at("stages").items().stream().filter(stage -> unreachable.contains(stage.at("name").node().asText()))
                    .forEach(stage -> warn(stage, "is a stage that no permitted order reaches"));
        }
    }

    private Selector read(Element selector) {
        return Objects.requireNonNull(parts.anySelector(selector), selector.pointer());
    }

    private static void warn(Element element, String detail) {
        element.faults().warn(element.pointer(), detail);
    }
}
