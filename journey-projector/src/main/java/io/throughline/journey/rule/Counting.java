package io.throughline.journey.rule;

import io.throughline.journey.rule.time.Span;
import io.throughline.journey.rule.value.Correlation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A journey has so many events that `counted` selects: `existence`, `absence` and `exactly`.
///
/// @param by where it has paths, each key counts for itself; else the journey does, whatever is in it
/// @param min at least so many, in time
/// @param max at most so many; [Integer#MAX_VALUE] where more do no harm
/// @param within from the first event of the journey or, with keys, of the key
public record Counting(String name, Selector counted, Correlation by, int min, int max, @Nullable Span within) implements Pattern {

    boolean forbids() {
        return min == 0;
    }

    boolean isEnough(int count) {
        return max == Integer.MAX_VALUE && count >= min;
    }

    @Override
    public List<Selector> selectors() {
        return List.of(counted);
    }

    @Override
    public boolean isAboutEveryJourney() {
        return by.parts().isEmpty();
    }
}
