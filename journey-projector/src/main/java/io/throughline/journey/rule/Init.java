package io.throughline.journey.rule;

import java.util.List;

/// A journey begins with an event that `expect` selects.
public record Init(Selector expect) implements Pattern {

    @Override
    public String name() {
        return "init";
    }

    @Override
    public List<Selector> selectors() {
        return List.of(expect);
    }

    @Override
    public boolean isAboutEveryJourney() {
        return true;
    }
}
