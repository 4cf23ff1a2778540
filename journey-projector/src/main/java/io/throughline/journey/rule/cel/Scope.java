package io.throughline.journey.rule.cel;

import java.util.List;

/// The events that an expression may speak about.
public enum Scope {
    /// One event, `this`.
    THIS("this"),
    /// The activation as `this`, the candidate as `other`.
    THIS_AND_OTHER("this", "other");

    private final List<String> variables;

    Scope(String... variables) {
        this.variables = List.of(variables);
    }

    List<String> variables() {
        return variables;
    }
}
