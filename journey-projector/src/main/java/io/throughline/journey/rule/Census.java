package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.NearestMiss.Kind;
import io.throughline.journey.rule.value.Correlation;
import io.throughline.journey.rule.work.Meter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the events that one selector of a rule looks at, and what keeps it from selecting them.
final class Census {

    /// More different reasons than this tell nobody anything.
    private static final int MAX_REASONS = 20;

    private final String name;
    private final Selector selector;
    private final boolean activates;
    private final Correlation by;
    private final Map<Failed, Long> failed = new LinkedHashMap<>();
    private long ofType;
    private long selected;

    /// @param by what an event must have to belong to a group, where only groups activate
    private Census(String name, Selector selector, boolean activates, Correlation by) {
        this.name = name;
        this.selector = selector;
        this.activates = activates;
        this.by = by;
    }

    /// One for each selector of `rule`, under its name in rule files.
    static List<Census> of(Rule rule) {
        var parts = new Parts();
        switch (rule.pattern()) {
            case Response response -> parts.pair(response.pairing(), response.forbids())
                    .optional("handover", response.handover())
                    .optional("fail", response.fail())
                    .optional("until", response.until() == null ? null : response.until().selector());
            case Precedence precedence -> parts.pair(precedence.pairing(), precedence.forbids());
            case Chain chain -> parts.pair(chain.pairing(), chain.forbids()).optional("among", chain.among());
            case Counting counting -> parts.activating(counting.forbids() ? "forbid" : "expect", counting.counted(), counting.by());
            case CoExistence either -> parts.activating("when", either.pairing().when(), either.pairing().by())
                    .activating(either.forbids() ? "forbid" : "expect", either.pairing().expect(), either.pairing().by());
            case Init init -> parts.optional("expect", init.expect());
            case Propagation use -> parts.activating("when", use.when(), use.fact().key()).optional("fact.set", use.fact().set());
            case Contradiction statement -> parts.activating("when", statement.pairing().when(), Correlation.NONE);
            case Repetition repetition -> parts.activating("when", repetition.when(), repetition.by());
            case Conformance design -> design.stages().forEach(stage -> parts.activating("stage " + stage.name(), stage.event(), design.by()));
        }
        return parts.optional("closes", rule.ending().closes()).all;
    }

    void see(Touchpoint event, Meter meter) {
        if (!selector.names(event.type())) {
            return;
        }
        ofType++;
        var failures = selector.failures(event, meter);
        if (failures.isEmpty() && by.key(event).isEmpty()) {
            failures.add(new Failed(Kind.CORRELATION, Words.ofReason(by.reason(event), false)));
        }
        selected += failures.isEmpty() ? 1 : 0;
        for (var failure : failures) {
            if (failed.size() < MAX_REASONS || failed.containsKey(failure)) {
                failed.merge(failure, 1L, Long::sum);
            }
        }
    }

    Why.Part counted() {
        return new Why.Part(name, selector.types(), activates, ofType, selected, new LinkedHashMap<>(failed));
    }

    private static final class Parts {
        final List<Census> all = new ArrayList<>();

        Parts pair(Pairing pairing, boolean forbids) {
            return activating("when", pairing.when(), Correlation.NONE).optional(forbids ? "forbid" : "expect", pairing.expect());
        }

        Parts activating(String name, Selector selector, Correlation by) {
            all.add(new Census(name, selector, true, by));
            return this;
        }

        Parts optional(String name, Selector selector) {
            if (selector != null) {
                all.add(new Census(name, selector, false, Correlation.NONE));
            }
            return this;
        }
    }
}
