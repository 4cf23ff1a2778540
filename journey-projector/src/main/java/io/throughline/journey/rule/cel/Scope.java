package io.throughline.journey.rule.cel;

import java.util.List;

/// The events that an expression may speak about.
public enum Scope {
    /// One event, `this`.
    THIS("`this`, the event, as in this.data.amount", "this"),
    /// The activation as `this`, the candidate as `other`.
    THIS_AND_OTHER("`this`, the event that activates the rule, and `other`, the candidate, as in other.data.amount == this.data.amount", "this", "other");

    private final String known;
    private final List<String> variables;

    Scope(String known, String... variables) {
        this.known = known;
        this.variables = List.of(variables);
    }

    /// For the author of a rule.
    String known() {
        return known;
    }

    List<String> variables() {
        return variables;
    }
}
