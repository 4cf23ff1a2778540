package io.throughline.journey.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.journey.Touchpoint;
import io.throughline.journey.rule.value.Correlation;
import io.throughline.journey.rule.value.ExactJson;
import io.throughline.journey.rule.value.NormalisedValue;
import io.throughline.journey.rule.work.Limits;
import io.throughline.journey.rule.work.Meter;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One rule on one journey: where its tracker opens activations, hands in what is settled, and pays for its work.
final class Docket {

    private static final long UNGOVERNED = -1;

    private final Rule rule;
    private final Predicate<Instant> governs;
    private final Consumer<Judgement> verdicts;
    private final Meter meter;
    private final Meter courtesy = new Meter(Limits.OF_NEAREST_MISSES);
    private long opened;
    private @Nullable String cut;

    /// @param governs whether the rule, in this version, governs what was activated at a moment
    Docket(Rule rule, Predicate<Instant> governs, Meter meter, Consumer<Judgement> verdicts) {
        this.rule = rule;
        this.governs = governs;
        this.meter = meter;
        this.verdicts = verdicts;
    }

    Rule rule() {
        return rule;
    }

    Meter meter() {
        return meter;
    }

    /// For nearest misses, and for what explanations show of long events: no verdict depends on it.
    Meter courtesy() {
        return courtesy;
    }

    /// What `event` has in common with others.
    Optional<String> key(Correlation by, Touchpoint event) {
        var key = by.key(event);
        key.ifPresent(text -> meter.spend(text.length() >> 6));
        return key;
    }

    /// A text that two values share exactly when they are equal.
    ///
    /// @param value not missing
    String key(JsonNode value) {
        var key = ExactJson.key(value);
        meter.spend(key.length() >> 6);
        return key;
    }

    /// A value as a fact is compared: to make it so is several times the work of reading it.
    Optional<NormalisedValue> normalised(JsonNode value) {
        meter.spend(characters(value) >> 4);
        return NormalisedValue.of(value);
    }

    private static long characters(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().length();
        }
        long characters = value.size();
        for (var part : value) {
            characters += characters(part);
        }
        return characters;
    }

    /// The place of an activation among those of the rule, in the order in which they are opened.
    long open(Instant activationAt) {
        return governs.test(activationAt) ? opened++ : UNGOVERNED;
    }

    Draft draft(long place, Touchpoint named, Verdict verdict) {
        return new Draft(rule, place, named, verdict, courtesy);
    }

    /// No later event changes it.
    void settle(Judgement judgement) {
        if (judgement.activation().place() != UNGOVERNED) {
            verdicts.accept(cut == null ? judgement : judgement.cut(cut));
        }
    }

    /// From now on nothing is looked for, and what is handed in was open when it ended.
    void cut(String reason) {
        cut = "budget: " + reason + "; later events were not looked at";
    }

    boolean isCut() {
        return cut != null;
    }

    /// Says of the event at which it ended that neither it nor what came after it was looked at.
    void tellUnseen(Touchpoint event) {
        var from = rule.activeFrom() == null || event.occurredAt().isAfter(rule.activeFrom()) ? event.occurredAt() : rule.activeFrom();
        settle(draft(open(from), event, Verdict.UNDETERMINED).activatedAt(from).evidence(Evidence.Role.ACTIVATION, event).group(Activation.UNSEEN).certain());
    }
}
