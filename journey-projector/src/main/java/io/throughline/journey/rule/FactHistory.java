package io.throughline.journey.rule;

import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.NormalisedValue;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What is known of one fact about one customer: the value it has, and those it had.
///
/// Keeps the latest setting of each former value, of at most [#MAX_FORMER] values: more distinct values within one grace are no customer's.
final class FactHistory {

    private static final int MAX_FORMER = 1_000;

    /// A value that the fact had.
    ///
    /// @param setting the last event that set it
    /// @param replacedAt when another value last took its place
    /// @param goodUntil until when it may still be used; `null` without grace
    record Held(Touchpoint setting, Instant replacedAt, @Nullable Instant goodUntil) {

        boolean isGood(Instant use) {
            return goodUntil != null && !use.isAfter(goodUntil);
        }

        /// A calendar grace from a later start may end earlier (an hour set back, a month end clamped): the longer one counts.
        Held noShorterThan(Held earlier) {
            boolean shorter = goodUntil != null && earlier.goodUntil != null && goodUntil.isBefore(earlier.goodUntil);
            return shorter ? new Held(setting, replacedAt, earlier.goodUntil) : this;
        }
    }

    /// Bytes of memory of one value, beside its text and the event that set it.
    private static final int OVERHEAD = 200;

    private final @Nullable Instant unknownUntil;
    private final Meter meter;
    private final SequencedMap<NormalisedValue, Held> former = new LinkedHashMap<>();
    private Touchpoint setting;
    private NormalisedValue value;

    /// @param endOfGrace of what held before the first setting, which nobody knows; `null` without grace
    FactHistory(Touchpoint setting, NormalisedValue value, @Nullable Instant endOfGrace, Meter meter) {
        this.meter = meter;
        this.setting = setting;
        this.value = value;
        this.unknownUntil = endOfGrace;
        meter.hold(weight(value, setting));
    }

    /// @param endOfGrace of the value that this one takes the place of; `null` without grace
    void set(Touchpoint event, NormalisedValue next, @Nullable Instant endOfGrace) {
        meter.hold(weight(next, event));
        var replaced = new Held(setting, event.occurredAt(), endOfGrace);
        var earlier = former.remove(value);
        if (earlier != null) {
            meter.release(weight(value, earlier.setting()));
        }
        former.put(value, earlier == null ? replaced : replaced.noShorterThan(earlier));
        if (former.size() > MAX_FORMER) {
            var oldest = former.pollFirstEntry();
            meter.release(weight(oldest.getKey(), oldest.getValue().setting()));
        }
        setting = event;
        value = next;
    }

    private static long weight(NormalisedValue value, Touchpoint setting) {
        return OVERHEAD + 2L * value.canonical().length() + setting.weight();
    }

    Touchpoint setting() {
        return setting;
    }

    boolean isHeld(NormalisedValue candidate) {
        return value.equals(candidate);
    }

    @Nullable Held formerly(NormalisedValue candidate) {
        return former.get(candidate);
    }

    /// Whether a use at `moment` may carry what held before the first known setting.
    boolean mayHaveHeldAnother(Instant moment) {
        return unknownUntil != null && !moment.isAfter(unknownUntil);
    }
}
