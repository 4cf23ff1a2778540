package io.throughline.journey.rule;

import java.util.List;

/// What a rule says about order, time and values: one record for each pattern of the rulebook. A record is the rule's data;
/// how far one journey has come is kept by the pattern's [Tracker].
public sealed interface Pattern permits Response, Propagation {

    /// The name in rule files.
    String name();

    /// The events it looks at. The place of a selector in this list is the bit by which its tracker is told of it.
    List<Selector> selectors();

    /// Those of them that a violation says were missing. It is alleged only once the sources that may send them are heard through the deadline.
    Selector needed();
}
