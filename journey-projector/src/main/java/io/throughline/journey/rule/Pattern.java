package io.throughline.journey.rule;

import io.throughline.journey.rule.cel.Condition;
import java.util.List;
import java.util.stream.Stream;

/// What a rule says about order, time and values: one record for each family of patterns. A record is the rule's data;
/// how far one journey has come is kept by the family's [Tracker].
public sealed interface Pattern
        permits Response, Precedence, Chain, Counting, CoExistence, Init, Propagation, Contradiction, Repetition, Conformance {

    /// The name in rule files.
    String name();

    /// The events it looks at. The place of a selector in this list is the bit by which its tracker is told of it.
    List<Selector> selectors();

    /// Whether it says something of every journey, also of one without any event that it looks at.
    default boolean isAboutEveryJourney() {
        return false;
    }

    /// The conditions over two events.
    default Stream<Condition> conditions() {
        return Stream.empty();
    }
}
