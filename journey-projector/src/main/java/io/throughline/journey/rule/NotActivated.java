package io.throughline.journey.rule;

import java.util.ArrayList;
import java.util.List;

/// Why nothing made a rule apply to a journey: which part of what it looks for no event met.
final class NotActivated {

    private NotActivated() {}

    static List<String> reasons(Rule rule, long events, List<Why.Part> parts) {
        if (events == 0) {
            return List.of("the journey has no event by then");
        }
        var activating = parts.stream().filter(Why.Part::activates).toList();
        var reasons = new ArrayList<String>();
        activating.stream().filter(part -> part.selected() == 0).forEach(part -> unmet(part, reasons));
        activating.stream().filter(part -> part.selected() > 0)
                .forEach(part -> reasons.add(events(part.selected()) + " met `" + part.name() + "`, but " + but(rule)));
        return reasons;
    }

    private static void unmet(Why.Part part, List<String> reasons) {
        if (part.ofType() == 0) {
            reasons.add("no event is of a type that `" + part.name() + "` looks for: " + String.join(", ", part.types()));
            return;
        }
        var all = part.failed().entrySet().stream().filter(failed -> failed.getValue() == part.ofType()).toList();
        if (all.isEmpty()) {
            reasons.add("of " + events(part.ofType()) + " of a type that `" + part.name() + "` looks for, none met all of it; what failed: "
                    + String.join(", ", part.failed().keySet().stream().map(NearestMiss.Failed::detail).toList()));
        }
        all.forEach(failed -> reasons.add("of " + events(part.ofType()) + " of a type that `" + part.name() + "` looks for, none met its "
                + failed.getKey().condition().wire() + (failed.getKey().expression() == null ? ": " + failed.getKey().detail() : "")));
    }

    /// What a pattern wants beside a selected event, to apply at all.
    private static String but(Rule rule) {
        return switch (rule.pattern()) {
            case Propagation _ -> "no setting of the fact was known before";
            case Repetition repetition -> "there were never " + repetition.count() + " of them within " + repetition.within();
            case Response _, Precedence _, Chain _, Counting _, CoExistence _, Init _, Contradiction _, Conformance _ ->
                    "the journey was over by then for this rule";
        };
    }

    private static String events(long count) {
        return count == 1 ? "1 event" : count + " events";
    }
}
