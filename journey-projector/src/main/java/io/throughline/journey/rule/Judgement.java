package io.throughline.journey.rule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a tracker makes of an activation as if all sources were heard, and on whose silence that rests.
///
/// @param absence what must not have happened for the verdict to stand; `null` where it rests on events that are there
record Judgement(Activation activation, @Nullable Absence absence) {

    /// @param of what did not happen
    /// @param through until when it did not
    record Absence(List<Selector> of, Instant through) {}

    static Judgement certain(Activation activation) {
        return new Judgement(activation, null);
    }

    /// As it stands where the journey was looked at no further.
    Judgement cut(String note) {
        return new Judgement(activation.cut(note), absence);
    }

    Judgement unless(Selector happened, Instant through) {
        return unless(List.of(happened), through);
    }

    Judgement unless(List<Selector> happened, Instant through) {
        return new Judgement(activation, new Absence(happened, through));
    }
}
