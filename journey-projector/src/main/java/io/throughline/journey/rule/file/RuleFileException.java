package io.throughline.journey.rule.file;

import java.util.List;
import java.util.stream.Collectors;

/// Rule files that were refused, with everything that is wrong with them.
public final class RuleFileException extends RuntimeException {

    private final transient List<RuleFault> faults;

    /// @param faults at least one
    public RuleFileException(List<RuleFault> faults) {
        super(faults.stream().map(RuleFault::toString).collect(Collectors.joining("\n", "The rulebook was refused:\n", "")));
        this.faults = List.copyOf(faults);
    }

    public List<RuleFault> faults() {
        return faults;
    }
}
