package io.throughline.journey.rule;

import java.util.Locale;

/// How much a violation matters; ascending.
public enum Severity {
    INFO, LOW, MEDIUM, HIGH, CRITICAL;

    /// The word in rule files, answers and tables.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
